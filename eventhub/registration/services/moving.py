"""Moving registrations from one state to another: the only place that writes `state`.

Each move writes one decision in the same transaction (R1.2). A decision that is held is written
first and carried out later.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from eventhub.audit.services import Subject, record, recorded_together
from eventhub.core import clock, ids
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.passes import services as passes
from eventhub.passes.rules import expires, zone_bits
from eventhub.registration import signals
from eventhub.registration.models import Decision, Registration
from eventhub.registration.queries import Setup, state_word
from eventhub.registration.rules import ENDED, SEAT_STATES, VOID_PASS, State, Who, may_move
from eventhub.registration.services.seats import leave_sessions

LEDGER = "registration.ledger"
"""Under this name a session holds what `written_together` has yet to write."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where to, and why."""

    to: State
    reason: str = ""
    text: str = ""
    fields: Sequence[str] = field(default_factory=tuple)


@dataclass
class _Ledger:
    """Decisions not written yet."""

    decisions: list[dict[str, Any]] = field(default_factory=list)
    without_hold: set[int] = field(default_factory=set)
    """Ids of registrations of which no decision is held."""


@contextmanager
def written_together(event_id: int) -> Iterator[None]:
    """Write the decisions of all moves made inside, and the audit log, at its end.

    Each table in one statement.

    Nothing inside is flushed by a question to the database: what is asked is what was so before.
    """
    if LEDGER in db.session.info:
        yield
        return
    ledger = db.session.info[LEDGER] = _Ledger()
    with recorded_together(event_id):
        try:
            with db.session.no_autoflush:
                yield
        finally:
            del db.session.info[LEDGER]
        db.session.flush()
        _insert_decisions(ledger.decisions)


def check_versions(
    registrations: Sequence[Registration], versions: Mapping[int, int] | None
) -> None:
    """Raise Conflict where one is no longer as the person saw it (R1.3)."""
    if versions is None:
        return
    for registration in registrations:
        if versions.get(registration.id, registration.version) != registration.version:
            raise changed_meanwhile(registration)


def changed_meanwhile(registration: Registration, to: str = "") -> Conflict:
    """Return the refusal for whoever decides on what is no longer so (R1.3).

    `to` is the state that somebody else's decision, still held, leads to.
    """
    return Conflict(
        _(
            "The state of %(name)s changed meanwhile: %(state)s. Look at it again.",
            name=_short_name(registration),
            state=state_word(to or registration.state),
        )
    )


def check_moves(registrations: Sequence[Registration], to: State, by: Collection[Who]) -> None:
    """Raise Conflict where one of these moves is not in the table for these capacities (R1.1)."""
    for registration in registrations:
        if registration.erased_at is not None:
            raise Conflict(
                _("The data of %(ref)s were erased. Nothing can be decided.", ref=registration.ref)
            )
        if not may_move(State(registration.state), to, by):
            raise changed_meanwhile(registration)


def move(
    setup: Setup,
    registrations: Sequence[Registration],
    verdict: Verdict,
    *,
    actor: Actor,
    by: Collection[Who],
) -> None:
    """Check, write the decisions and carry them out. Seats and mail are the caller's."""
    if not registrations:
        return
    check_moves(registrations, verdict.to, by)
    _cancel_any_held(registrations)
    write_decisions(registrations, verdict, actor=actor)
    carry_out(setup, registrations, verdict)


def move_by_itself(setup: Setup, registrations: Sequence[Registration], verdict: Verdict) -> None:
    """Make a move that a rule makes, by nobody's wish, with its own decision."""
    move(setup, registrations, verdict, actor=SYSTEM, by={Who.SYSTEM})


