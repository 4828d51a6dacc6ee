"""Pools of seats: whom they count, how many seats are used, and by whom (R1.8)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from sqlalchemy import case, func, select

from eventhub.core.db import db
from eventhub.core.text import fold
from eventhub.delegations.models import Delegation
from eventhub.events.models import Category, Event
from eventhub.i18n import _, current
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.queries.setup import Setup, setup_of
from eventhub.registration.rules import SEAT_STATES

WHOLE_EVENT = "event"
"""Code of the pool that every event has: its seats are the event's places."""

PER_SESSION = "per_session"
"""Scope of a pool whose seats, in one session, are given person by person."""

OUTSIDE_DELEGATIONS = frozenset({"SEC"})
"""Categories outside a delegation's total, unless its pool names them (R1.11)."""

Holder = int | str | None
"""Whose seats they are: an entity's id, the folded name of an organization not listed, or None
for the whole event."""


def pools_of(event_id: int) -> Sequence[Pool]:
    """Return the event's pools in the order of their ids."""
    return list(db.session.scalars(select(Pool).where(Pool.event_id == event_id).order_by(Pool.id)))


def pool_name(pool: Pool) -> str:
    """Return what a pool is called; without a name of its own it is its code."""
    if pool.code == WHOLE_EVENT and not pool.names:
        return _("The whole event")
    return pool.names.pick() or pool.code


MOST_NAMED = 3
"""A pool of more categories than these is called the whole delegation."""


def pool_in_words(setup: Setup, pool: Pool) -> str:
    """Return what a delegation's pool is called; without a name of its own, whom it counts."""
    if pool.names:
        return pool_name(pool)
    if counts_all(pool):
        return _("The whole delegation")
    categories = {one.code: one.name() for one in setup.categories.values()}
    return ", ".join(categories.get(code, code) for code in pool.categories)


def counts_all(pool: Pool) -> bool:
    """Tell whether the pool is the whole delegation's."""
    return not pool.categories or len(pool.categories) > MOST_NAMED


def counts_category(pool: Pool, category: Category) -> bool:
    """Tell whether people of the category need a seat of the pool."""
    if pool.categories:
        return category.code in pool.categories
    if pool.scope != "per_event" and category.code in OUTSIDE_DELEGATIONS:
        return False
    return category.counts_as_participant


def counts_mode(pool: Pool, mode: str) -> bool:
    """Tell whether who takes part in this way needs a seat of the pool (R1.27)."""
    return not pool.modes or mode in pool.modes


def holder_in(pool: Pool, entity_id: int | None, organisation: str) -> tuple[bool, Holder]:
    """Return whether the pool counts people of this entity or organization, and for whom.

    An organization that is not on the list of entities is known by its name alone. Seats in a
    session are no consequence of being registered, so its pool counts nobody here.
    """
    if pool.scope == PER_SESSION:
        return False, None
    if pool.scope == "per_event":
        return True, None
    if entity_id is not None:
        return True, entity_id
    name = fold(organisation)
    return (True, name) if pool.scope == "per_organisation" and name else (False, None)


def limit_of(pool: Pool, holder: Holder) -> int | None:
    """Return how many seats the holder has in the pool, None where it has no limit."""
    if str(holder) in pool.limits:
        limit: int | None = pool.limits[str(holder)]
        return limit
    return pool.each if pool.scope == PER_SESSION else pool.seats


@dataclass(frozen=True, slots=True)
class PoolUse:
    """How many seats of a pool somebody uses; `seats` is None without a limit."""

    pool: Pool
    holder: Holder
    used: int
    seats: int | None

    @property
    def free(self) -> int | None:
        """Return how many seats are free, None without a limit."""
        return None if self.seats is None else max(0, self.seats - self.used)

    @property
    def is_above(self) -> bool:
        """Tell whether more seats are used than there are."""
        return self.seats is not None and self.used > self.seats


