"""Copying what an event has set up about registration, never its people."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.events.models import EventSetting
from eventhub.events.queries import get_event_by_id
from eventhub.registration.models import Pool
from eventhub.registration.queries import WHOLE_EVENT, pools_of
from eventhub.registration.rules.settings import DEADLINES
from eventhub.registration.services.seats import ensure_pool


def move_deadlines(from_event_id: int, to_event_id: int) -> None:
    """Move the wall times of the copied settings as far as the days of the event moved."""
    moved = get_event_by_id(to_event_id).starts_on - get_event_by_id(from_event_id).starts_on
    query = select(EventSetting).where(
        EventSetting.event_id == to_event_id, EventSetting.feature == "registration"
    )
    for row in db.session.scalars(query):
        times = {
            name: (datetime.fromisoformat(text) + moved).isoformat(timespec="minutes")
            for name in DEADLINES
            if (text := row.values.get(name))
        }
        row.values = {**row.values, **times}
    db.session.flush()


def copy_pools(from_event_id: int, to_event_id: int, sessions: Mapping[int, int]) -> dict[int, int]:
    """Copy limits of seats; return the new ids by the old. The event's own has its own places.

    `sessions` are the new ids of sessions by the old; one left behind leaves its limit behind.
    """
    ensure_pool(get_event_by_id(to_event_id))
    own = select(Pool).where(Pool.event_id == to_event_id, Pool.code == WHOLE_EVENT)
    whole = db.session.scalars(own).one()
    copies: dict[int, Pool] = {}
    for pool in pools_of(from_event_id):
        if pool.code == WHOLE_EVENT:
            whole.when_full, whole.lock = pool.when_full, pool.lock
            copies[pool.id] = whole
            continue
        if pool.session_id is not None and pool.session_id not in sessions:
            continue
        copy = Pool(
            event_id=to_event_id,
            session_id=sessions.get(pool.session_id or 0),
            each=pool.each,
            code=pool.code,
            names=pool.names,
            scope=pool.scope,
            categories=pool.categories,
            modes=pool.modes,
            seats=pool.seats,
            limits=pool.limits,
            when_full=pool.when_full,
            lock=pool.lock,
        )
        db.session.add(copy)
        copies[pool.id] = copy
    db.session.flush()
    return {old: copy.id for old, copy in copies.items()}
