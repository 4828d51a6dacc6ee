"""Places: pools locked, counted and taken from in one transaction (R1.8)."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import delete, func, select

from eventhub.core.db import db, insert_unless_there
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.registration.models import Pool, Registration, SessionSeat, SessionWait
from eventhub.registration.queries import Setup
from eventhub.registration.queries.pools import (
    WHOLE_EVENT,
    Holder,
    counts_category,
    counts_mode,
    holder_in,
    limit_of,
    used_seats,
)
from eventhub.registration.rules import SEAT_STATES


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
        self._taken: dict[tuple[int, Holder], int] = {}
        self._is_counted = False

    def count_all(self) -> None:
        """Count all pools in one statement, for whoever takes seats of many delegations."""
        used = used_seats(self._setup, self.pools)
        self._taken = {
            (pool_id, holder): number
            for pool_id, holders in used.items()
            for holder, number in holders.items()
        }
        self._is_counted = True

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

    def take_over(self, old: Registration, new: Registration) -> Seat:
        """Let `new`, not counted so far, have the seats of `old`, counted so far (R1.9).

        Only pools that did not count `old` need room, so that who is replaced leaves a seat even
        where more are used than there are. Nothing changes where one of them has none.
        """
        theirs = {pool.id: _holder(pool, old) for pool in self._of(old)}
        other = [
            pool
            for pool in self._of(new)
            if pool.id not in theirs or theirs[pool.id] != _holder(pool, new)
        ]
        full = [pool for pool in other if not self._has_room(pool, new)]
        if any(pool.lock == "hard" for pool in full):
            return Seat.NONE
        self._change(old, -1)
        self._change(new, 1)
        return Seat.OVER if full or old.is_over_quota else Seat.TAKEN

    def has_room(self, registration: Registration) -> bool:
        """Tell whether every pool that counts the registration has a free seat."""
        return all(self._has_room(pool, registration) for pool in self._of(registration))

    def give_back(self, registration: Registration) -> None:
        """Free the seats of a registration that is counted so far."""
        self._change(registration, -1)

    def _has_room(self, pool: Pool, registration: Registration) -> bool:
        seats = limit_of(pool, _holder(pool, registration))
        return seats is None or self._count(pool, registration) < seats

    def _of(self, registration: Registration) -> list[Pool]:
        category = self._setup.categories[registration.category_id]
        who = registration.entity_id, registration.organisation
        return [
            pool
            for pool in self.pools
            if counts_category(pool, category)
            and counts_mode(pool, registration.mode)
            and holder_in(pool, *who)[0]
        ]

    def _change(self, registration: Registration, by: int) -> None:
        for pool in self._of(registration):
            self._count(pool, registration)
            self._taken[pool.id, _holder(pool, registration)] += by

    def _count(self, pool: Pool, registration: Registration) -> int:
        holder = _holder(pool, registration)
        if (pool.id, holder) not in self._taken:
            counted = 0 if self._is_counted else self._counted(pool, holder)
            self._taken[pool.id, holder] = counted
        return self._taken[pool.id, holder]

    def _counted(self, pool: Pool, holder: Holder) -> int:
        categories = self._setup.categories.values()
        query = select(func.count()).where(
            Registration.event_id == self._setup.event.id,
            Registration.state.in_(SEAT_STATES),
            Registration.category_id.in_([c.id for c in categories if counts_category(pool, c)]),
        )
        if pool.modes:
            query = query.where(Registration.mode.in_(pool.modes))
        if isinstance(holder, int):
            query = query.where(Registration.entity_id == holder)
        if isinstance(holder, str):
            query = query.where(Registration.entity_id.is_(None))
            by_name = query.add_columns(Registration.organisation)
            rows = db.session.execute(by_name.group_by(Registration.organisation))
            return sum(number for number, name in rows if fold(name) == holder)
        return db.session.scalar(query) or 0


def _holder(pool: Pool, registration: Registration) -> Holder:
    return holder_in(pool, registration.entity_id, registration.organisation)[1]


def lock_pools(event: Event) -> list[Pool]:
    """Return the event's pools, locked in the order of their ids; the event's own is made first.

    Whoever takes or frees a seat, or gives a number, holds these locks: so two never count at
    the same time.
    """
    query = select(Pool).where(Pool.event_id == event.id).order_by(Pool.id).with_for_update()
    query = query.execution_options(populate_existing=True)
    pools = list(db.session.scalars(query))
    if WHOLE_EVENT not in {pool.code for pool in pools}:
        ensure_pool(event)
        pools = list(db.session.scalars(query))
    places = db.session.scalar(select(Event.places).where(Event.id == event.id))
    for pool in pools:
        if pool.code == WHOLE_EVENT and places is not None:
            pool.seats = places
    return pools


def leave_sessions(registration_ids: Collection[int]) -> None:
    """Free the seats that these have in sessions; they wait for none any more."""
    for table in (SessionSeat, SessionWait) if registration_ids else ():
        db.session.execute(delete(table).where(table.registration_id.in_(registration_ids)))


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
            "modes": [],
            "seats": event.places,
            "limits": {},
            "when_full": "waitlist",
            "lock": "hard",
            "version": 1,
        }
        insert_unless_there(Pool, values)
