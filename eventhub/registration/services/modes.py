"""Taking part in person or remotely: until when people switch, with a seat of that kind (R1.27)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.registration import signals
from eventhub.registration.models import Registration, RemoteSession
from eventhub.registration.queries import setup_of
from eventhub.registration.queries.remote import (
    remote_sessions_of,
    remote_settings_of,
    sessions_on_screen,
)
from eventhub.registration.rules import SEAT_STATES, RegistrationSettings, State, modes_of_event
from eventhub.registration.services.changing import CHANGEABLE
from eventhub.registration.services.drafts import check_event, lock_own
from eventhub.registration.services.seats import Seat, Seats, leave_sessions
from eventhub.registration.services.waiting import promote_waiting


def switch_mode(registration: Registration, mode: str, *, actor: Actor) -> Registration:
    """Let somebody take part in another way; the seat of the first goes to whoever waits for it.

    Conflict after the event's deadline for this, and where no seat of the other way is free.
    """
    setup = setup_of(registration.event_id)
    check_event(setup.event)
    if mode not in modes_of_event(setup.event.mode):
        raise Invalid(_("Choose one from the list."), "mode")
    if clock.now() >= switched_until(setup.event, setup.settings):
        raise Conflict(_("The deadline for switching has passed. Write to the organiser."))
    seats = Seats(setup)
    row = lock_own(registration, actor)
    if row.mode == mode:
        return row
    if row.state not in CHANGEABLE | {State.RETURNED}:
        raise Conflict(_("This registration cannot be changed now."))
    before = row.mode
    if row.state in SEAT_STATES:
        seats.give_back(row)
        row.mode = mode
        if seats.take(row) not in (Seat.TAKEN, Seat.OVER):
            raise Conflict(_("No place is free for taking part in this way."), "mode")
    row.mode = mode
    leave_sessions([row.id])
    row.admission = "remote" if mode == "remote" else setup.admission_in_person
    row.version += 1
    if mode == "remote":
        _choose(row, ())
    changes = {"mode": (before, mode)}
    record(
        actor, "registration.change", [Subject("registration", row.ref, changes)],
        event_id=row.event_id,
    )  # fmt: skip
    db.session.flush()
    signals.changed.send(row.event_id, registrations=[row], fields=frozenset({"mode"}))
    promote_waiting(row.event_id, setup=setup, seats=seats, but={row.id})
    return row


def follow_remotely(
    registration: Registration, session_ids: Collection[int], *, actor: Actor
) -> Registration:
    """Say which single sessions somebody whose place is in the hall follows remotely.

    Conflict where the event does not allow it, for whom its category is not admitted to, and
    after the deadline for switching.
    """
    setup = setup_of(registration.event_id)
    check_event(setup.event)
    if setup.event.mode != "hybrid" or not remote_settings_of(setup.event.id).per_session:
        raise Conflict(_("Here you take part in the same way in all sessions."))
    if clock.now() >= switched_until(setup.event, setup.settings):
        raise Conflict(_("The deadline for switching has passed. Write to the organiser."))
    row = lock_own(registration, actor)
    if row.mode == "remote" or row.state not in CHANGEABLE | {State.RETURNED}:
        raise Conflict(_("This registration cannot be changed now."))
    offered = sessions_on_screen(row.event_id, setup.categories.get(row.category_id))
    codes = {one.id: one.code for one in offered}
    if not set(session_ids) <= codes.keys():
        raise Invalid(_("Choose one from the list."), "sessions")
    before = remote_sessions_of(row)
    if before == set(session_ids):
        return row
    _choose(row, session_ids)
    row.version += 1
    said = [sorted(codes.get(one, "") for one in ids) for ids in (before, session_ids)]
    changes = {"remote_sessions": (said[0], said[1])}
    record(
        actor, "registration.change", [Subject("registration", row.ref, changes)],
        event_id=row.event_id,
    )  # fmt: skip
    db.session.flush()
    return row


def _choose(row: Registration, session_ids: Collection[int]) -> None:
    db.session.execute(delete(RemoteSession).where(RemoteSession.registration_id == row.id))
    rows = [
        {"registration_id": row.id, "session_id": one, "event_id": row.event_id}
        for one in sorted(session_ids)
    ]
    if rows:
        db.session.execute(insert(RemoteSession), rows)


def switched_until(event: Event, settings: RegistrationSettings) -> datetime:
    """Return until when people switch, by default until the event starts."""
    return settings.deadline("mode_until", event.zone) or event.starts_at
