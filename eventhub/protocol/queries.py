"""The one order in which an event's entities are listed, and the names they bear there."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities import rules as entities
from eventhub.entities.languages import language_of
from eventhub.entities.models import Entity
from eventhub.entities.rules import Block, Kind, Listed
from eventhub.events.models import EventSetting
from eventhub.events.queries import setting
from eventhub.i18n import Translated, current
from eventhub.protocol import rules, seams
from eventhub.protocol.models import EventEntity, SeatDraw
from eventhub.protocol.rules import OrderSettings

FEATURE = "order"

Row = TypeVar("Row")
Rows = dict[int, tuple[Entity, EventEntity | None]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entity where an event's lists have it, with its name there in the reader's language."""

    entity: Entity
    name: str
    block: Block
    own: EventEntity | None
    """What the event says of it, None where nothing."""

    @property
    def id(self) -> int:
        """Return the id of the entity."""
        return self.entity.id

    @property
    def is_renamed(self) -> bool:
        """Tell whether the event gives it a name of its own."""
        return self.own is not None and bool(self.own.names) and not self.own.is_extra


@dataclass(frozen=True, slots=True)
class Order:
    """Entities of an event, block after block, as every list of the event has them."""

    blocks: dict[Block, list[Placed]]

    def __iter__(self) -> Iterator[Placed]:
        """Yield all entities in their order."""
        return (placed for block in self.blocks.values() for placed in block)

    @property
    def names(self) -> dict[int, str]:
        """Return the names by entity id."""
        return {placed.id: placed.name for placed in self}

    @property
    def places(self) -> dict[int, int]:
        """Return the places by entity id, from 0."""
        return {placed.id: place for place, placed in enumerate(self)}

    def sorted(self, rows: Iterable[Row], entity_id: Callable[[Row], int | None]) -> list[Row]:
        """Return rows in the order of their entities; those without one last, as they came."""
        places = self.places
        return sorted(rows, key=lambda row: places.get(entity_id(row) or 0, len(places)))


def order_of(
    event_id: int,
    language: str | None = None,
    *,
    only: Collection[int] | Select[int] | None = None,
) -> Order:
    """Return the entities of an event in its order, named in this language (R2.1 to R2.7).

    All of them, or those with the ids in `only`, or that it selects. One statement. The order is
    that of the language, unless the event chose one language for all its lists.
    """
    spoken = language or current()
    rows, settings = _decided(event_id, only)
    return _named(_blocks(rows, settings, settings.language or spoken), rows, spoken)


def seating_of(event_id: int, first: int | None, *, only: Collection[int] | None = None) -> Order:
    """Return the seats: English order from the State drawn, wrapping around (R2.5).

    Only Member States turn; who stands in a later block follows in its order. Without a State
    drawn they begin at the beginning. One statement.
    """
    return _seated(event_id, first, only)[0]


def drawn_seating(
    event_id: int, *, only: Collection[int] | None = None
) -> tuple[Order, OrderSettings]:
    """Return the seats from the State drawn last, and what the event decided about its order.

    Two statements.
    """
    return _seated(event_id, first_seat_of(event_id), only)


def _seated(
    event_id: int, first: int | None, only: Collection[int] | None
) -> tuple[Order, OrderSettings]:
    wanted = None if only is None else {*only, *([first] if first else [])}
    rows, settings = _decided(event_id, wanted)
    blocks = _blocks(rows, settings, "en")
    members = blocks.get(Block.MEMBER_STATES, [])
    drawn = next((one for one in members if one.id == first), None)
    if drawn is not None:
        others = [one for one in members if only is None or one.id in only]
        blocks[Block.MEMBER_STATES] = entities.seated(others, drawn)
    return _named(blocks, rows, current()), settings


@dataclass(frozen=True, slots=True)
class Named:
    """An entity and the names it bears at an event, in all languages."""

    entity: Entity
    names: Translated

    @property
    def code(self) -> str:
        """Return the code of the entity."""
        return self.entity.code

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names.pick()


def named_at(event_id: int, ids: Iterable[int | None]) -> dict[int, Named]:
    """Return entities with their names at an event, by id: one statement, none for no id."""
    wanted = {one for one in ids if one is not None}
    rows = _rows(event_id, wanted) if wanted else {}
    return {one: Named(row[0], named(*row)) for one, row in rows.items()}


def texts_at(event_id: int, ids: Iterable[int | None]) -> dict[int, Translated]:
    """Return the names in all languages that entities bear at an event, by id: one statement."""
    return {one: found.names for one, found in named_at(event_id, ids).items()}


def names_at(
    event_id: int, ids: Iterable[int | None], language: str | None = None
) -> dict[int, str]:
    """Return the names that entities bear at an event, by id: one statement, none for no id."""
    return {one: texts.pick(language) for one, texts in texts_at(event_id, ids).items()}


def extras_at(event_id: int) -> list[tuple[str, str]]:
    """Return code and name of the entities that are of this event alone: one statement."""
    query = select(Entity, EventEntity).join(EventEntity, own_at(event_id))
    rows = db.session.execute(query.where(EventEntity.is_extra).order_by(Entity.code))
    return [(row[0].code, named(row[0], row[1]).pick()) for row in rows]


def name_at(event_id: int, entity: Entity, language: str | None = None) -> str:
    """Return the name that an entity bears at an event: one statement."""
    return named(entity, find_own(event_id, entity.id)).pick(language)


