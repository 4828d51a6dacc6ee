"""Seats in sessions whose room is limited: which sessions, who sits there, how many are left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, literal, select, union_all

from eventhub.agenda.models import Session
from eventhub.agenda.rules import admits
from eventhub.core.db import db
from eventhub.events.models import Category
from eventhub.registration.models import Pool, Registration, SessionSeat, SessionWait
from eventhub.registration.queries.pools import (
    PER_SESSION,
    PoolUse,
    counts_category,
    counts_mode,
    limit_of,
)
from eventhub.registration.queries.session_waiting import favoured_in, session_places
from eventhub.registration.queries.setup import Setup
from eventhub.registration.queries.waiting import Place
from eventhub.registration.rules import SEAT_STATES, Waiting


@dataclass(frozen=True, slots=True)
class SessionUse:
    """The seats of one session, of all and of one delegation, and whose they are."""

    session: Session
    whole: PoolUse
    own: PoolUse
    seated: frozenset[int]
    """Ids of the delegation's registrations with a seat."""
    waiting: dict[int, Place] = field(default_factory=dict)
    """The places of everybody who waits for a seat there, by the id of the registration."""

    @property
    def pool(self) -> Pool:
        """Return the pool that limits the session."""
        return self.whole.pool

    @property
    def free(self) -> int:
        """Return how many more of the delegation may sit there."""
        left = [use.free for use in (self.whole, self.own) if use.free is not None]
        return min(left)


def limited_sessions(event_id: int) -> list[tuple[Pool, Session]]:
    """Return the pools of sessions with their sessions, by the time they start; one statement."""
    query = (
        select(Pool, Session)
        .join(Session, Session.id == Pool.session_id)
        .where(Pool.event_id == event_id, Pool.scope == PER_SESSION)
        .order_by(Session.starts_at, Session.id, Pool.id)
    )
    return [(pool, session) for pool, session in db.session.execute(query)]


def session_uses(setup: Setup, entity_id: int) -> list[SessionUse]:
    """Return the seats of each limited session as a delegation sees them; two statements.

    Two more where somebody waits and the event favours some States.
    """
    event_id = setup.event.id
    limited = limited_sessions(event_id)
    if not limited:
        return []
    taken: Counter[int] = Counter()
    seated: dict[int, set[int]] = {pool.id: set() for pool, _session in limited}
    own: dict[int, set[int]] = {pool.id: set() for pool, _session in limited}
    waiting: dict[int, list[Waiting]] = {pool.id: [] for pool, _session in limited}
    for pool_id, since, holder, registration_id, waits in db.session.execute(_asked(event_id)):
        if waits:
            waiting[pool_id].append(Waiting(registration_id, holder, since))
            continue
        taken[pool_id] += 1
        if holder is not None:
            seated[pool_id].add(holder)
        if holder == entity_id:
            own[pool_id].add(registration_id)
    favoured = favoured_in(setup) if any(waiting.values()) else frozenset[int]()
    return [
        SessionUse(
            session,
            PoolUse(pool, None, taken[pool.id], pool.seats),
            PoolUse(pool, entity_id, len(own[pool.id]), limit_of(pool, entity_id)),
            frozenset(own[pool.id]),
            session_places(waiting[pool.id], seated[pool.id], favoured),
        )
        for pool, session in limited
    ]


def _asked(event_id: int) -> CompoundSelect[Any]:
    """Return the query of all who have a seat in a session and of all who wait for one."""
    return union_all(
        *(
            select(
                table.pool_id,
                table.created_at,
                Registration.entity_id,
                Registration.id,
                literal(int(table is SessionWait)),
            )
            .join(Registration, Registration.id == table.registration_id)
            .where(table.event_id == event_id)
            for table in (SessionSeat, SessionWait)
        )
    )


def may_sit(pool: Pool, session: Session, category: Category, row: Registration) -> bool:
    """Tell whether somebody can be given a seat there: coming, counted, and admitted."""
    return (
        row.state in SEAT_STATES
        and counts_category(pool, category)
        and counts_mode(pool, row.mode)
        and admits(session.access, session.admit, category.code, is_accredited=True)
    )


def seats_given_to(registration_id: int) -> list[Session]:
    """Return the limited sessions in which somebody has a seat, by the time they start."""
    query = (
        select(Session)
        .join(Pool, Pool.session_id == Session.id)
        .join(SessionSeat, SessionSeat.pool_id == Pool.id)
        .where(SessionSeat.registration_id == registration_id)
        .order_by(Session.starts_at, Session.id)
    )
    return list(db.session.scalars(query))


def seats_and_waits(registration_id: int) -> tuple[list[Session], list[Session]]:
    """Return the limited sessions in which somebody has a seat, and those where they wait for one.

    Both by the time they start; one statement.
    """
    held = union_all(
        *(
            select(table.pool_id, literal(int(table is SessionWait)).label("waits")).where(
                table.registration_id == registration_id
            )
            for table in (SessionSeat, SessionWait)
        )
    ).subquery()
    query = (
        select(Session, held.c.waits)
        .join(Pool, Pool.session_id == Session.id)
        .join(held, held.c.pool_id == Pool.id)
        .order_by(Session.starts_at, Session.id)
    )
    rows = db.session.execute(query).all()
    return [one for one, waits in rows if not waits], [one for one, waits in rows if waits]


def seatless(
    event_id: int, session_id: int, people: Sequence[tuple[Registration, Category]]
) -> set[int]:
    """Return who of these is counted by a limit of the session and has no seat there (R1.8).

    Their ids; two statements, one where nothing limits the session.
    """
    query = select(Pool).where(Pool.event_id == event_id, Pool.session_id == session_id)
    pools = db.session.scalars(query).all()
    if not pools:
        return set()
    given = select(SessionSeat.pool_id, SessionSeat.registration_id).where(
        SessionSeat.pool_id.in_([pool.id for pool in pools])
    )
    seats = {(pool_id, row_id) for pool_id, row_id in db.session.execute(given)}
    return {
        row.id
        for row, category in people
        for pool in pools
        if counts_category(pool, category)
        and counts_mode(pool, row.mode)
        and (pool.id, row.id) not in seats
    }


def lacks_seat(session_id: int, row: Registration, category: Category) -> bool:
    """Tell whether the session gives its seats one by one and this person has none (R1.8).

    Who is counted by none of its pools needs none.
    """
    query = (
        select(Pool, SessionSeat.id)
        .outerjoin(
            SessionSeat,
            (SessionSeat.pool_id == Pool.id) & (SessionSeat.registration_id == row.id),
        )
        .where(Pool.event_id == row.event_id, Pool.session_id == session_id)
    )
    return any(
        seat is None and counts_category(pool, category) and counts_mode(pool, row.mode)
        for pool, seat in db.session.execute(query)
    )
