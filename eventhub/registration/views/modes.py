"""In person or remote, for the person: switching, and the link by which one joins (R1.27)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.entities.models import Entity
from eventhub.events.words import city_of
from eventhub.i18n import Translated, _, ngettext
from eventhub.i18n.times import clock_time, day, event_time
from eventhub.registration import services
from eventhub.registration.forms.choices import SessionsForm
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant, shown_on_screen, token_of
from eventhub.registration.queries.remote import (
    Terms,
    remote_sessions_of,
    sessions_on_screen,
    terms_for,
)
from eventhub.registration.rules import (
    SEAT_STATES,
    RemoteSettings,
    State,
    joining_address,
    modes_of_event,
)
from eventhub.registration.seams import Panel
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import Frame, own
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.zones import reader_zone


@dataclass(frozen=True, slots=True)
class Way:
    """How one person takes part, and what they may do about it now."""

    row: Registration
    frame: Frame
    terms: Terms

    @property
    def closes_at(self) -> datetime:
        """Return until when people switch."""
        return services.switched_until(self.frame.event, self.terms.settings)

    @property
    def until(self) -> str:
        """Return until when people switch, in words."""
        event = self.frame.event
        reader = reader_zone()
        return event_time(self.closes_at, event.zone, city_of(event), reader_zone=reader)

    @property
    def may_join(self) -> bool:
        """Tell whether the link of the meeting is theirs."""
        event, is_remote = self.frame.event, self.row.mode == "remote" or self.terms.singly > 0
        is_in = self.row.state == State.ACCREDITED and is_remote
        is_on = not (self.frame.is_over or self.frame.is_off)
        return is_in and bool(event.online_url) and is_on

    @property
    def other(self) -> str:
        """Return the way to which the person may switch now, "" for none."""
        others = [mode for mode in modes_of_event(self.frame.event.mode) if mode != self.row.mode]
        return others[0] if others and self._may_change else ""

    @property
    def may_choose(self) -> bool:
        """Tell whether the person may now say which single sessions they follow remotely."""
        is_allowed = self.terms.remote.per_session and self.frame.event.mode == "hybrid"
        return is_allowed and self.row.mode != "remote" and self._may_change

    @property
    def _may_change(self) -> bool:
        is_live = self.row.state in services.CHANGEABLE | {State.RETURNED}
        is_on = not (self.frame.is_over or self.frame.is_off)
        return is_live and is_on and clock.now() < self.closes_at


def way_of(row: Registration, frame: Frame) -> Way:
    """Return how somebody takes part: one statement."""
    return Way(row, frame, terms_for(row))


@bp.route("/my/<token>/mode", methods=["GET", "POST"])
@requires(BY_LINK)
def change_mode(token: str) -> ResponseReturnValue:
    """Switch between in person and remote, after one page that says what follows."""
    row, frame = own(token)
    way = way_of(row, frame)
    other, until = way.other, way.until
    if not other:
        raise NotFound
    form = BaseForm()
    if form.is_good():
        try:
            with transaction():
                services.switch_mode(row, other, actor=registrant(row))
            say(_("Changed. This page shows how you take part now."))
            return redirect(url_for("registration.show_own", token=token))
        except DomainError as error:
            show_error(form, error)
    is_remote = other == "remote"
    page = render_template(
        "registration/confirm.html",
        **frame.page(),
        form=form,
        here_url=request.path,
        back_url=url_for("registration.show_own", token=token),
        heading=_("Take part remotely") if is_remote else _("Take part in person"),
        effect=_(
            "You can switch until %(when)s, as long as places of that kind are free.",
            when=until,
        ),
        label=_("Take part remotely") if is_remote else _("Take part in person"),
        kind="primary",
    )
    return page, form.status


@bp.get("/my/<token>/join")
@requires(BY_LINK)
def join(token: str) -> ResponseReturnValue:
    """Lead who is accredited and takes part remotely to the meeting; nobody else."""
    row, frame = own(token)
    if not way_of(row, frame).may_join:
        raise NotFound
    return redirect(
        joining_address(
            frame.event.online_url or "", personal_id=row.ref, name=screen_name_of(row, frame)
        )
    )


@bp.route("/my/<token>/sessions", methods=["GET", "POST"])
@requires(BY_LINK)
def choose_sessions(token: str) -> ResponseReturnValue:
    """Let somebody whose place is in the hall say which single sessions they follow remotely."""
    row, frame = own(token)
    way = way_of(row, frame)
    if not way.may_choose:
        raise NotFound
    until = way.until
    category = next((one for one in frame.categories if one.id == row.category_id), None)
    sessions = sessions_on_screen(row.event_id, category)
    ids = {one.ref: one.id for one in sessions}
    chosen = remote_sessions_of(row)
    form: Any = SessionsForm(sessions=[one.ref for one in sessions if one.id in chosen])
    form.sessions.choices = {one.ref: _session_line(one) for one in sessions}
    if form.is_good():
        try:
            with transaction():
                asked = [ids[ref] for ref in form.sessions.data or ()]
                services.follow_remotely(row, asked, actor=registrant(row))
            say(_("Your choices are saved."))
            return redirect(url_for("registration.show_own", token=token))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "registration/choose_sessions.html",
        **frame.page(),
        form=form,
        here_url=request.path,
        back_url=url_for("registration.show_own", token=token),
        until=until,
    )
    return page, form.status


def _session_line(session: Session) -> str:
    starts = session.starts
    when = f"{day(starts.date(), year=False)} {clock_time(starts)}"
    return _(" · ").join([when, f"{session.code} {session.title()}"])


def mode_panel(row: Registration, frame: Frame, terms: Terms) -> Panel | None:
    """Return how the person takes part, with the link once it is theirs; None in a hall alone."""
    event = frame.event
    if event.mode == "in_person" or row.state not in SEAT_STATES | {State.WAITLISTED}:
        return None
    token, more, way = token_of(row), [], Way(row, frame, terms)
    links: list[tuple[str, str]] = []
    if way.may_join:
        links.append((_("Join the meeting"), url_for("registration.join", token=token)))
        more = _told(way.terms.remote)
    if way.other:
        label = _("Take part in person") if row.mode == "remote" else _("Take part remotely")
        links.append((label, url_for("registration.change_mode", token=token)))
    if way.may_choose:
        label = _("Follow single sessions remotely")
        links.append((label, url_for("registration.choose_sessions", token=token)))
    if row.mode != "remote":
        sentence = _("You take part in person.")
        if way.terms.singly:
            said = ngettext(
                "You follow %(n)s session remotely. Show this name on screen: %(name)s",
                "You follow %(n)s sessions remotely. Show this name on screen: %(name)s",
                way.terms.singly,
                name=screen_name_of(row, frame),
            )
            more = [said, *more]
    elif row.state != State.ACCREDITED:
        sentence = _("You take part remotely. The link appears here when you are confirmed.")
    else:
        sentence = _(
            "You take part remotely. Show this name on screen: %(name)s",
            name=screen_name_of(row, frame),
        )
    return Panel(_("How you take part"), sentence, tuple(links), order=5, more=tuple(more))


def _told(kept: RemoteSettings) -> list[str]:
    """Return what the event tells those who join: what to know, and whom to call."""
    platform = Translated(kept.platform).pick()
    call = _("If the link fails, call %(phone)s.", phone=kept.phone) if kept.phone else ""
    return [one for one in (platform, call) if one]


def screen_name_of(row: Registration, frame: Frame) -> str:
    """Return the name to show on screen: for all in the first language of the event's pages."""
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    category = next((one for one in frame.categories if one.id == row.category_id), None)
    return shown_on_screen(row, frame.event.languages[0], entity, category)