def named(entity: Entity, own: EventEntity | None) -> Translated:
    """Return the names of an entity, those that an event gives it before those of the table."""
    return Translated({**entity.names, **own.names}) if own is not None else entity.names


def formally_named(entity: Entity, own: EventEntity | None) -> Translated:
    """Return the formal names of an entity, those of an event before those of the table (R2.1)."""
    if own is None:
        return entity.formal_names
    return Translated({**entity.formal_names, **own.formal_names})


def language_at(entity: Entity, own: EventEntity | None) -> str:
    """Return the language in which an event writes to an entity (R1.13)."""
    return language_of(entity, own.language if own is not None else "")


def languages_at(event_id: int, ids: Iterable[int]) -> dict[int, str]:
    """Return the language in which the event writes to each entity, by id: one statement."""
    return {one: language_at(*row) for one, row in _rows(event_id, set(ids)).items()}


def own_at(event_id: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that joins what the event says of an entity to the entity."""
    return and_(EventEntity.entity_id == Entity.id, EventEntity.event_id == event_id)


def find_own(event_id: int, entity_id: int) -> EventEntity | None:
    """Return what the event says of an entity, None where nothing."""
    query = select(EventEntity).where(
        EventEntity.event_id == event_id, EventEntity.entity_id == entity_id
    )
    return db.session.scalar(query)


def get_placed(event_id: int, code: str) -> Placed:
    """Return one entity as the event has it; NotFound where it is none of the event's."""
    query = select(Entity.id).where(Entity.code == code)
    entity_id = db.session.scalar(query)
    placed = next(iter(order_of(event_id, only=[entity_id])), None) if entity_id else None
    if placed is None or not (placed.entity.is_listed or (placed.own and placed.own.is_extra)):
        raise NotFound
    return placed


def settings_of(event_id: int) -> OrderSettings:
    """Return what the event decided about its order."""
    return setting(event_id, FEATURE, OrderSettings)


def draws_of(event_id: int) -> list[SeatDraw]:
    """Return all drawings of the first seat, the one in force first."""
    query = select(SeatDraw).where(SeatDraw.event_id == event_id).order_by(SeatDraw.id.desc())
    return list(db.session.scalars(query))


def first_seat_of(event_id: int) -> int | None:
    """Return the id of the entity drawn last to sit first, None where nothing was drawn."""
    query = select(SeatDraw.entity_id).where(SeatDraw.event_id == event_id)
    return db.session.scalar(query.order_by(SeatDraw.id.desc()).limit(1))


def expected_at(event_id: int) -> frozenset[int]:
    """Return the ids of the entities that are expected at the event."""
    return frozenset(one for find in seams.EXPECTED for one in find(event_id))


def _rows(event_id: int, only: Collection[int]) -> Rows:
    query = select(Entity, EventEntity).outerjoin(EventEntity, own_at(event_id))
    query = query.where(Entity.id.in_(set(only)))
    return {row[0].id: (row[0], row[1]) for row in db.session.execute(query)}


def _decided(
    event_id: int, only: Collection[int] | Select[int] | None
) -> tuple[Rows, OrderSettings]:
    """Return entities with what the event says of each and of its order: one statement."""
    kept = and_(EventSetting.event_id == event_id, EventSetting.feature == FEATURE)
    query = (
        select(Entity, EventEntity, EventSetting.values)
        .outerjoin(EventEntity, own_at(event_id))
        .outerjoin(EventSetting, kept)
    )
    if only is not None:
        query = query.where(Entity.id.in_(only if isinstance(only, Select) else set(only)))
    else:
        query = query.where(or_(Entity.is_listed, EventEntity.is_extra))
    found = db.session.execute(query).all()
    rows = {row[0].id: (row[0], row[1]) for row in found}
    return rows, OrderSettings(**(found[0][2] or {}) if found else {})


def _blocks(rows: Rows, settings: OrderSettings, language: str) -> dict[Block, list[Listed]]:
    return entities.in_blocks(
        (_listed(*row, settings, language) for row in rows.values()),
        language,
        agencies_by_protocol=settings.agencies_by_protocol,
    )


def _named(blocks: dict[Block, list[Listed]], rows: Rows, language: str) -> Order:
    return Order(
        {
            block: [_placed(*rows[one.id], language, block) for one in ones]
            for block, ones in blocks.items()
            if ones
        }
    )


def _listed(
    entity: Entity,
    own: EventEntity | None,
    settings: OrderSettings,
    language: str,
) -> Listed:
    kind = Kind(entity.kind)
    by_strokes = settings.chinese_by_strokes and language == "zh"
    rank = entity.ranks.get(entities.STROKES if by_strokes else entities.rank_language(language))
    name = entity.name(language)
    moved = rules.block_at(
        kind, entity.code, all_observers=settings.observers, own=own.observers if own else ""
    )
    if own is not None:
        moved = Block(own.block) if own.block else moved
        if own.sorts_by_name or own.is_extra:
            name, rank = named(entity, own).pick(language), None
    return Listed(entity.id, entity.code, kind, name, rank, moved)


def _placed(entity: Entity, own: EventEntity | None, language: str, block: Block) -> Placed:
    return Placed(entity, named(entity, own).pick(language), block, own)
