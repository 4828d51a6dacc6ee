"""Who leads a delegation: its head, its deputies, and who acts while the head is away (R1.10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.entities.models import RankLevel
from eventhub.events.models import Category
from eventhub.registration.models import HeadAbsence, Registration
from eventhub.registration.rules import SEAT_STATES, State

HEAD = "HOD"
DEPUTY = "DHOD"
LEADING = SEAT_STATES | {State.WAITLISTED}
"""States in which somebody is, or waits to be, head of a delegation."""


@dataclass(frozen=True, slots=True)
class Leaders:
    """A delegation's head, deputies from the highest, and from when the head is away."""

    head: Registration | None
    deputies: tuple[Registration, ...]
    absence: HeadAbsence | None

    @property
    def acting(self) -> Registration | None:
        """Return who acts as head now: the highest deputy, once the head is away."""
        return self.acting_at(clock.now())

    def acting_at(self, instant: datetime) -> Registration | None:
        """Return who acts as head at the instant; None while the head is there."""
        is_away = self.absence is not None and self.absence.since_at <= instant
        return self.deputies[0] if is_away and self.deputies else None


def leaders_of(event_id: int, delegation_ids: Collection[int]) -> dict[int, Leaders]:
    """Return who leads each delegation, by delegation id; two statements for any number."""
    query = (
        select(Registration, Category.code)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(RankLevel, RankLevel.id == Registration.rank_level_id)
        .where(
            Registration.event_id == event_id,
            Registration.delegation_id.in_(delegation_ids),
            Registration.state.in_(LEADING),
            Category.code.in_((HEAD, DEPUTY)),
        )
        .order_by(RankLevel.level.nulls_last(), Registration.number, Registration.id)
    )
    found: dict[tuple[int, str], list[Registration]] = {}
    for row, code in db.session.execute(query):
        found.setdefault((row.delegation_id or 0, code), []).append(row)
    away = select(HeadAbsence).where(
        HeadAbsence.event_id == event_id, HeadAbsence.delegation_id.in_(delegation_ids)
    )
    absences = {row.delegation_id: row for row in db.session.scalars(away)}
    return {
        one: Leaders(
            next(iter(found.get((one, HEAD), ())), None),
            tuple(found.get((one, DEPUTY), ())),
            absences.get(one),
        )
        for one in delegation_ids
    }


def head_of_entity(event_id: int, entity_id: int, *, but: Collection[int]) -> Registration | None:
    """Return who is head of an entity's delegation already, leaving out the ids in `but`."""
    return heads_of_entities(event_id, [entity_id], but=but).get(entity_id)


def heads_of_entities(
    event_id: int, entity_ids: Collection[int], *, but: Collection[int]
) -> dict[int, Registration]:
    """Return who are heads of entities' delegations already, by entity id; one statement."""
    query = (
        select(Registration)
        .join(Category, Category.id == Registration.category_id)
        .where(
            Registration.event_id == event_id,
            Registration.entity_id.in_(entity_ids),
            Registration.state.in_(LEADING),
            Registration.id.not_in(but),
            Category.code == HEAD,
        )
    )
    heads = list(db.session.scalars(query.order_by(Registration.id.desc())))
    return {row.entity_id: row for row in heads if row.entity_id is not None}
