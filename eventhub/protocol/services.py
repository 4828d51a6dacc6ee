"""Deciding on the order of an event: names, extra entities, placement, the first seat."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.core.text import tidy
from eventhub.entities.describing import checked_language, tidy_names
from eventhub.entities.models import Entity
from eventhub.entities.rules import BLOCK_OF, Block, Kind
from eventhub.entities.services import add_organization
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import LANGUAGES, Translated, _
from eventhub.protocol.models import EventEntity, SeatDraw
from eventhub.protocol.queries import (
    FEATURE,
    Placed,
    draws_of,
    expected_at,
    find_own,
    seating_of,
)
from eventhub.protocol.rules import HeadsBy, HostStands, Method, Observers

_random = secrets.SystemRandom()

_CHOICES: Mapping[str, frozenset[str]] = {
    "language": frozenset({"", *LANGUAGES}),
    "observers": frozenset(Observers),
    "heads_by": frozenset(HeadsBy),
    "host_stands": frozenset(HostStands),
}


def change_order(event: Event, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Decide how the event's lists are ordered: fields of `rules.OrderSettings`."""
    for name, allowed in _CHOICES.items():
        if name in values and values[name] not in allowed:
            raise Invalid(_("Choose one from the list."), name)
    change_setting(event, FEATURE, values, actor=actor)


def place_entity(
    event: Event,
    entity: Entity,
    *,
    names: Mapping[str, str],
    sorts_by_name: bool = False,
    block: str = "",
    observers: str = "",
    formal_names: Mapping[str, str] | None = None,
    language: str | None = None,
    version: int | None = None,
    actor: Actor,
) -> EventEntity:
    """Say how the event names an entity and where it stands; empty values are as by default.

    Formal names and the language of letters stay where they are not given. Conflict where
    somebody changed it since `version`; 0 is that nothing was said before.
    """
    own = find_own(event.id, entity.id)
    if version is not None and version != (own.version if own else 0):
        raise Conflict(_("Somebody changed this meanwhile. Look at it again."))
    texts = tidy_names(names, "name")
    if block not in {"", *Block}:
        raise Invalid(_("Choose one from the list."), "block")
    if observers not in {"", *Observers}:
        raise Invalid(_("Choose one from the list."), "observers")
    values: dict[str, Any] = {
        "names": texts,
        "sorts_by_name": sorts_by_name and bool(texts),
        "block": "" if block == BLOCK_OF[Kind(entity.kind)] else block,
        "observers": observers if entity.kind == Kind.OBSERVER_STATE else "",
    }
    if formal_names is not None:
        values["formal_names"] = tidy_names(formal_names, "formal")
    if language is not None:
        values["language"] = checked_language(language)
    if own is None:
        own = EventEntity(event_id=event.id, entity_id=entity.id, names=Translated(), version=0)
        own.formal_names, own.language = Translated(), ""
        own.sorts_by_name, own.block, own.observers, own.is_extra = False, "", "", False
        db.session.add(own)
    before = {name: getattr(own, name) for name in values}
    for name, value in values.items():
        setattr(own, name, value)
    own.version += 1
    db.session.flush()
    changes = {
        name: (_plain(before[name]), _plain(value))
        for name, value in values.items()
        if before[name] != value
    }
    if changes:
        subject = Subject("entity", entity.code, changes)
        record(actor, "order.place", [subject], event_id=event.id)
    return own


def add_extra(
    event: Event, *, names: Mapping[str, str], block: str, code: str | None = None, actor: Actor
) -> Entity:
    """Add an entity that takes part in this event alone, to a part of its lists (R2.1).

    It is offered and found at no other event. Raises Invalid or Conflict with the field name,
    block or code.
    """
    if block not in set(Block):
        raise Invalid(_("Choose the part of the list in which it stands."), "block")
    kind = next((kind for kind, own in BLOCK_OF.items() if own == block), Kind.OTHER)
    if block in (Block.MEMBER_STATES, Block.OBSERVER_STATES):
        kind = Kind.OTHER
    entity = add_organization(tidy_names(names, "name"), kind=kind, code=code, actor=actor)
    entity.is_listed = False
    own = EventEntity(
        event_id=event.id, entity_id=entity.id, names=Translated(), block=block, is_extra=True
    )
    db.session.add(own)
    db.session.flush()
    record(actor, "order.add_extra", [Subject("entity", entity.code)], event_id=event.id)
    return entity


