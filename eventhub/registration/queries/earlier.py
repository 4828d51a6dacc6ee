"""Who came for an entity to earlier events of the same series or institution."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from eventhub.access.models import Grant
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import FOCAL_POINT
from eventhub.events.models import Category, Event
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER
from eventhub.registration.queries.names import name_of
from eventhub.registration.rules import State, name_key

MOST = 200

TAKEN_OVER = (
    "honorific",
    "family_name",
    "given_names",
    "name_order",
    "display_name",
    "display_caps",
    "passport_latin",
    "name_local",
    "name_local_language",
    "gender",
    "rank_level_id",
    "functional_title",
    "organisation",
    "email",
    "phone",
    "language",
)
"""What is taken over from an earlier registration; never photo, answers or consents (R7.5)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Somebody as registered at an earlier event, the newest of them."""

    row: Registration
    event: Event
    category: str
    """The code of the category then."""

    def values(self) -> Mapping[str, Any]:
        """Return what a new registration takes over."""
        return {name: getattr(self.row, name) for name in TAKEN_OVER}


def earlier_people(event: Event, entity_id: int, actor: Actor) -> list[Earlier]:
    """Return who was accredited for the entity before and is not in the delegation now, by name.

    A focal point is shown only events at which it looked after the same entity itself: a right at
    one event gives no view of another (R1.36). Staff of the institution see all its events. Each
    person once, as at the newest event. Two statements.
    """
    same = Event.institution_id == event.institution_id
    if event.series_id is not None:
        same = or_(same, Event.series_id == event.series_id)
    query = (
        select(Registration, Event, Category.code)
        .join(Event, Event.id == Registration.event_id)
        .join(Category, Category.id == Registration.category_id)
        .where(
            same,
            Event.id != event.id,
            Event.rehearsal_of_id.is_(None),
            Event.starts_at < event.starts_at,
            Registration.entity_id == entity_id,
            Registration.state == State.ACCREDITED,
        )
        .order_by(Event.starts_at.desc(), Registration.id)
        .limit(MOST * 3)
    )
    if not actor.may(ENTER):
        query = query.where(Registration.delegation_id.in_(_looked_after(actor, entity_id)))
    now = select(Registration).where(
        Registration.event_id == event.id,
        Registration.entity_id == entity_id,
        Registration.state.not_in([State.WITHDRAWN, State.REPLACED]),
    )
    there = list(db.session.scalars(now))
    known = {_key(row) for row in there} | {row.person_id for row in there if row.person_id}
    found: dict[Any, Earlier] = {}
    for row, its_event, code in db.session.execute(query):
        key = row.person_id or _key(row)
        if key in known or _key(row) in known:
            continue
        found.setdefault(key, Earlier(row, its_event, code))
    people = sorted(found.values(), key=lambda one: name_key(name_of(one.row)))
    return people[:MOST]


def _looked_after(actor: Actor, entity_id: int) -> list[int]:
    """Return the ids of delegations of the entity that the account looks or looked after."""
    query = select(Grant.scope).where(Grant.account_id == actor.id, Grant.role == FOCAL_POINT)
    ids = {one for scope in db.session.scalars(query) for one in scope.get("delegations", [])}
    mine = select(Delegation.id).where(Delegation.id.in_(ids), Delegation.entity_id == entity_id)
    return list(db.session.scalars(mine))


def _key(row: Registration) -> tuple[str, str]:
    return name_key(name_of(row))
