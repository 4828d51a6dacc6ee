"""Seats in sessions whose room is limited: which sessions, who sits there, how many are left."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.agenda.rules import admits
from eventhub.core.db import db
from eventhub.events.models import Category
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.queries.pools import (
    PER_SESSION,
    PoolUse,
    counts_category,
    counts_mode,
    limit_of,
)
from eventhub.registration.rules import SEAT_STATES


@dataclass(frozen=True, slots=True)
class SessionUse:
    """The seats of one session, of all and of one delegation, and whose they are."""

    session: Session
    whole: PoolUse
    own: PoolUse
    seated: frozenset[int]
    """Ids of the delegation's registrations with a seat."""

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


def session_uses(event_id: int, entity_id: int) -> list[SessionUse]:
    """Return the seats of each limited session as a delegation sees them; two statements."""
    limited = limited_sessions(event_id)
    if not limited:
        return []
    query = (
        select(SessionSeat.pool_id, Registration.entity_id, Registration.id)
        .join(Registration, Registration.id == SessionSeat.registration_id)
        .where(SessionSeat.event_id == event_id)
    )
    taken: Counter[int] = Counter()
    own: dict[int, set[int]] = {pool.id: set() for pool, _session in limited}
    for pool_id, holder, registration_id in db.session.execute(query):
        taken[pool_id] += 1
        if holder == entity_id:
            own[pool_id].add(registration_id)
    return [
        SessionUse(
            session,
            PoolUse(pool, None, taken[pool.id], pool.seats),
            PoolUse(pool, entity_id, len(own[pool.id]), limit_of(pool, entity_id)),
            frozenset(own[pool.id]),
        )
        for pool, session in limited
    ]


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
