"""Gathering what figures count; the same number of statements for one registration or thousands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, exists, literal, null, or_, select, true, tuple_

from eventhub.checkin.models import Scan
from eventhub.checkin.rules import ENTER
from eventhub.core.db import BigInt, db
from eventhub.entities.models import Entity, EntityGroup, GroupMembership
from eventhub.entities.rules import STATES
from eventhub.events.models import Category, Event
from eventhub.events.queries import events_of_series
from eventhub.i18n import Translated
from eventhub.protocol.queries import Order, order_of
from eventhub.registration.models import Registration
from eventhub.registration.rules import ENDED, State
from eventhub.reports import rules
from eventhub.reports.rules import Basis, Counted, Figures, Gathered, Tally

LEAST_DEVELOPED = "ldc"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of some events on one basis, and the names of what they count."""

    basis: Basis
    tally: Tally
    figures: Figures
    by_event: Mapping[int, Figures]
    entities: Mapping[str, Entity]
    categories: Mapping[str, Translated]
    """Names by code, in their order."""
    order: Order | None = None
    """Of one event: the entities as all its lists have them."""


def gathered(
    event_ids: Sequence[int], *, category_ids: Collection[int] | None = None
) -> list[Gathered]:
    """Return the registrations in force of these events, of these categories only if given.

    Where States are ticked as present, all accredited for such a State attended, and a State for
    which nobody is accredited stands there without a person. One statement.
    """
    registered = _in_force(event_ids, category_ids)
    query = registered if category_ids is not None else registered.union_all(
        _only_ticked(event_ids)
    )  # fmt: skip
    return [
        Gathered(
            _counted(row),
            is_accredited=row.state == State.ACCREDITED,
            attended=bool(row.attended),
            waits=row.state == State.NOMINATED,
        )
        for row in db.session.execute(query.order_by("event_id", "id", "entity"))
    ]


def counted(event_ids: Sequence[int], basis: Basis) -> list[Counted]:
    """Return what to count of these events on this basis (R6.1)."""
    return rules.on_basis(gathered(event_ids), basis)


def report_of(
    event_ids: Sequence[int],
    basis: Basis | None = None,
    *,
    category_ids: Collection[int] | None = None,
) -> Report:
    """Return the figures of these events together, by default on the basis there is by now.

    Each person and State is counted once over all events (R6.7). Three statements.
    """
    everybody = gathered(event_ids, category_ids=category_ids)
    tally = rules.tally(everybody)
    basis = basis or tally.basis
    rows = rules.on_basis(everybody, basis)
    codes = {row.entity for row in rows if row.is_participant and row.entity}
    order = None
    if len(event_ids) == 1:
        order = order_of(event_ids[0], only=select(Entity.id).where(Entity.code.in_(codes)))
        entities = {placed.entity.code: placed.entity for placed in order}
    else:
        entities = _entities(codes)
    by_event = {one: rules.figures(r for r in rows if r.event == one) for one in event_ids}
    return Report(
        basis=basis,
        tally=tally,
        figures=rules.figures(rows),
        by_event=by_event,
        entities=entities,
        categories=_categories(event_ids),
        order=order,
    )


def series_figures(series_id: int) -> Figures:
    """Return the figures of a series: who came to any of its events, each once (R6.7)."""
    return report_of([event.id for event in events_of_series(series_id)], Basis.ATTENDED).figures


def _in_force(event_ids: Sequence[int], category_ids: Collection[int] | None) -> Select[Any]:
    query = (
        select(
            Registration.id,
            Registration.event_id,
            Registration.person_id,
            Registration.state,
            Registration.gender,
            Category.code.label("category"),
            Category.counts_as_participant,
            or_(_came_in(event_ids), _was_ticked(event_ids)).label("attended"),
            *_about_entity(),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(
            Registration.event_id.in_(event_ids),
            Registration.state.not_in([*ENDED, State.DRAFT]),
        )
    )
    if category_ids is not None:
        query = query.where(Registration.category_id.in_(category_ids))
    return query


def _only_ticked(event_ids: Sequence[int]) -> Select[Any]:
    """Return the entities ticked at events at which nobody is accredited for them."""
    somebody = select(Registration.event_id, Registration.entity_id).where(
        Registration.event_id.in_(event_ids),
        Registration.entity_id.is_not(None),
        Registration.state == State.ACCREDITED,
    )
    return (
        select(
            cast(null(), BigInt).label("id"),
            Scan.event_id,
            cast(null(), BigInt).label("person_id"),
            literal(State.ACCREDITED.value).label("state"),
            literal("undisclosed").label("gender"),
            literal("").label("category"),
            true().label("counts_as_participant"),
            true().label("attended"),
            *_about_entity(),
        )
        .distinct()
        .join(Event, Event.id == Scan.event_id)
        .join(Entity, Entity.id == Scan.entity_id)
        .where(
            Scan.event_id.in_(event_ids),
            Scan.undone_at.is_(None),
            tuple_(Scan.event_id, Scan.entity_id).not_in(somebody),
        )
    )


def _came_in(event_ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a registration was let in at least once."""
    seen = select(Scan.registration_id).where(
        Scan.event_id.in_(event_ids),
        Scan.registration_id.is_not(None),
        Scan.answer == ENTER,
        Scan.direction == "in",
        Scan.undone_at.is_(None),
    )
    return Registration.id.in_(seen)


def _was_ticked(event_ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that the State or organization of a registration was ticked."""
    ticked = select(Scan.event_id, Scan.entity_id).where(
        Scan.event_id.in_(event_ids), Scan.entity_id.is_not(None), Scan.undone_at.is_(None)
    )
    return tuple_(Registration.event_id, Registration.entity_id).in_(ticked)


def _was_least_developed() -> ColumnElement[bool]:
    """Return the condition that the entity was least developed on the event's first day (R6.3)."""
    period = GroupMembership
    return exists().where(
        EntityGroup.id == period.group_id,
        EntityGroup.code == LEAST_DEVELOPED,
        period.entity_id == Entity.id,
        or_(period.since.is_(None), period.since <= Event.starts_on),
        or_(period.until.is_(None), period.until > Event.starts_on),
    )


def _about_entity() -> tuple[Any, ...]:
    return (
        Entity.code.label("entity"), Entity.kind, Entity.region, Entity.un_group, Entity.lldc,
        Entity.sids, _was_least_developed().label("ldc"),
    )  # fmt: skip


def _counted(row: Any) -> Counted:
    person = f"person-{row.person_id}" if row.person_id else f"registration-{row.id}"
    is_state = row.kind in STATES
    return Counted(
        person=person if row.id is not None else "",
        event=row.event_id,
        entity=row.entity or "",
        state=row.entity if is_state else "",
        region=(row.region or "") if is_state else "",
        un_group=(row.un_group or "") if is_state else "",
        category=row.category,
        gender=row.gender,
        is_ldc=bool(row.ldc),
        is_lldc=bool(row.lldc),
        is_sids=bool(row.sids),
        is_participant=bool(row.counts_as_participant),
    )


def _entities(codes: Collection[str]) -> dict[str, Entity]:
    query = select(Entity).where(Entity.code.in_(codes))
    return {entity.code: entity for entity in db.session.scalars(query)}


def _categories(event_ids: Sequence[int]) -> dict[str, Translated]:
    """Return the names of categories by code; those of the latest event where they differ."""
    query = select(Category.code, Category.names).where(Category.event_id.in_(event_ids))
    rows = db.session.execute(query.order_by(Category.place, Category.event_id, Category.id))
    return {code: names for code, names in rows}  # noqa: C416  (a Row is no pair to mypy)
