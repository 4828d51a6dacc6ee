"""Giving the seats of a session whose room is limited, person by person (R1.8)."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.permissions import DECIDE, ENTER, VOUCH
from eventhub.registration.queries import Setup, capacities, lock_registrations, setup_of
from eventhub.registration.queries.pools import PER_SESSION, Holder, limit_of, used_in_sessions
from eventhub.registration.queries.session_seats import may_sit
from eventhub.registration.queries.session_waiting import waiting_for
from eventhub.registration.services.drafts import check_event
from eventhub.registration.services.moving import changed_meanwhile
from eventhub.registration.services.seats import lock_pools
from eventhub.registration.services.session_waiting import (
    has_seat_left,
    promote_in_sessions,
    put_to_wait,
    stop_waiting,
)


def give_session_seats(
    event_id: int, code: str, registration_ids: Collection[int], *, actor: Actor
) -> list[Registration]:
    """Give each of these a seat in the session of this pool; who has one keeps it.

    Where the session, or the delegation's part of it, has no seat left, a soft pool accepts and
    flags, one with a waiting list lets them wait, and any other raises Conflict and gives none to
    anybody. Conflict too for somebody who cannot sit there. Returns who waits now.
    """
    setup, pool, rows = _locked(event_id, code, registration_ids, actor)
    session = db.session.get_one(Session, pool.session_id)
    there = set(_seated(pool, [row.id for row in rows]))
    rows, full = [row for row in rows if row.id not in there], []
    used = used_in_sessions([pool])[pool.id]
    for row in rows:
        if not may_sit(pool, session, setup.categories[row.category_id], row):
            raise changed_meanwhile(row)
        holder: Holder = row.entity_id
        is_over = not has_seat_left(pool, used, holder)
        if is_over and pool.lock == "hard":
            if pool.when_full != "waitlist":
                raise Conflict(_refusal(pool, session, used.total(), limit_of(pool, holder)))
            full.append(row)
            continue
        used[holder] += 1
        db.session.add(
            SessionSeat(event_id=event_id, pool_id=pool.id, registration_id=row.id, is_over=is_over)
        )
    seated = [row for row in rows if row not in full]
    stop_waiting(pool, [row.id for row in seated])
    _log(event_id, seated, (None, pool.code), actor)
    _log(event_id, put_to_wait(pool, full), (None, pool.code), actor, what="session_wait")
    return full


def take_session_seats(
    event_id: int, code: str, registration_ids: Collection[int], *, actor: Actor
) -> None:
    """Take the seats of these in the session of this pool back, and whoever waits gets them.

    Who only waited waits no more.
    """
    _setup, pool, rows = _locked(event_id, code, registration_ids, actor)
    there = set(_seated(pool, [row.id for row in rows]))
    db.session.execute(
        delete(SessionSeat).where(
            SessionSeat.pool_id == pool.id, SessionSeat.registration_id.in_(there)
        )
    )
    waited = waiting_for(pool, [row.id for row in rows])
    stop_waiting(pool, waited)
    _log(event_id, [row for row in rows if row.id in there], (pool.code, None), actor)
    given_up = [row for row in rows if row.id in waited]
    _log(event_id, given_up, (pool.code, None), actor, what="session_wait")
    promote_in_sessions(event_id)


def session_pools_of(registration_id: int) -> list[Pool]:
    """Return the pools of sessions in which somebody has a seat."""
    query = select(Pool).join(SessionSeat, SessionSeat.pool_id == Pool.id)
    return list(db.session.scalars(query.where(SessionSeat.registration_id == registration_id)))


def inherit_session_seats(setup: Setup, pools: Sequence[Pool], new: Registration) -> None:
    """Let who comes instead of somebody have those seats in sessions that suit them (R1.9)."""
    for pool in pools:
        session = db.session.get_one(Session, pool.session_id)
        if may_sit(pool, session, setup.categories[new.category_id], new):
            db.session.add(
                SessionSeat(event_id=pool.event_id, pool_id=pool.id, registration_id=new.id)
            )
    db.session.flush()


def _locked(
    event_id: int, code: str, registration_ids: Collection[int], actor: Actor
) -> tuple[Setup, Pool, list[Registration]]:
    _by, scopes = capacities(actor, VOUCH, DECIDE, ENTER)
    setup = setup_of(event_id)
    check_event(setup.event)
    pools = {one.code: one for one in lock_pools(setup.event) if one.scope == PER_SESSION}
    if code not in pools:
        raise Conflict(_("This limit is gone. Look at the list again."))
    return setup, pools[code], lock_registrations(event_id, sorted(registration_ids), scopes)


def _seated(pool: Pool, registration_ids: Sequence[int]) -> Sequence[int]:
    query = select(SessionSeat.registration_id).where(
        SessionSeat.pool_id == pool.id, SessionSeat.registration_id.in_(registration_ids)
    )
    return db.session.scalars(query).all()


def _refusal(pool: Pool, session: Session, used: int, own: int | None) -> str:
    if used >= pool.seats:
        return _(
            "All %(seats)s seats of “%(session)s” are taken. Nothing was changed.",
            seats=pool.seats,
            session=session.title(),
        )
    return _(
        "This delegation has %(seats)s seats in “%(session)s”. Nothing was changed.",
        seats=own,
        session=session.title(),
    )


def _log(
    event_id: int,
    rows: Sequence[Registration],
    change: tuple[str | None, str | None],
    actor: Actor,
    *,
    what: str = "session_seat",
) -> None:
    if rows:
        changes = {what: change}
        subjects = [Subject("registration", row.ref, changes) for row in rows]
        record(actor, "registration.set_session_seat", subjects, event_id=event_id)
    db.session.flush()
