"""Places: pools locked, counted and taken from in one transaction (R1.8)."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from sqlalchemy import func, select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Category, Event
from eventhub.i18n import _
from eventhub.registration.models import Pool, Registration
from eventhub.registration.queries import Setup
from eventhub.registration.rules import SEAT_STATES

WHOLE_EVENT = "event"
"""Code of the pool that every event has: its seats are the event's places."""

WHEN_FULL = ("refuse", "waitlist", "overflow")
LOCKS = ("hard", "soft")


class Seat(StrEnum):
    """What a registration gets from the pools that count it."""

    TAKEN = "taken"
    OVER = "over"
    """Taken although a soft pool is full: accepted and flagged (R1.11)."""
    WAIT = "wait"
    OVERFLOW = "overflow"
    NONE = "none"


class Seats:
    """The pools of an event, locked until the transaction ends, in the order of their ids."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.pools = lock_pools(setup.event)
        self._taken: dict[tuple[int, int | None], int] = {}

    def take(self, registration: Registration) -> Seat:
        """Take a seat in every pool that counts the registration, or in none; tell which."""
        full = [pool for pool in self._of(registration) if not self._has_room(pool, registration)]
        hard = {pool.when_full for pool in full if pool.lock == "hard"}
        if not hard:
            self._change(registration, 1)
            return Seat.OVER if full else Seat.TAKEN
        if "refuse" in hard:
            return Seat.NONE
        return Seat.OVERFLOW if "overflow" in hard else Seat.WAIT

    def has_room(self, registration: Registration) -> bool:
        """Tell whether every pool that counts the registration has a free seat."""
        return all(self._has_room(pool, registration) for pool in self._of(registration))

    def give_back(self, registration: Registration) -> None:
        """Free the seats of a registration that is counted so far."""
        self._change(registration, -1)

    def _has_room(self, pool: Pool, registration: Registration) -> bool:
        seats = limit_of(pool, registration.entity_id)
        return seats is None or self._count(pool, registration) < seats

    def _of(self, registration: Registration) -> list[Pool]:
        category = self._setup.categories[registration.category_id]
        has_entity = registration.entity_id is not None
        return [
            pool
            for pool in self.pools
            if _counts(pool, category) and (pool.scope == "per_event" or has_entity)
        ]

    def _change(self, registration: Registration, by: int) -> None:
        for pool in self._of(registration):
            self._count(pool, registration)
            self._taken[_key(pool, registration)] += by

    def _count(self, pool: Pool, registration: Registration) -> int:
        key = _key(pool, registration)
        if key not in self._taken:
            categories = self._setup.categories.values()
            counted = [one.id for one in categories if _counts(pool, one)]
            query = select(func.count()).where(
                Registration.event_id == self._setup.event.id,
                Registration.state.in_(SEAT_STATES),
                Registration.category_id.in_(counted),
            )
            if pool.scope == "per_delegation":
                query = query.where(Registration.entity_id == registration.entity_id)
            self._taken[key] = db.session.scalar(query) or 0
        return self._taken[key]


def _counts(pool: Pool, category: Category) -> bool:
    if pool.categories:
        return category.code in pool.categories
    return category.counts_as_participant


def _key(pool: Pool, registration: Registration) -> tuple[int, int | None]:
    return pool.id, registration.entity_id if pool.scope == "per_delegation" else None


def limit_of(pool: Pool, entity_id: int | None) -> int | None:
    """Return how many seats an entity has in the pool, None where it has no limit."""
    if pool.scope == "per_delegation" and str(entity_id) in pool.limits:
        limit: int | None = pool.limits[str(entity_id)]
        return limit
    return pool.seats


def lock_pools(event: Event) -> list[Pool]:
    """Return the event's pools, locked in the order of their ids; the event's own is made first.

    Whoever takes or frees a seat, or gives a number, holds these locks: so two never count at
    the same time.
    """
    ensure_pool(event)
    query = select(Pool).where(Pool.event_id == event.id).order_by(Pool.id).with_for_update()
    pools = list(db.session.scalars(query.execution_options(populate_existing=True)))
    places = db.session.scalar(select(Event.places).where(Event.id == event.id))
    for pool in pools:
        if pool.code == WHOLE_EVENT and places is not None:
            pool.seats = places
    return pools


def ensure_pool(event: Event) -> None:
    """Make the pool of the whole event where it is missing."""
    find = select(Pool.id).where(Pool.event_id == event.id, Pool.code == WHOLE_EVENT)
    if db.session.scalar(find) is None:
        values = {
            "event_id": event.id,
            "code": WHOLE_EVENT,
            "names": {},
            "scope": "per_event",
            "categories": [],
            "seats": event.places,
            "limits": {},
            "when_full": "waitlist",
            "lock": "hard",
        }
        insert_unless_there(Pool, values)


def pools_of(event_id: int) -> Sequence[Pool]:
    """Return the event's pools in the order of their ids."""
    return list(db.session.scalars(select(Pool).where(Pool.event_id == event_id).order_by(Pool.id)))


def add_pool(
    event: Event,
    code: str,
    *,
    seats: int,
    categories: Collection[str],
    limits: Mapping[int, int | None] | None = None,
    when_full: str = "refuse",
    lock: str = "hard",
    actor: Actor,
) -> Pool:
    """Limit how many of these categories each delegation may send (R1.8).

    `limits` are by entity id: other numbers for some, None for those without a limit. Who is
    registered already keeps the seat. Conflict where the event has a pool of this code.
    """
    _check(when_full, lock)
    if seats < 1:
        raise Invalid(_("Write how many people each delegation may send."), "seats")
    if any(pool.code == code for pool in lock_pools(event)):
        raise Conflict(_("There is a limit of this name already."))
    pool = Pool(
        event_id=event.id,
        code=code,
        scope="per_delegation",
        categories=sorted(categories),
        seats=seats,
        limits={str(entity_id): limit for entity_id, limit in (limits or {}).items()},
        when_full=when_full,
        lock=lock,
    )
    db.session.add(pool)
    db.session.flush()
    changes = {"seats": (None, seats), "when_full": (None, when_full), "lock": (None, lock)}
    record(actor, "registration.add_pool", [Subject("pool", code, changes)], event_id=event.id)
    return pool


def set_pool(event: Event, code: str, *, when_full: str, lock: str, actor: Actor) -> Pool:
    """Say what the pool does when it is full: refuse, waitlist or overflow; hard or soft."""
    _check(when_full, lock)
    pool = next((one for one in lock_pools(event) if one.code == code), None)
    if pool is None:
        raise Conflict(_("This limit is gone. Look at the list again."))
    changes = {"when_full": (pool.when_full, when_full), "lock": (pool.lock, lock)}
    pool.when_full, pool.lock = when_full, lock
    record(actor, "registration.set_pool", [Subject("pool", code, changes)], event_id=event.id)
    db.session.flush()
    return pool


def _check(when_full: str, lock: str) -> None:
    if when_full not in WHEN_FULL:
        raise Invalid(_("Choose one from the list."), "when_full")
    if lock not in LOCKS:
        raise Invalid(_("Choose one from the list."), "lock")
