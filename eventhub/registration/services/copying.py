"""Copying what an event has set up about registration, never its people."""

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.events.queries import get_event_by_id
from eventhub.registration.models import Pool
from eventhub.registration.queries import WHOLE_EVENT, pools_of
from eventhub.registration.services.seats import ensure_pool


def copy_pools(from_event_id: int, to_event_id: int) -> dict[int, int]:
    """Copy limits of seats; return the new ids by the old. The event's own has its own places."""
    ensure_pool(get_event_by_id(to_event_id))
    own = select(Pool).where(Pool.event_id == to_event_id, Pool.code == WHOLE_EVENT)
    whole = db.session.scalars(own).one()
    copies: dict[int, Pool] = {}
    for pool in pools_of(from_event_id):
        if pool.code == WHOLE_EVENT:
            whole.when_full, whole.lock = pool.when_full, pool.lock
            copies[pool.id] = whole
            continue
        copy = Pool(
            event_id=to_event_id,
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
