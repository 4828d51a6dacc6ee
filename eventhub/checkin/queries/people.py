"""Asking for people as a door sees them: whoever stands there, whoever a list names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from eventhub.agenda.models import Session
from eventhub.badges.models import PrintedBadge
from eventhub.checkin.rules import initial, number_in
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.text import fold
from eventhub.entities.models import Entity
from eventhub.entities.rules import Block
from eventhub.events.models import Category, Event
from eventhub.i18n import current
from eventhub.passes.models import Pass
from eventhub.photos.models import Photo
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import named, order_of, own_at
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries import People, printed_name, reference, select_people, within
from eventhub.registration.queries.covered import is_covered
from eventhub.registration.rules import State

STATE_BLOCKS = frozenset({Block.MEMBER_STATES, Block.OBSERVER_STATES})


@dataclass(frozen=True, slots=True)
class Holder:
    """One registration with all that a door asks about it."""

    registration: Registration
    category: Category
    entity: Entity | None
    own: EventEntity | None
    held: Pass | None
    photo: Photo | None
    was_printed: bool
    is_changing: bool
    is_named: bool
    """A verified letter names the person."""


def holder_of_pass(event_id: int, pass_id: int) -> Holder | None:
    """Return whose pass it is."""
    return _one(event_id, Registration.pass_id == pass_id)


def holder_of_ref(event_id: int, ref: str, scope: Scope | None = None) -> Holder | None:
    """Return the holder with this ref, within a scope."""
    limits = [within([scope])] if scope is not None else []
    return _one(event_id, Registration.ref == ref, *limits)


def find_holder(event_id: int, text: str, scope: Scope | None = None) -> Holder | None:
    """Return who is meant by what people say on the telephone: ZMB-07, or the ref."""
    limits = [within([scope])] if scope is not None else []
    named = number_in(text)
    if named is not None:
        code, number = named
        found = _one(event_id, Entity.code == code, Registration.number == number, *limits)
        if found is not None:
            return found
    bare = "".join(text.split()).upper()
    return _one(event_id, Registration.ref == bare, *limits)


def search_holders(event_id: int, text: str, scope: Scope, *, limit: int = 12) -> list[Holder]:
    """Return accredited people whose names, entity or number hold every word typed, by name."""
    if not fold(text):
        return []
    people = People(text=text, state=State.ACCREDITED, sort="name")
    ids = select_people(event_id, people, [scope]).with_only_columns(Registration.id).limit(limit)
    order = {number: place for place, number in enumerate(db.session.scalars(ids))}
    found = [_holder(row) for row in db.session.execute(_holders(event_id, _among(order)))]
    return sorted(found, key=lambda holder: order[holder.registration.id])


def admitted_to(event: Event, session: Session | None, scope: Scope) -> list[Holder]:
    """Return the accredited people whom a session admits, as its printed list names them."""
    conditions = [Registration.state == State.ACCREDITED, within([scope])]
    if session is not None and session.admit and session.access != "open":
        conditions.append(Category.code.in_(session.admit))
    query = _holders(event.id, *conditions).order_by(
        func.lower(func.coalesce(func.nullif(Registration.family_name, ""),
                                 Registration.given_names)),
        Registration.given_names, Registration.id,
    )  # fmt: skip
    return [_holder(row) for row in db.session.execute(query)]


def _among(ids: Iterable[int]) -> ColumnElement[bool]:
    return Registration.id.in_(list(ids))


def _one(event_id: int, *conditions: ColumnElement[bool]) -> Holder | None:
    row = db.session.execute(_holders(event_id, *conditions).limit(1)).first()
    return _holder(row) if row else None


def _holder(row: Any) -> Holder:
    return Holder(*row)


def _holders(
    event_id: int, *conditions: ColumnElement[bool]
) -> "Select[Registration, Category, Entity, EventEntity, Pass, Photo, bool, bool, bool]":
    """Return the query of holders: everything in one statement."""
    printed = exists().where(
        PrintedBadge.event_id == event_id, PrintedBadge.pass_id == Registration.pass_id
    )
    changing = exists().where(
        ChangeRequest.registration_id == Registration.id, ChangeRequest.state == "open"
    )
    seen = (Registration, Category, Entity, EventEntity, Pass, Photo)
    return (
        select(*seen, printed, changing, is_covered())
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .outerjoin(EventEntity, own_at(event_id))
        .outerjoin(Pass, and_(Pass.id == Registration.pass_id, Pass.event_id == event_id))
        .outerjoin(Photo, and_(Photo.id == Registration.photo_id, Photo.event_id == event_id))
        .where(Registration.event_id == event_id, Registration.state != State.DRAFT, *conditions)
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a guard sees them: no more than photo, name, entity, category, number.

    `language` is that of their letters.
    """

    id: int
    ref: str
    name: str
    name_local: str
    name_local_language: str
    entity: str
    mark: str
    category: str
    category_code: str
    number: str
    photo: str | None
    """Ref of the photo."""
    state: str
    language: str
    is_printed: bool
    issue: int
    reissued_at: datetime | None
    """When the present badge replaced all before it; nothing where it is the first."""


def card_of(holder: Holder) -> Card:
    """Return the card of a holder, entity and category in the present language."""
    row, entity, category = holder.registration, holder.entity, holder.category
    return Card(
        id=row.id,
        ref=row.ref,
        name=printed_name(row),
        name_local=row.name_local,
        name_local_language=row.name_local_language,
        entity=named(entity, holder.own).pick() if entity else row.organisation,
        mark=category.mark,
        category=category.name(),
        category_code=category.code,
        number=reference(row, entity.code if entity else None),
        photo=holder.photo.ref if holder.photo else None,
        state=row.state,
        language=row.language,
        is_printed=holder.was_printed,
        issue=holder.held.issue if holder.held else 0,
        reissued_at=holder.held.reissued_at if holder.held else None,
    )


def cards_of(holders: Iterable[Holder]) -> list[Card]:
    """Return the cards in the order given."""
    return [card_of(holder) for holder in holders]


@dataclass(frozen=True, slots=True)
class StateRow:
    """A State or organization in the list of who is in the room."""

    id: int
    code: str
    name: str
    kind: str
    initial: str
    expected: int
    """How many of its people are confirmed."""


def states_for(event_id: int, language: str | None = None) -> list[StateRow]:
    """Return all States, and organizations with confirmed people, in the event's order.

    Three statements, whatever their number.
    """
    spoken = language or current()
    query = (
        select(Registration.entity_id, func.count())
        .where(
            Registration.event_id == event_id,
            Registration.state == State.ACCREDITED,
            Registration.entity_id.is_not(None),
        )
        .group_by(Registration.entity_id)
    )
    expected: dict[int | None, int] = dict(db.session.execute(query).all())
    rows = []
    for placed in order_of(event_id, spoken):
        entity, name = placed.entity, placed.name
        if placed.block in STATE_BLOCKS or entity.id in expected:
            rows.append(
                StateRow(
                    entity.id, entity.code, name, entity.kind, initial(name),
                    expected.get(entity.id, 0),
                )
            )  # fmt: skip
    return rows
