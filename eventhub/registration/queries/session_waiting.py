"""Who waits for a seat in a session, in which turn and why (R1.12)."""

from collections.abc import Collection

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.i18n import lazy_gettext
from eventhub.registration.models import Pool, Registration, SessionWait
from eventhub.registration.queries.setup import Setup
from eventhub.registration.queries.waiting import Place, favoured_at
from eventhub.registration.rules import Turn, Waiting, in_turn

WORDS = {
    Turn.NOBODY_ACCREDITED: lazy_gettext("nobody of the delegation has a seat there yet"),
    Turn.EQUITY: lazy_gettext("least developed, landlocked or small island State"),
    Turn.TIME: lazy_gettext("by the time of asking"),
}


def waiting_in_sessions(event_id: int) -> dict[int, list[tuple[Waiting, Registration]]]:
    """Return who waits for a seat of each pool, by its id; one statement."""
    query = (
        select(SessionWait.pool_id, SessionWait.created_at, Registration)
        .join(Registration, Registration.id == SessionWait.registration_id)
        .where(SessionWait.event_id == event_id)
        .order_by(SessionWait.id)
    )
    found: dict[int, list[tuple[Waiting, Registration]]] = {}
    for pool_id, since, row in db.session.execute(query):
        found.setdefault(pool_id, []).append((Waiting(row.id, row.entity_id, since), row))
    return found


def session_places(
    waiting: Collection[Waiting], seated: Collection[int], favoured: Collection[int]
) -> dict[int, Place]:
    """Return the places of those who wait for seats of one pool, by the id of the registration.

    `seated` are the entities of which somebody has a seat there; they come after the others.
    """
    turns = in_turn(waiting, represented=seated, favoured=favoured)
    return {one.id: Place(number, turn) for number, (one, turn) in enumerate(turns, start=1)}


def favoured_in(setup: Setup) -> frozenset[int]:
    """Return the entities that the event promotes first, none where it does not."""
    return favoured_at(setup.event) if setup.settings.equity else frozenset()


def waiting_for(pool: Pool, registration_ids: Collection[int]) -> set[int]:
    """Return which of these wait for a seat of the pool."""
    query = select(SessionWait.registration_id).where(
        SessionWait.pool_id == pool.id, SessionWait.registration_id.in_(list(registration_ids))
    )
    return set(db.session.scalars(query))
