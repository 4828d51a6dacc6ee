"""Asking for designs, and which one a category's badges have."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.designs.models import BadgeDesign
from eventhub.designs.ready import ready, ready_for
from eventhub.designs.rules import Layout, read_layout
from eventhub.events.models import Category, Event


def layout_of(design: BadgeDesign) -> Layout:
    """Return what a stored design looks like, under its present name."""
    return read_layout({**design.layout, "name": design.name})


def designs_of(event_id: int, kind: str | None = None) -> list[BadgeDesign]:
    """Return the designs of an event without their layouts, the first made first."""
    query = select(BadgeDesign).where(BadgeDesign.event_id == event_id).order_by(BadgeDesign.id)
    return list(db.session.scalars(query.filter_by(kind=kind) if kind else query))


def designs_kept_by(institution_id: int) -> list[BadgeDesign]:
    """Return what an institution keeps for its events, by name."""
    query = select(BadgeDesign).where(BadgeDesign.institution_id == institution_id)
    return list(db.session.scalars(query.order_by(BadgeDesign.name, BadgeDesign.id)))


def get_design(event_id: int, ref: str) -> BadgeDesign:
    """Return a design of the event with its layout; NotFound where there is none of that ref."""
    query = select(BadgeDesign).where(BadgeDesign.event_id == event_id, BadgeDesign.ref == ref)
    return _found(db.session.scalar(query.options(undefer(BadgeDesign.layout))))


def get_kept_design(institution_id: int, ref: str) -> BadgeDesign:
    """Return a design that the institution keeps; NotFound where there is none of that ref."""
    query = select(BadgeDesign).where(
        BadgeDesign.institution_id == institution_id, BadgeDesign.ref == ref
    )
    return _found(db.session.scalar(query.options(undefer(BadgeDesign.layout))))


def _found(design: BadgeDesign | None) -> BadgeDesign:
    if design is None:
        raise NotFound
    return design


def layouts_for(event: Event, categories: Iterable[Category]) -> dict[str, Layout]:
    """Return the badge of each of these categories, by the category's ref: one statement.

    Its own design, else the event's for everybody, else the ready one of the event's kind.
    """
    designs = _with_layouts(event.id, "badge")
    usual = next((each for each in designs if each.is_default), None)
    own = {category_id: each for each in designs for category_id in each.category_ids}
    read: dict[int, Layout] = {}
    found = {}
    for category in categories:
        design = own.get(category.id, usual)
        if design is None:
            found[category.ref] = ready_for(event.preset)
        else:
            if design.id not in read:
                read[design.id] = layout_of(design)
            found[category.ref] = read[design.id]
    return found


def design_for(event: Event, category: Category) -> Layout:
    """Return the badge of one category."""
    return layouts_for(event, [category])[category.ref]


def plate_for(event: Event) -> Layout:
    """Return the event's name plate, the ready one where it has none."""
    designs = _with_layouts(event.id, "name_plate")
    chosen = next((each for each in designs if each.is_default), designs[0] if designs else None)
    return layout_of(chosen) if chosen else ready("name_plate")


def _with_layouts(event_id: int, kind: str) -> Sequence[BadgeDesign]:
    query = (
        select(BadgeDesign)
        .where(BadgeDesign.event_id == event_id, BadgeDesign.kind == kind)
        .options(undefer(BadgeDesign.layout))
        .order_by(BadgeDesign.id)
    )
    return db.session.scalars(query).all()
