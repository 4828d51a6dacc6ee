"""Whether an event still has places, for whoever thinks of registering."""

from collections.abc import Iterable

from sqlalchemy import func, select

from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.registration.models import Pool, Registration
from eventhub.registration.rules import SEAT_STATES


def used_places(event: Event, categories: Iterable[Category]) -> int:
    """Return how many of the event's places are used; one statement."""
    counted = [one.id for one in categories if one.counts_as_participant]
    query = select(func.count()).where(
        Registration.event_id == event.id,
        Registration.state.in_(SEAT_STATES),
        Registration.category_id.in_(counted),
    )
    return db.session.scalar(query) or 0


def when_full(event: Event, categories: Iterable[Category]) -> str:
    """Return what happens because every place is taken (refuse, waitlist, overflow), "" if none is.

    What is said here may be over a moment later; sending counts under a lock. Two statements.
    """
    if used_places(event, categories) < event.places:
        return ""
    pool = select(Pool.when_full).where(Pool.event_id == event.id, Pool.code == "event")
    return db.session.scalar(pool) or "waitlist"
