"""Promoting from the waiting list when a place becomes free (R1.12)."""

from collections.abc import Collection, Mapping, Sequence

from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration import messages
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE
from eventhub.registration.queries import (
    Setup,
    capacities,
    lock_registrations,
    registrations_by_id,
    setup_of,
    waiting_list,
    was_vouched_for,
)
from eventhub.registration.rules import State, Who
from eventhub.registration.services.moving import (
    Verdict,
    changed_meanwhile,
    check_moves,
    check_versions,
    move,
)
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.session_waiting import promote_in_sessions
from eventhub.registration.services.submitting import confirm_by_itself, go_on


def promote_waiting(
    event_id: int,
    *,
    setup: Setup | None = None,
    seats: Seats | None = None,
    but: Collection[int] = frozenset(),
    tell: bool = True,
) -> list[Registration]:
    """Give free seats to those who wait, in their turn, and return them in that order.

    Free seats in sessions go to those who wait for them.

    The pools are locked. Whoever was vouched for before is nominated again, else submitted; `but`
    names those whom an officer puts on the list just now.
    """
    setup = setup or setup_of(event_id)
    seats = seats or Seats(setup)
    promoted: list[Registration] = []
    passed: set[int] = set(but)
    while True:
        ids = [one.id for one, _turn in waiting_list(setup) if one.id not in passed]
        rows = registrations_by_id(event_id, ids)
        chosen = next((rows[one] for one in ids if seats.has_room(rows[one])), None)
        if chosen is None:
            break
        seats.take(chosen)
        passed.add(chosen.id)
        _promote(setup, chosen)
        promoted.append(chosen)
    db.session.flush()
    promote_in_sessions(event_id, tell=tell)
    if tell:
        _tell(promoted)
    return promoted


def give_place(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    actor: Actor,
    versions: Mapping[int, int] | None = None,
) -> list[Registration]:
    """Give a free seat to these before their turn; Conflict where none is free."""
    by, scopes = capacities(actor, DECIDE)
    setup = setup_of(event_id)
    seats = Seats(setup)
    rows = lock_registrations(event_id, registration_ids, scopes)
    check_versions(rows, versions)
    check_moves(rows, State.SUBMITTED, by & {Who.OFFICER})
    if any(row.state != State.WAITLISTED for row in rows):
        raise changed_meanwhile(rows[0])
    for row in rows:
        if not seats.has_room(row):
            raise Conflict(_("No place is free."))
        seats.take(row)
        _promote(setup, row, actor=actor)
    db.session.flush()
    _tell(rows)
    return rows


def _tell(promoted: Sequence[Registration]) -> None:
    confirmed = [row for row in promoted if row.state == State.ACCREDITED]
    messages.tell("accredited", confirmed)
    messages.tell("promoted", [row for row in promoted if row not in confirmed])


def _promote(setup: Setup, row: Registration, *, actor: Actor = SYSTEM) -> None:
    vouched = row.id in was_vouched_for(setup.event.id, [row.id])
    to = State.NOMINATED if vouched else State.SUBMITTED
    by = {Who.SYSTEM if actor is SYSTEM else Who.OFFICER}
    move(setup, [row], Verdict(to, "place_free"), actor=actor, by=by)
    if vouched:
        confirm_by_itself(setup, [row])
    else:
        go_on(setup, [row], entered=[row] if row.source == "focal_point" else [])
