"""The waiting list, worked out when it is read (R1.12)."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.entities.queries import members_at
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries.setup import Setup, setup_of
from eventhub.registration.rules import State, Turn, Waiting, in_turn

LEAST_DEVELOPED = "ldc"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the waiting list, from 1, and why."""

    number: int
    turn: Turn


def places_of(event_id: int) -> dict[int, Place]:
    """Return the place of each registration on the event's waiting list, by id."""
    return places_in(setup_of(event_id))


def places_in(setup: Setup) -> dict[int, Place]:
    """Return the same for an event whose set-up was read already."""
    rows = waiting_list(setup)
    return {one.id: Place(number, turn) for number, (one, turn) in enumerate(rows, start=1)}


def waiting_list(setup: Setup) -> list[tuple[Waiting, Turn]]:
    """Return the waiting list of an event in its order: three statements, one where it is empty."""
    event = setup.event
    query = select(Registration.id, Registration.entity_id, Registration.submitted_at).where(
        Registration.event_id == event.id, Registration.state == State.WAITLISTED
    )
    waiting = [
        Waiting(row.id, row.entity_id, row.submitted_at or event.created_at)
        for row in db.session.execute(query)
    ]
    if not waiting:
        return []
    represented = select(Registration.entity_id).where(
        Registration.event_id == event.id,
        Registration.state == State.ACCREDITED,
        Registration.entity_id.is_not(None),
    )
    favoured = favoured_at(event) if setup.settings.equity else frozenset[int]()
    found = {one for one in db.session.scalars(represented.distinct()) if one is not None}
    return in_turn(waiting, represented=found, favoured=favoured)


def favoured_at(event: Event) -> frozenset[int]:
    """Return the least developed, landlocked and small island States of the event's days."""
    query = select(Entity.id).where(or_(Entity.lldc, Entity.sids))
    return frozenset(db.session.scalars(query)) | members_at(LEAST_DEVELOPED, event.starts_on)
