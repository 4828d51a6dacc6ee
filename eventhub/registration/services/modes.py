"""Taking part in person or remotely: until when people switch, with a seat of that kind (R1.27)."""

from datetime import datetime

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _
from eventhub.registration import signals
from eventhub.registration.models import Registration
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.rules import SEAT_STATES, State, modes_of_event
from eventhub.registration.services.changing import CHANGEABLE
from eventhub.registration.services.drafts import check_event, lock_own
from eventhub.registration.services.seats import Seat, Seats
from eventhub.registration.services.waiting import promote_waiting


def switch_mode(registration: Registration, mode: str, *, actor: Actor) -> Registration:
    """Let somebody take part in another way; the seat of the first goes to whoever waits for it.

    Conflict after the event's deadline for this, and where no seat of the other way is free.
    """
    setup = setup_of(registration.event_id)
    check_event(setup.event)
    if mode not in modes_of_event(setup.event.mode):
        raise Invalid(_("Choose one from the list."), "mode")
    if clock.now() >= switched_until(setup):
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
    row.admission = "remote" if mode == "remote" else "official_delegation"
    row.version += 1
    changes = {"mode": (before, mode)}
    record(
        actor, "registration.change", [Subject("registration", row.ref, changes)],
        event_id=row.event_id,
    )  # fmt: skip
    db.session.flush()
    signals.changed.send(row.event_id, registrations=[row], fields=frozenset({"mode"}))
    promote_waiting(row.event_id, setup=setup, seats=seats, but={row.id})
    return row


def switched_until(setup: Setup) -> datetime:
    """Return until when people switch, by default until the event starts."""
    return setup.settings.deadline("mode_until", setup.event.zone) or setup.event.starts_at
