"""Lists of people: filtered, sorted, searched, counted."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, func, select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.text import fold
from eventhub.entities.models import Entity
from eventhub.events.models import Category
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.protocol.belonging import members_of_group
from eventhub.registration.models import ChangeRequest, Decision, Registration
from eventhub.registration.queries.finding import within
from eventhub.registration.rules import ENDED, State

SORTS = ("oldest", "newest", "name", "entity", "category", "state")

VIEWS: Mapping[str, frozenset[State] | None] = {
    "waiting": frozenset({State.NOMINATED}),
    "sent": frozenset({State.SUBMITTED}),
    "returned": frozenset({State.RETURNED}),
    "waitlist": frozenset({State.WAITLISTED}),
    "confirmed": frozenset({State.ACCREDITED}),
    "changes": None,
    "held": None,
    "ended": ENDED,
    "all": None,
}
"""The views of the list and the states each shows; None is decided otherwise, see `_view`."""


@dataclass(frozen=True, slots=True)
class People:
    """Which registrations, in which order. Empty parts do not limit."""

    view: str = "all"
    category_ids: Collection[int] = field(default_factory=tuple)
    entity_id: int | None = None
    group: str = ""
    """Code of a group of States: whoever comes for one of its members on the first day."""
    state: str = ""
    text: str = ""
    photo: str = ""
    """missing: no photo yet; pending: one that nobody has looked at."""
    sort: str = "oldest"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are by view, and in the view at hand by category id."""

    by_view: Mapping[str, int]
    by_category: Mapping[int, int]


def select_people(event_id: int, people: People, scopes: Collection[Scope]) -> Select[Registration]:
    """Return the query of a list within the scopes, filtered and ordered; drafts never show."""
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.state != State.DRAFT,
        within(scopes),
        *_view(event_id, people.view),
        *matches(people.text),
    )
    if people.category_ids:
        query = query.where(Registration.category_id.in_(people.category_ids))
    if people.entity_id is not None:
        query = query.where(Registration.entity_id == people.entity_id)
    if people.group:
        members = members_of_group(event_id, people.group)
        query = query.where(Registration.entity_id.in_(members))
    if people.state:
        query = query.where(Registration.state == people.state)
    if people.photo == "missing":
        query = query.where(Registration.photo_id.is_(None))
    elif people.photo == "pending":
        unseen = select(Photo.id).where(
            Photo.event_id == event_id, Photo.state == PhotoState.PENDING
        )
        query = query.where(Registration.photo_id.in_(unseen))
    return _sorted(query, people.sort)


def search(
    event_id: int, text: str, *scopes: Scope, limit: int = 20, accredited_only: bool = False
) -> list[Registration]:
    """Return registrations whose names, entity, number or address hold every word typed."""
    if not fold(text):
        return []
    people = People(text=text, state=State.ACCREDITED if accredited_only else "", sort="name")
    return list(db.session.scalars(select_people(event_id, people, scopes).limit(limit)))


def matches(text: str) -> list[ColumnElement[bool]]:
    """Return the conditions that the search column holds every word of the text."""
    return [Registration.search.contains(word, autoescape=True) for word in fold(text).split()]


def counts(event_id: int, scopes: Collection[Scope], view: str = "waiting") -> Counts:
    """Return how many registrations each view shows: two statements."""
    rows = select(
        Registration.state, Registration.category_id, _held(event_id).label("held")
    ).where(
        Registration.event_id == event_id, Registration.state != State.DRAFT, within(scopes)
    ).subquery()  # fmt: skip
    columns = (rows.c.state, rows.c.category_id, rows.c.held)
    query = select(*columns, func.count()).group_by(*columns)
    by_view: Counter[str] = Counter()
    by_category: Counter[int] = Counter()
    for state, category_id, held, number in db.session.execute(query):
        for name, states in VIEWS.items():
            shown = {"all": True, "held": held, "changes": False}.get(name)
            if shown is None:
                shown = states is not None and state in states and not held
            if shown:
                by_view[name] += number
                if name == view:
                    by_category[category_id] += number
    changes = (
        select(func.count())
        .select_from(ChangeRequest)
        .join(Registration, Registration.id == ChangeRequest.registration_id)
        .where(ChangeRequest.event_id == event_id, ChangeRequest.state == "open", within(scopes))
    )
    by_view["changes"] = db.session.scalar(changes) or 0
    return Counts(by_view, by_category)


def count_by_delegation(event_id: int, scopes: Collection[Scope]) -> dict[int, dict[str, int]]:
    """Return how many registrations each delegation has, by delegation id and state."""
    query = (
        select(Registration.delegation_id, Registration.state, func.count())
        .where(
            Registration.event_id == event_id,
            Registration.delegation_id.is_not(None),
            Registration.state != State.DRAFT,
            within(scopes),
        )
        .group_by(Registration.delegation_id, Registration.state)
    )
    found: dict[int, dict[str, int]] = {}
    for delegation_id, state, number in db.session.execute(query):
        found.setdefault(delegation_id or 0, {})[state] = number
    return found


def neighbours(
    event_id: int, people: People, scopes: Collection[Scope], registration_id: int
) -> tuple[str | None, str | None]:
    """Return the refs before and after a registration in the list, as far as the list's start.

    Reads ids and refs only.
    """
    query = select_people(event_id, people, scopes).with_only_columns(
        Registration.id, Registration.ref
    )
    rows = db.session.execute(query.limit(2000)).all()
    place = next((i for i, row in enumerate(rows) if row[0] == registration_id), None)
    if place is None:
        return None, rows[0][1] if rows else None
    before = rows[place - 1][1] if place else None
    return before, rows[place + 1][1] if place + 1 < len(rows) else None


def _view(event_id: int, view: str) -> list[ColumnElement[bool]]:
    if view == "held":
        return [_held(event_id)]
    if view == "changes":
        asked = select(ChangeRequest.registration_id).where(
            ChangeRequest.event_id == event_id, ChangeRequest.state == "open"
        )
        return [Registration.id.in_(asked)]
    states = VIEWS.get(view)
    return [] if states is None else [Registration.state.in_(states), ~_held(event_id)]


def _held(event_id: int) -> ColumnElement[bool]:
    held = select(Decision.registration_id).where(
        Decision.event_id == event_id, Decision.outcome == "held"
    )
    return Registration.id.in_(held)


def _sorted(query: Select[Registration], sort: str) -> Select[Registration]:
    name = func.lower(func.coalesce(func.nullif(Registration.family_name, ""),
                                    Registration.given_names))  # fmt: skip
    match sort:
        case "name":
            return query.order_by(name, Registration.given_names, Registration.id)
        case "entity":
            query = query.outerjoin(Entity, Entity.id == Registration.entity_id)
            return query.order_by(Entity.code, name, Registration.id)
        case "category":
            query = query.join(Category, Category.id == Registration.category_id)
            return query.order_by(Category.place, Category.code, name, Registration.id)
        case "state":
            return query.order_by(Registration.state, name, Registration.id)
        case "newest":
            return query.order_by(Registration.submitted_at.desc(), Registration.id.desc())
        case _:
            return query.order_by(Registration.submitted_at, Registration.id)
