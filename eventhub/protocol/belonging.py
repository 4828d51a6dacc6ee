"""Groups of States as one event uses them: whom they hold on its first day."""

from sqlalchemy import Select, literal, or_, select

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity, EntityGroup, GroupMembership
from eventhub.entities.rules import name_key
from eventhub.events.models import Event
from eventhub.protocol.models import EventEntity


def offers_at(event_id: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return code and name of the groups that an event may use, and of its own extra entities.

    Both by name, in one statement.
    """
    extras = (
        select(literal("extra").label("what"), Entity.code, Entity.names)
        .join(EventEntity, EventEntity.entity_id == Entity.id)
        .where(EventEntity.event_id == event_id, EventEntity.is_extra)
    )
    usable = _usable(event_id).with_only_columns(
        literal("group").label("what"), EntityGroup.code, EntityGroup.names
    )
    found: dict[str, list[tuple[str, str]]] = {"group": [], "extra": []}
    for what, code, names in db.session.execute(usable.union_all(extras)):
        found[what].append((code, names.pick()))
    groups, own = (sorted(some, key=lambda one: name_key(one[1])) for some in found.values())
    return groups, own


def groups_at(event_id: int) -> list[tuple[str, str]]:
    """Return code and name of the groups that an event may use, by name: one statement."""
    found = [(group.code, group.name()) for group in db.session.scalars(_usable(event_id))]
    return sorted(found, key=lambda one: name_key(one[1]))


def _usable(event_id: int) -> Select[EntityGroup]:
    return (
        select(EntityGroup)
        .join(Event, Event.id == event_id)
        .where(
            EntityGroup.institution_id.is_(None)
            | (EntityGroup.institution_id == Event.institution_id)
        )
    )


def members_of_group(event_id: int, code: str) -> Select[int]:
    """Return the query of the ids of those who belong to a group on the event's first day.

    A group that is not the event's to use holds nobody.
    """
    period = GroupMembership
    return (
        select(period.entity_id)
        .join(EntityGroup, EntityGroup.id == period.group_id)
        .join(Event, Event.id == event_id)
        .where(
            EntityGroup.code == code,
            EntityGroup.institution_id.is_(None)
            | (EntityGroup.institution_id == Event.institution_id),
            or_(period.since.is_(None), period.since <= Event.starts_on),
            or_(period.until.is_(None), period.until > Event.starts_on),
        )
    )


def members_at_event(event_id: int, code: str) -> frozenset[int]:
    """Return the ids of those who belong to a group on the event's first day: one statement."""
    return frozenset(db.session.scalars(members_of_group(event_id, code)))


def codes_in_group(event_id: int, code: str) -> list[str]:
    """Return the codes of a group's members; NotFound where the event may not use the group."""
    if code not in {known for known, _name in groups_at(event_id)}:
        raise NotFound
    query = select(Entity.code).where(Entity.id.in_(members_of_group(event_id, code)))
    return list(db.session.scalars(query.order_by(Entity.code)))
