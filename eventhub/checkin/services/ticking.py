"""Marking people or States as present from a list: on a screen, or from paper later."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.queries import ticked_entities, ticked_people
from eventhub.checkin.rules import ENTER
from eventhub.checkin.services.undoing import undo
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.ids import new_uuid
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.passes.models import Pass
from eventhub.registration.models import Registration
from eventhub.registration.rules import State


def tick_persons(
    event: Event,
    gate: Gate,
    registration_ids: Collection[int],
    *,
    at: datetime | None = None,
    source: str = "tick",
    actor: Actor,
) -> int:
    """Mark accredited people as present; those marked already stay as they are.

    `at` is when they came, now by default. Returns how many are newly marked.
    """
    came = at or clock.now()
    passages = dict.fromkeys(registration_ids, came)
    return enter_passages(event, gate, passages, source=source, actor=actor)


def enter_passages(
    event: Event,
    gate: Gate,
    passages: Mapping[int, datetime],
    *,
    source: str,
    actor: Actor,
) -> int:
    """Write many passages through a gate at once, by registration id with the time of each.

    Only accredited people of the event are taken, each once a gate. Four statements, whatever
    their number.
    """
    _hold(gate)
    known = select(Registration.id, Registration.pass_id).where(
        Registration.event_id == event.id,
        Registration.id.in_(list(passages)),
        Registration.state == State.ACCREDITED,
    )
    passes = dict(db.session.execute(known).all())
    here = ticked_people(event.id, gate.id)
    new = [number for number in passages if number in passes and number not in here]
    rows = [
        _row(event, gate, actor, registration_id=number, device_at=passages[number], source=source)
        for number in new
    ]
    if not rows:
        return 0
    db.session.execute(insert(Scan), rows)
    db.session.execute(
        update(Pass)
        .where(
            Pass.event_id == event.id,
            Pass.id.in_([passes[number] for number in new if passes[number] is not None]),
            Pass.state == "issued",
        )
        .values(state="activated")
    )
    return len(new)


def untick_persons(
    event: Event, gate: Gate, registration_ids: Collection[int], *, actor: Actor
) -> int:
    """Take back the marks of people who are not there after all; return how many."""
    query = select(Scan).where(
        Scan.event_id == event.id,
        Scan.gate_id == gate.id,
        Scan.registration_id.in_(list(registration_ids)),
        Scan.answer == ENTER,
        Scan.undone_at.is_(None),
    )
    return undo(list(db.session.scalars(query)), actor=actor)


def tick_entities(event: Event, gate: Gate, entity_ids: Sequence[int], *, actor: Actor) -> int:
    """Mark entities as present in the room; those marked already stay as they are."""
    _hold(gate)
    known = set(db.session.scalars(select(Entity.id).where(Entity.id.in_(entity_ids))))
    here = ticked_entities(event.id, gate.id)
    new = [number for number in dict.fromkeys(entity_ids) if number in known - here]
    now = clock.now()
    rows = [
        _row(event, gate, actor, entity_id=number, device_at=now, source="tick") for number in new
    ]
    if rows:
        db.session.execute(insert(Scan), rows)
    return len(new)


def untick_entities(event: Event, gate: Gate, entity_ids: Sequence[int], *, actor: Actor) -> int:
    """Take back the marks of entities that are not there after all; return how many."""
    query = select(Scan).where(
        Scan.event_id == event.id,
        Scan.gate_id == gate.id,
        Scan.entity_id.in_(entity_ids),
        Scan.undone_at.is_(None),
    )
    return undo(list(db.session.scalars(query)), actor=actor)


def _hold(gate: Gate) -> None:
    """Let nobody else tick this list until the transaction ends."""
    db.session.execute(select(Gate.id).where(Gate.id == gate.id).with_for_update())


def _row(event: Event, gate: Gate, actor: Actor, **more: Any) -> dict[str, Any]:
    return {
        "uid": new_uuid(),
        "event_id": event.id,
        "gate_id": gate.id,
        "direction": "in",
        "answer": ENTER,
        "account_id": actor.id,
        **more,
    }
