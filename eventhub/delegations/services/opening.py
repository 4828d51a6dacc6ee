"""Opening delegations, giving numbers, saying what role they have."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock, ids
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_many_unless_there
from eventhub.core.errors import Conflict, NotFound
from eventhub.delegations import signals
from eventhub.delegations.models import Delegation
from eventhub.delegations.rules import OPEN, ROLES
from eventhub.entities.models import Entity
from eventhub.entities.queries import find_by_names
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.protocol.belonging import members_of_group


def get_or_open(
    event_id: int, entity_id: int, *, actor: Actor, role: str = "participant"
) -> Delegation:
    """Return the delegation of an entity at an event, opened if this is the first anybody asks."""
    return open_all(event_id, [entity_id], actor=actor, role=role)[entity_id]


def open_all(
    event_id: int, entity_ids: Collection[int], *, actor: Actor, role: str = "participant"
) -> dict[int, Delegation]:
    """Return the delegations of entities at an event by entity, those opened that were not yet.

    Three statements, with what is written of it in the log.
    """
    refs = {entity_id: ids.new_ref() for entity_id in sorted(entity_ids)}
    rows = [
        {
            "ref": ref,
            "event_id": event_id,
            "entity_id": entity_id,
            "role": role,
            "readiness": OPEN,
            "reply": "none",
            "next_step": "",
            "last_number": 0,
            "version": 1,
            "created_at": clock.now(),
        }
        for entity_id, ref in refs.items()
    ]
    insert_many_unless_there(Delegation, rows)
    query = select(Delegation).where(
        Delegation.event_id == event_id, Delegation.entity_id.in_(refs)
    )
    found = {one.entity_id: one for one in db.session.scalars(query)}
    subjects = [
        Subject("delegation", ref, {"entity": (None, entity_id), "role": (None, role)})
        for entity_id, ref in refs.items()
        if found[entity_id].ref == ref
    ]
    record(actor, "delegation.open", subjects, event_id=event_id)
    return found


def lock_delegation(delegation: Delegation) -> Delegation:
    """Return the delegation as it is now, its row locked until the transaction ends."""
    query = select(Delegation).where(Delegation.id == delegation.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def next_numbers(event_id: int, counts: Mapping[int, int]) -> dict[int, tuple[int, range]]:
    """Return for each entity its delegation's id and so many numbers nobody there had before.

    Locks the delegations in the order of their ids; an entity without one is not in the answer.
    """
    query = (
        select(Delegation)
        .where(Delegation.event_id == event_id, Delegation.entity_id.in_(counts))
        .order_by(Delegation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {}
    for row in db.session.scalars(query):
        first = row.last_number + 1
        row.last_number += counts[row.entity_id]
        found[row.entity_id] = (row.id, range(first, row.last_number + 1))
    db.session.flush()
    return found


def set_role(delegation: Delegation, role: str, *, version: int, actor: Actor) -> Delegation:
    """Say whether the delegation takes part, observes, or is host or co-host."""
    if role not in ROLES:
        raise NotFound
    if delegation.version != version:
        raise Conflict(_("Somebody changed this delegation meanwhile. Look at it again."))
    changes = {"role": (delegation.role, role)}
    delegation.role = role
    delegation.version += 1
    subject = Subject("delegation", delegation.ref, changes)
    record(actor, "delegation.change", [subject], event_id=delegation.event_id)
    db.session.flush()
    return delegation


def end_preparation(delegation: Delegation, *, actor: Actor) -> None:
    """Let the delegation's names count: its letter, or its focal point, is confirmed (R1.33).

    Whoever the focal point entered meanwhile goes on at once (see `signals.opened`).
    """
    row = lock_delegation(delegation)
    if row.readiness == OPEN:
        return
    changes = {"readiness": (row.readiness, OPEN)}
    row.readiness = OPEN
    row.version += 1
    record(actor, "delegation.change", [Subject("delegation", row.ref, changes)],
           event_id=row.event_id)  # fmt: skip
    db.session.flush()
    signals.opened.send(row.event_id, delegation=row, actor=actor)


def open_for(event_id: int, entity_code: str, *, actor: Actor) -> Delegation:
    """Open the delegation of the entity with this code; NotFound where no entity has it."""
    entity_id = db.session.scalar(select(Entity.id).where(Entity.code == entity_code))
    if entity_id is None:
        raise NotFound(_("Choose a State or organization from the list."), "entity")
    return get_or_open(event_id, entity_id, actor=actor)


def open_many(
    event: Event, names: Sequence[str], group: str, *, actor: Actor
) -> tuple[int, list[str]]:
    """Open the delegations of names in any language (or codes), and of a group's members at the
    event; return how many are new, and the names that nobody has."""
    asked = list(dict.fromkeys(line.strip() for line in names if line.strip()))
    found = find_by_names(asked)
    ids = [one.id for one in found.values()]
    unknown = [one for one in asked if one not in found]
    if group:
        ids += sorted(db.session.scalars(members_of_group(event.id, group)))
    query = select(Delegation.entity_id).where(Delegation.event_id == event.id)
    there = set(db.session.scalars(query))
    new = [one for one in dict.fromkeys(ids) if one not in there]
    open_all(event.id, new, actor=actor)
    return len(new), unknown
