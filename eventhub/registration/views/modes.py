"""In person or remote, for the person: switching, and the link by which one joins (R1.27)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.entities.models import Entity
from eventhub.events.words import city_of
from eventhub.i18n import _
from eventhub.i18n.times import event_time
from eventhub.registration import services
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, registrant, token_of
from eventhub.registration.rules import SEAT_STATES, State, modes_of_event, screen_name
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
    until = services.switched_until(frame.setup())
    page = render_template(
        "registration/confirm.html",
        **frame.page(),
        form=form,
        here_url=request.path,
        back_url=url_for("registration.show_own", token=token),
        heading=_("Take part remotely") if is_remote else _("Take part in person"),
        effect=_(
            "You can switch until %(when)s, as long as places of that kind are free.",
            when=event_time(
                until, frame.event.zone, city_of(frame.event), reader_zone=reader_zone()
            ),
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
    if not _may_join(frame, row):
        raise NotFound
    return redirect(frame.event.online_url or "")


def mode_panel(row: Registration, frame: Frame) -> Panel | None:
    """Return how the person takes part, with the link once it is theirs; None in a hall alone."""
    event = frame.event
    if event.mode == "in_person" or row.state not in SEAT_STATES | {State.WAITLISTED}:
        return None
    token = token_of(row)
    links: list[tuple[str, str]] = []
    if _may_join(frame, row):
        links.append((_("Join the meeting"), url_for("registration.join", token=token)))
    if _other(frame, row):
        label = _("Take part in person") if row.mode == "remote" else _("Take part remotely")
        links.append((label, url_for("registration.change_mode", token=token)))
    if row.mode != "remote":
        sentence = _("You take part in person.")
    elif row.state != State.ACCREDITED:
        sentence = _("You take part remotely. The link appears here when you are confirmed.")
    else:
        sentence = _(
            "You take part remotely. Show this name on screen: %(name)s",
            name=screen_name_of(row, frame),
        )
    return Panel(_("How you take part"), sentence, tuple(links), order=5)


def screen_name_of(row: Registration, frame: Frame) -> str:
    """Return the name to show on screen, by the rule of the event."""
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    category = next((one for one in frame.categories if one.id == row.category_id), None)
    lead = entity.name() if entity else row.organisation
    return screen_name(lead, name_of(row).printed(), category.name() if category else "")


def _may_join(frame: Frame, row: Registration) -> bool:
    is_in = row.state == State.ACCREDITED and row.mode == "remote"
    return is_in and bool(frame.event.online_url) and clock.now() < frame.event.ends_at


def _other(frame: Frame, row: Registration) -> str:
    """Return the way to which the person may switch now, "" for none."""
    others = [mode for mode in modes_of_event(frame.event.mode) if mode != row.mode]
    may = row.state in services.CHANGEABLE | {State.RETURNED}
    is_open = clock.now() < services.switched_until(frame.setup()) if others and may else False
    return others[0] if is_open else ""
