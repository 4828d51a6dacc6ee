"""Putting the people of a delegation into the order its focal point wants (R2.9)."""

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.entities.models import RankLevel
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import capacities, setup_of, within
from eventhub.registration.queries.workspace import placed_of
from eventhub.registration.rules import ENDED
from eventhub.registration.rules.delegation_order import moved


def move_in_delegation(
    event_id: int, registration_id: int, by: int, *, actor: Actor
) -> list[Registration]:
    """Move a person one place up (-1) or down (1) in the own role; return all who are numbered.

    At the end of the role nothing changes. NotFound outside the actor's reach. The order is no
    part of what two people edit: the last move counts, and no version changes.
    """
    _by, scopes = capacities(actor, ENTER, VOUCH)
    setup = setup_of(event_id)
    mine = db.session.scalar(
        select(Registration).where(
            Registration.event_id == event_id, Registration.id == registration_id, within(scopes)
        )
    )
    if mine is None or mine.delegation_id is None:
        raise NotFound
    delegation = db.session.scalars(
        select(Delegation).where(Delegation.id == mine.delegation_id).with_for_update()
    ).one()
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.delegation_id == delegation.id,
        Registration.state.not_in(ENDED),
    )
    rows = {row.id: row for row in db.session.scalars(query)}
    ranks = {one.id: one.level for one in db.session.scalars(select(RankLevel))}
    numbers = moved(placed_of(setup, list(rows.values()), ranks), registration_id, by)
    for one, number in numbers.items():
        rows[one].order_number = number
    if numbers:
        subject = Subject("delegation", delegation.ref, {"moved": (None, mine.ref)})
        record(actor, "delegation.order", [subject], event_id=event_id)
    db.session.flush()
    return [rows[one] for one in numbers]
