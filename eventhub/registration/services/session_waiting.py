"""Waiting for a seat in a session, and getting one when it becomes free (R1.8, R1.12)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.registration import messages
from eventhub.registration.models import Pool, Registration, SessionSeat, SessionWait
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.queries.pools import Holder, limit_of, used_in_sessions
from eventhub.registration.queries.session_seats import may_sit
from eventhub.registration.queries.session_waiting import (
    favoured_in,
    waiting_for,
    waiting_in_sessions,
)
from eventhub.registration.rules import Waiting, in_turn
from eventhub.registration.services.seats import lock_pools


def has_seat_left(pool: Pool, used: Counter[Holder], holder: Holder) -> bool:
    """Tell whether the session, and the delegation's part of it, has a seat left."""
    own = limit_of(pool, holder)
    return used.total() < pool.seats and (own is None or used[holder] < own)


def put_to_wait(pool: Pool, rows: Sequence[Registration]) -> list[Registration]:
    """Let these wait for a seat of the pool, and return those who did not yet."""
    there = waiting_for(pool, [row.id for row in rows])
    new = [row for row in rows if row.id not in there]
    db.session.add_all(
        SessionWait(event_id=pool.event_id, pool_id=pool.id, registration_id=row.id) for row in new
    )
    db.session.flush()
    return new


def waits_of(registration_id: int) -> list[tuple[Pool, datetime]]:
    """Return the pools for whose seats somebody waits, and since when."""
    query = (
        select(Pool, SessionWait.created_at)
        .join(SessionWait, SessionWait.pool_id == Pool.id)
        .where(SessionWait.registration_id == registration_id)
        .order_by(Pool.id)
    )
    return [(pool, since) for pool, since in db.session.execute(query)]


def inherit_waiting(
    setup: Setup, waits: Sequence[tuple[Pool, datetime]], new: Registration
) -> None:
    """Let who comes instead of somebody wait in their turn, where the session suits (R1.9)."""
    for pool, since in waits:
        session = db.session.get_one(Session, pool.session_id)
        if may_sit(pool, session, setup.categories[new.category_id], new):
            db.session.add(
                SessionWait(
                    event_id=pool.event_id,
                    pool_id=pool.id,
                    registration_id=new.id,
                    created_at=since,
                )
            )
    db.session.flush()


def stop_waiting(pool: Pool, registration_ids: Collection[int]) -> None:
    """Take these from the waiting list of the pool."""
    query = delete(SessionWait).where(SessionWait.pool_id == pool.id)
    db.session.execute(query.where(SessionWait.registration_id.in_(list(registration_ids))))


def promote_in_sessions(event_id: int, *, tell: bool = True) -> list[Registration]:
    """Give free seats in sessions to those who wait, in their turn; one statement for nobody.

    The pools are locked. A session that is over or cancelled gives none.
    """
    anybody = select(SessionWait.id).where(SessionWait.event_id == event_id).limit(1)
    if db.session.scalar(anybody) is None:
        return []
    setup = setup_of(event_id)
    pools = {one.id: one for one in lock_pools(setup.event)}
    promoted: list[Registration] = []
    for pool_id, waits in waiting_in_sessions(event_id).items():
        pool = pools[pool_id]
        session = db.session.get_one(Session, pool.session_id)
        if session.status == "cancelled" or session.ends_at <= clock.now():
            continue
        waiting = list(waits)
        while (row := _next(setup, pool, session, waiting)) is not None:
            waiting = [one for one in waiting if one[1] is not row]
            stop_waiting(pool, [row.id])
            db.session.add(SessionSeat(event_id=event_id, pool_id=pool.id, registration_id=row.id))
            db.session.flush()
            changes = {"session_seat": (None, pool.code)}
            subject = Subject("registration", row.ref, changes)
            record(SYSTEM, "registration.set_session_seat", [subject], event_id=event_id)
            if tell:
                messages.tell("session_seat", [row], pool=pool.id)
            promoted.append(row)
    return promoted


def _next(
    setup: Setup,
    pool: Pool,
    session: Session,
    waiting: Sequence[tuple[Waiting, Registration]],
) -> Registration | None:
    """Return whose turn it is and who may have a seat now, None for nobody."""
    used = used_in_sessions([pool])[pool.id]
    seated = {one for one in used if isinstance(one, int)}
    rows = {row.id: row for _since, row in waiting}
    asked = [one for one, _row in waiting]
    for one, _turn in in_turn(asked, represented=seated, favoured=favoured_in(setup)):
        row = rows[one.id]
        sits = may_sit(pool, session, setup.categories[row.category_id], row)
        if sits and has_seat_left(pool, used, row.entity_id):
            return row
    return None