def write_decisions(
    registrations: Sequence[Registration],
    verdict: Verdict,
    *,
    actor: Actor,
    effective_at: datetime | None = None,
    start: str | None = None,
) -> None:
    """Write one decision for each, and the audit log; with `effective_at` it is held until then.

    `start` names the state they come from where it is not the present one ("" for nothing).
    """
    if not registrations:
        return
    now = clock.now()
    rows = [
        {
            "ref": ids.new_ref(),
            "event_id": one.event_id,
            "registration_id": one.id,
            "from_state": one.state if start is None else start,
            "to_state": verdict.to,
            "reason": verdict.reason,
            "text": verdict.text,
            "fields": list(verdict.fields),
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "at": now,
            "effective_at": effective_at or now,
            "outcome": "held" if effective_at else "done",
        }
        for one in registrations
    ]
    subjects = [
        Subject("registration", one.ref, {"state": (came_from, str(verdict.to))}, (), not came_from)
        for one, row in zip(registrations, rows, strict=True)
        for came_from in [row["from_state"]]
    ]
    action = "registration.hold" if effective_at else "registration.move"
    ledger: _Ledger | None = db.session.info.get(LEDGER)
    if ledger is not None:
        ledger.decisions += rows
    else:
        _insert_decisions(rows)
    record(actor, action, subjects, event_id=registrations[0].event_id)


def _insert_decisions(rows: Sequence[dict[str, Any]]) -> None:
    if rows:  # an actor without id must not make another statement of its row
        db.session.execute(insert(Decision), rows, execution_options={"render_nulls": True})


def _cancel_any_held(registrations: Sequence[Registration]) -> None:
    """Cancel what is held on those of which a decision can be held: nobody decides on a draft."""
    ledger: _Ledger = db.session.info.get(LEDGER) or _Ledger()
    ids = [one.id for one in registrations if one.state != State.DRAFT]
    ids = [one for one in ids if one not in ledger.without_hold]
    if ids:
        cancel_held(ids)
    ledger.without_hold |= {one.id for one in registrations}


def cancel_held(registration_ids: Sequence[int]) -> int:
    """Cancel the decisions on these that wait for their hold to end; return how many."""
    result = db.session.execute(
        update(Decision)
        .where(Decision.registration_id.in_(registration_ids), Decision.outcome == "held")
        .values(outcome="cancelled")
    )
    return int(getattr(result, "rowcount", 0))


def carry_out(setup: Setup, registrations: Sequence[Registration], verdict: Verdict) -> None:
    """Write the new state and what follows from it alone: passes, dates, signals."""
    now = clock.now()
    if verdict.to == State.ACCREDITED:
        _give_passes(setup, registrations)
    if verdict.to in VOID_PASS:
        held = [one.pass_id for one in registrations if one.pass_id is not None]
        passes.void(setup.event.id, held, reason=str(verdict.to))
    if verdict.to not in SEAT_STATES:
        leave_sessions([one.id for one in registrations])
    returned = verdict.to == State.RETURNED
    until = now + timedelta(days=setup.settings.return_days) if returned else None
    for one in registrations:
        one.state, one.state_since = verdict.to, now
        one.version += 1
        one.returned_fields = list(verdict.fields) if returned else []
        one.return_until = until
        if verdict.to == State.ACCREDITED:
            one.accredited_at, one.needs_new_badge = now, False
    if LEDGER not in db.session.info:
        db.session.flush()
    if verdict.to == State.ACCREDITED:
        signals.accredited.send(setup.event.id, registrations=list(registrations))
    if verdict.to in ENDED:
        signals.ended.send(setup.event.id, registrations=list(registrations))


def _give_passes(setup: Setup, registrations: Sequence[Registration]) -> None:
    zones = [zone_bits(setup.categories[one.category_id].zones) for one in registrations]
    made = passes.issue(setup.event.id, zones, expires_at=expires(setup.event.ends_at))
    for one, entry in zip(registrations, made, strict=True):
        one.pass_id = entry.id


def _short_name(registration: Registration) -> str:
    parts = (registration.given_names, registration.family_name)
    return " ".join(part for part in parts if part) or registration.ref
