"""One person in place of another, who keeps the seat (R1.9)."""

from dataclasses import replace as replace_in
from datetime import datetime

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration import messages, signals
from eventhub.registration.models import Registration
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries import Setup, capacities, lock_registrations, setup_of
from eventhub.registration.rules import State, Who
from eventhub.registration.services.drafts import Entry, check_complete, check_event, enter
from eventhub.registration.services.letters import inherit_letter
from eventhub.registration.services.moving import Verdict, check_moves, move
from eventhub.registration.services.seats import Seat, Seats
from eventhub.registration.services.session_seats import inherit_session_seats, session_pools_of
from eventhub.registration.services.session_waiting import (
    inherit_waiting,
    promote_in_sessions,
    waits_of,
)
from eventhub.registration.services.submitting import go_on, index, take_seats


def replace(
    event_id: int,
    registration_id: int,
    entry: Entry,
    *,
    actor: Actor,
    version: int | None = None,
    tell: bool = True,
) -> Registration:
    """Let the person entered take the seat of an accredited one, whose badge is void; return it.

    Until the event's deadline for this, by default its start. The new registration needs its own
    photo and approval, and a letter of its own where the event's settings say so.
    """
    by, scopes = capacities(actor, VOUCH)
    setup = setup_of(event_id)
    check_event(setup.event)
    if clock.now() >= replaced_until(setup):
        raise Conflict(_("The deadline for replacing people has passed."))
    seats = Seats(setup)
    old = lock_registrations(event_id, [registration_id], scopes)[0]
    if version is not None and version != old.version:
        raise Conflict(_("Somebody changed this registration meanwhile. Look at it again."))
    check_moves([old], State.REPLACED, by)
    values = {**entry.values, "entity_id": old.entity_id}
    sent = replace_in(entry, values=values)
    new = enter(event_id, [sent], actor=actor, source="focal_point", setup=setup)[0]
    new.replaces_id, new.mode = old.id, old.mode
    check_complete(setup, new)
    seat = seats.take_over(old, new)
    if seat == Seat.NONE:
        raise Conflict(_("No place is free in this category."), "category_id")
    sat_in, waited_for = session_pools_of(old.id), waits_of(old.id)
    move(setup, [old], Verdict(State.REPLACED, "replaced"), actor=actor, by=by)
    take_seats(setup, seats, [new], actor=actor, by={Who.FOCAL_POINT}, take=lambda _row: seat)
    inherit_session_seats(setup, sat_in, new)
    inherit_waiting(setup, waited_for, new)
    promote_in_sessions(event_id)
    index(setup, [new])
    if not setup.settings.replacement_needs_letter:
        inherit_letter(old, new)
    signals.submitted.send(event_id, registrations=[new])
    go_on(setup, [new], entered=[new])
    db.session.flush()
    if tell:
        messages.tell("replaced", [old])
        messages.tell("accredited" if new.state == State.ACCREDITED else "received", [new])
    return new


def replaced_until(setup: Setup) -> datetime:
    """Return until when one person may replace another, by default until the event starts."""
    until = setup.settings.deadline("replacement_until", setup.event.zone)
    return until or setup.event.starts_at
