"""Decisions that are written at once, carried out after their hold, and undone in between.

Until the hold ends nothing has changed and nobody is told; a registration that moves meanwhile
cancels what is held on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypedDict

from sqlalchemy import select, update

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.jobs.services import queue
from eventhub.registration import messages
from eventhub.registration.models import Decision, Registration
from eventhub.registration.permissions import DECIDE, VOUCH
from eventhub.registration.queries import (
    Setup,
    capacities,
    held_of,
    lock_registrations,
    setup_of,
    without_letter,
)
from eventhub.registration.rules import HELD, SEAT_STATES, State, Who
from eventhub.registration.services.drafts import check_event
from eventhub.registration.services.letters import check_covered
from eventhub.registration.services.moving import (
    Verdict,
    cancel_held,
    carry_out,
    changed_meanwhile,
    check_moves,
    check_versions,
    write_decisions,
)
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.waiting import promote_waiting

Versions = Mapping[int, int] | None
"""By registration id: the version that the person saw (R1.3)."""

TAKE_EFFECT = "registration.take_effect"

MESSAGES = {
    State.ACCREDITED: "accredited",
    State.REJECTED: "rejected",
    State.RETURNED: "returned",
    State.WAITLISTED: "waitlisted",
    State.WITHDRAWN: "withdrawn",
    State.REVOKED: "revoked",
}
"""What registrants are told after a move, by the state moved to."""


class Terms(TypedDict, total=False):
    """What every decision may be given: what the person saw, no hold, no mail."""

    versions: Versions
    at_once: bool
    tell: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """Who decides by which permissions, what they saw, whether without hold and without mail."""

    actor: Actor
    permissions: tuple[str, ...]
    versions: Versions = None
    at_once: bool = False
    tell: bool = True


def decide(
    event_id: int, registration_ids: Sequence[int], verdict: Verdict, how: Manner
) -> list[Registration]:
    """Decide on registrations, all or none: held where an officer decides, else carried out.

    NotFound outside the actor's reach; Conflict where the table does not allow the move, the
    version is another one, or somebody's decision is held on one of them.
    """
    by, scopes = capacities(how.actor, *how.permissions)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    rows = lock_registrations(event_id, registration_ids, scopes)
    held = held_of(event_id, registration_ids)
    if taken := [row for row in rows if row.id in held]:
        raise changed_meanwhile(taken[0], held[taken[0].id].to_state)
    check_versions(rows, how.versions)
    check_moves(rows, verdict.to, by)
    if verdict.to == State.ACCREDITED:
        check_covered(setup, rows)
    hold = setup.settings.hold
    if how.at_once or not hold or verdict.to not in HELD or Who.OFFICER not in by:
        write_decisions(rows, verdict, actor=how.actor)
        carry_out_with_seats(setup, seats, rows, verdict, tell=how.tell)
        if how.tell:
            messages.tell(MESSAGES[verdict.to], rows)
        return rows
    effective_at = clock.now() + hold
    write_decisions(rows, verdict, actor=how.actor, effective_at=effective_at)
    for row in rows:
        row.version += 1
    _queue_effect(event_id, effective_at)
    db.session.flush()
    return rows


def carry_out_with_seats(
    setup: Setup, seats: Seats, rows: Sequence[Registration], verdict: Verdict, *, tell: bool
) -> None:
    """Carry out a verdict whose decisions are written; freed seats go to those who wait."""
    ends = verdict.to not in SEAT_STATES
    freed = [row for row in rows if ends and row.state in SEAT_STATES]
    for row in freed:
        seats.give_back(row)
    carry_out(setup, rows, verdict)
    if freed:
        ids = {row.id for row in rows}
        promote_waiting(setup.event.id, setup=setup, seats=seats, but=ids, tell=tell)


def undo_decision(
    event_id: int, registration_ids: Sequence[int], *, actor: Actor
) -> list[Registration]:
    """Cancel decisions whose hold has not ended; Conflict where one has taken effect."""
    _by, scopes = capacities(actor, DECIDE, VOUCH)
    rows = lock_registrations(event_id, registration_ids, scopes)
    held = held_of(event_id, [row.id for row in rows])
    if late := [row for row in rows if row.id not in held]:
        raise Conflict(
            _("The decision on %(ref)s has taken effect already.", ref=late[0].ref),
        )
    cancel_held([row.id for row in rows])
    subjects = []
    for row in rows:
        row.version += 1
        changes = {"state": (held[row.id].to_state, row.state)}
        subjects.append(Subject("registration", row.ref, changes))
    record(actor, "registration.undo", subjects, event_id=event_id)
    db.session.flush()
    return rows


def take_effect(event_id: int, *, most: int = 200) -> int:
    """Carry out decisions whose hold has ended, oldest first; return how many there were.

    Safe to run twice. One whose registration moved meanwhile, or whose letter counts no more, is
    cancelled, nothing else.
    """
    setup = setup_of(event_id)
    seats = Seats(setup)
    due = _due(event_id, most)
    if not due:
        return 0
    rows = lock_registrations(event_id, [one.registration_id for one in due], [EVERYTHING])
    by_id = {row.id: row for row in rows}
    accredited = [by_id[one.registration_id] for one in due if one.to_state == State.ACCREDITED]
    unnamed = {row.id for row in without_letter(setup, accredited)}
    stale = [
        one
        for one in due
        if by_id[one.registration_id].state != one.from_state
        or (one.to_state == State.ACCREDITED and one.registration_id in unnamed)
    ]
    _write_outcome(stale, "cancelled")
    live = [one for one in due if one not in stale]
    _write_outcome(live, "done")
    for _key, some in groupby(live, key=_same):
        decisions = list(some)
        verdict = _verdict(decisions[0])
        moved = [by_id[one.registration_id] for one in decisions]
        carry_out_with_seats(setup, seats, moved, verdict, tell=True)
        messages.tell(MESSAGES[verdict.to], moved)
    return len(due)


def _due(event_id: int, most: int) -> list[Decision]:
    query = (
        select(Decision)
        .where(
            Decision.event_id == event_id,
            Decision.outcome == "held",
            Decision.effective_at <= clock.now(),
        )
        .order_by(Decision.effective_at, Decision.id)
        .limit(most)
    )
    return list(db.session.scalars(query))


def _write_outcome(decisions: Sequence[Decision], outcome: str) -> None:
    ids = [one.id for one in decisions]
    if ids:
        db.session.execute(
            update(Decision)
            .where(Decision.id.in_(ids), Decision.outcome == "held")
            .values(outcome=outcome)
        )


def _same(decision: Decision) -> tuple[Any, ...]:
    return decision.to_state, decision.reason, decision.text, tuple(decision.fields)


def _verdict(decision: Decision) -> Verdict:
    return Verdict(State(decision.to_state), decision.reason, decision.text, decision.fields)


def _queue_effect(event_id: int, effective_at: datetime) -> None:
    once = f"{TAKE_EFFECT}:{event_id}:{effective_at.timestamp()}"
    queue(TAKE_EFFECT, event_id=event_id, run_at=effective_at, once=once, of_event=event_id)