def used_seats(
    setup: Setup, pools: Sequence[Pool], entity_ids: Collection[int] | None = None
) -> dict[int, Counter[Holder]]:
    """Return the seats used in each pool, by pool id and holder.

    One statement, and one more where the event limits seats in sessions. `entity_ids` asks for
    these entities only; what the whole event uses is then left out.
    """
    name = case((Registration.entity_id.is_(None), Registration.organisation), else_="")
    columns = (Registration.entity_id, name, Registration.category_id, Registration.mode)
    query = (
        select(*columns, func.count())
        .where(Registration.event_id == setup.event.id, Registration.state.in_(SEAT_STATES))
        .group_by(*columns)
    )
    if entity_ids is not None:
        query = query.where(Registration.entity_id.in_(entity_ids))
        pools = [pool for pool in pools if pool.scope != "per_event"]
    used: dict[int, Counter[Holder]] = {pool.id: Counter() for pool in pools}
    for entity_id, organisation, category_id, mode, number in db.session.execute(query):
        category = setup.categories[category_id]
        for pool in pools:
            if not (counts_category(pool, category) and counts_mode(pool, mode)):
                continue
            is_counted, holder = holder_in(pool, entity_id, organisation)
            if is_counted:
                used[pool.id][holder] += number
    in_sessions = [pool for pool in pools if pool.scope == PER_SESSION]
    return used | (used_in_sessions(in_sessions, entity_ids) if in_sessions else {})


def used_in_sessions(
    pools: Sequence[Pool], entity_ids: Collection[int] | None = None
) -> dict[int, Counter[Holder]]:
    """Return the seats given in these sessions' pools, by pool id and holder; one statement."""
    columns = (SessionSeat.pool_id, Registration.entity_id, Registration.organisation)
    query = (
        select(*columns, func.count())
        .join(Registration, Registration.id == SessionSeat.registration_id)
        .where(SessionSeat.pool_id.in_([pool.id for pool in pools]))
        .group_by(*columns)
    )
    if entity_ids is not None:
        query = query.where(Registration.entity_id.in_(entity_ids))
    used: dict[int, Counter[Holder]] = {pool.id: Counter() for pool in pools}
    for pool_id, entity_id, organisation, number in db.session.execute(query):
        used[pool_id][entity_id if entity_id is not None else fold(organisation)] += number
    return used


def seats_of_delegations(setup: Setup, entity_ids: Collection[int]) -> dict[int, list[PoolUse]]:
    """Return the pools of each delegation with what it uses of them, by entity id.

    Seats in sessions are not among them. Two statements for any number of delegations.
    """
    pools = _of_delegations(setup.event.id)
    used = used_seats(setup, pools, entity_ids) if pools else {}
    return {
        entity_id: [
            PoolUse(pool, entity_id, used[pool.id][entity_id], limit_of(pool, entity_id))
            for pool in pools
        ]
        for entity_id in entity_ids
    }


def seats_in_words(event: Event, delegation_ids: Collection[int]) -> dict[int, str]:
    """Return the seats of delegations as a letter says them, by delegation id (R1.13).

    Pools without a limit are left out, and delegations whose pools all are.
    """
    pools = _of_delegations(event.id)
    if not pools:
        return {}
    setup = setup_of(event.id)
    query = select(Delegation.id, Delegation.entity_id).where(
        Delegation.event_id == event.id, Delegation.id.in_(delegation_ids)
    )
    return {
        delegation_id: said
        for delegation_id, entity_id in db.session.execute(query)
        if (said := _seats_said(setup, pools, entity_id))
    }


def _of_delegations(event_id: int) -> list[Pool]:
    """Return the pools in which a delegation has seats by being registered."""
    other = ("per_event", PER_SESSION)
    return [pool for pool in pools_of(event_id) if pool.scope not in other]


def _seats_said(setup: Setup, pools: Sequence[Pool], entity_id: int) -> str:
    """Return the whole delegation's number, or without one that of each pool by its name."""
    limits = {pool: limit for pool in pools if (limit := limit_of(pool, entity_id)) is not None}
    whole = [limit for pool, limit in limits.items() if counts_all(pool)]
    if whole:
        return str(min(whole))
    named = [f"{pool_in_words(setup, pool)} ({limit})" for pool, limit in limits.items()]
    return str(format_list(named, locale=current())) if named else ""