def remove_extra(event: Event, placed: Placed, *, actor: Actor) -> None:
    """Take an extra entity out of the event again; Conflict while somebody is expected for it."""
    if placed.own is None or not placed.own.is_extra:
        raise Conflict(_("Only what was added to this event can be removed from it."))
    if placed.id in expected_at(event.id):
        raise Conflict(_("People or a delegation are registered for it."))
    db.session.delete(placed.own)
    db.session.flush()
    record(actor, "order.remove_extra", [Subject("entity", placed.entity.code)], event_id=event.id)


def lots_of(event_id: int) -> list[Placed]:
    """Return the States that lie in the urn: the Member States expected, all if none is yet."""
    for only in (expected_at(event_id), None):
        found = seating_of(event_id, None, only=only).blocks.get(Block.MEMBER_STATES, [])
        if found:
            return found
    return []


def draw_first_seat(
    event: Event, *, witness: str, drawn_by: str, reason: str = "", actor: Actor
) -> SeatDraw:
    """Draw the State that sits first from the system's random source (R2.5)."""
    lots = _locked_lots(event)
    if not lots:
        raise Conflict(_("There is no State to draw from."))
    drawn = _random.choice(lots)
    return _keep_draw(
        event, drawn, Method.SYSTEM, len(lots), drawn_by, witness, clock.now(), reason, actor
    )


def record_first_seat(
    event: Event,
    code: str,
    *,
    drawn_by: str,
    witness: str,
    drawn_at: datetime,
    reason: str = "",
    actor: Actor,
) -> SeatDraw:
    """Write down which State was drawn by hand, by whom, when, and who saw it (R2.5)."""
    lots = _locked_lots(event)
    drawn = next((one for one in lots if one.entity.code == code), None)
    if drawn is None:
        raise Invalid(_("Choose one of the States in the urn."), "entity")
    if drawn_at > clock.now():
        raise Invalid(_("The drawing lies ahead. Write down when it took place."), "drawn_at")
    return _keep_draw(
        event, drawn, Method.BY_HAND, len(lots), drawn_by, witness, drawn_at, reason, actor
    )


def copy_places(from_event_id: int, to_event_id: int) -> dict[int, int]:
    """Copy what an event says of entities, but no drawing; return the new ids by the old."""
    query = select(EventEntity).where(EventEntity.event_id == from_event_id)
    copies = {
        row.id: EventEntity(
            event_id=to_event_id,
            entity_id=row.entity_id,
            names=row.names,
            formal_names=row.formal_names,
            language=row.language,
            sorts_by_name=row.sorts_by_name,
            block=row.block,
            observers=row.observers,
            is_extra=row.is_extra,
        )
        for row in db.session.scalars(query.order_by(EventEntity.id))
    }
    db.session.add_all(copies.values())
    db.session.flush()
    return {old: copy.id for old, copy in copies.items()}


def _locked_lots(event: Event) -> list[Placed]:
    """Return the urn after taking the event's row, so that two drawings stand one after another."""
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
    return lots_of(event.id)


def _keep_draw(
    event: Event,
    drawn: Placed,
    method: Method,
    lots: int,
    drawn_by: str,
    witness: str,
    drawn_at: datetime,
    reason: str,
    actor: Actor,
) -> SeatDraw:
    said = {"drawn_by": tidy(drawn_by), "witness": tidy(witness), "reason": tidy(reason)}
    for name in ("drawn_by", "witness"):
        if not said[name]:
            raise Invalid(_("Fill this in."), name)
    if draws_of(event.id) and not said["reason"]:
        raise Invalid(_("Say why it is drawn again. The drawing before stays on record."), "reason")
    draw = SeatDraw(
        event_id=event.id,
        entity_id=drawn.id,
        method=method,
        lots=lots,
        drawn_at=drawn_at,
        **said,
    )
    db.session.add(draw)
    db.session.flush()
    changes: dict[str, tuple[Any, Any]] = {
        "entity": (None, drawn.entity.code),
        "method": (None, str(method)),
        "lots": (None, lots),
    }
    record(actor, "order.draw", [Subject("seat_draw", draw.ref, changes)], event_id=event.id)
    return draw


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Translated) else value
