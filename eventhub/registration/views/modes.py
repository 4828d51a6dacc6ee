"""In person or remote, for the person: switching, and the link by which one joins (R1.27)."""

from collections.abc import Collection
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
from eventhub.registration.queries import name_of, registrant, token_of
from eventhub.registration.queries.remote import (
    remote_sessions_of,
    remote_settings_of,
    sessions_on_screen,
)
from eventhub.registration.rules import (
    SEAT_STATES,
    RemoteSettings,
    State,
    joining_address,
    modes_of_event,
    screen_name,
)
from eventhub.registration.seams import Panel
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import Frame, own
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.zones import reader_zone


@bp.route("/my/<token>/mode", methods=["GET", "POST"])
@requires(BY_LINK)
def change_mode(token: str) -> ResponseReturnValue:
    """Switch between in person and remote, after one page that says what follows."""
    row, frame = own(token)
    other = _other(frame, row)
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
            when=_until(frame),
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
    if not _may_join(frame, row, remote_sessions_of(row)):
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
    if not _may_choose(row, frame, remote_settings_of(frame.event.id)):
        raise NotFound
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
        until=_until(frame),
    )
    return page, form.status


def _session_line(session: Session) -> str:
    starts = session.starts
    when = f"{day(starts.date(), year=False)} {clock_time(starts)}"
    return _(" · ").join([when, f"{session.code} {session.title()}"])


def _until(frame: Frame) -> str:
    return event_time(
        services.switched_until(frame.setup()), frame.event.zone, city_of(frame.event),
        reader_zone=reader_zone(),
    )  # fmt: skip


def mode_panel(row: Registration, frame: Frame) -> Panel | None:
    """Return how the person takes part, with the link once it is theirs; None in a hall alone."""
    event = frame.event
    if event.mode == "in_person" or row.state not in SEAT_STATES | {State.WAITLISTED}:
        return None
    token, more = token_of(row), []
    kept = remote_settings_of(event.id)
    singly = remote_sessions_of(row) if kept.per_session and row.mode != "remote" else frozenset()
    links: list[tuple[str, str]] = []
    if _may_join(frame, row, singly):
        links.append((_("Join the meeting"), url_for("registration.join", token=token)))
        more = [*_told(kept)]
    if _other(frame, row):
        label = _("Take part in person") if row.mode == "remote" else _("Take part remotely")
        links.append((label, url_for("registration.change_mode", token=token)))
    if _may_choose(row, frame, kept):
        label = _("Follow single sessions remotely")
        links.append((label, url_for("registration.choose_sessions", token=token)))
    if row.mode != "remote":
        sentence = _("You take part in person.")
        if singly:
            said = ngettext(
                "You follow %(n)s session remotely. Show this name on screen: %(name)s",
                "You follow %(n)s sessions remotely. Show this name on screen: %(name)s",
                len(singly),
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
    """Return the name to show on screen, by the rule of the event."""
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    category = next((one for one in frame.categories if one.id == row.category_id), None)
    lead = entity.name() if entity else row.organisation
    return screen_name(lead, name_of(row).on_screen, category.name() if category else "")


def _may_join(frame: Frame, row: Registration, singly: Collection[int]) -> bool:
    is_remote = row.mode == "remote" or bool(singly)
    is_in = row.state == State.ACCREDITED and is_remote
    return is_in and bool(frame.event.online_url) and clock.now() < frame.event.ends_at


def _other(frame: Frame, row: Registration) -> str:
    """Return the way to which the person may switch now, "" for none."""
    others = [mode for mode in modes_of_event(frame.event.mode) if mode != row.mode]
    may = row.state in services.CHANGEABLE | {State.RETURNED}
    is_open = clock.now() < services.switched_until(frame.setup()) if others and may else False
    return others[0] if is_open else ""


def _may_choose(row: Registration, frame: Frame, kept: RemoteSettings) -> bool:
    """Tell whether the person may now say which single sessions they follow remotely."""
    is_here = row.mode != "remote" and row.state in services.CHANGEABLE | {State.RETURNED}
    is_allowed = kept.per_session and frame.event.mode == "hybrid" and is_here
    return is_allowed and clock.now() < services.switched_until(frame.setup())
