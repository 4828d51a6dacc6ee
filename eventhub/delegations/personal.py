"""Focal points and contacts of delegations. Official letters are records: they are kept."""

from sqlalchemy import func, select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations.models import Delegation, DelegationContact, FocalPoint
from eventhub.entities.models import Entity
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return the delegations that an account looks after, and the person's entries as contact."""
    query = (
        select(FocalPoint, Entity)
        .join(Delegation, Delegation.id == FocalPoint.delegation_id)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(FocalPoint.account_id == whose.account_id)
        .order_by(FocalPoint.id)
    )
    points = [
        {
            "delegation": entity.name(),
            "state": point.state,
            "is_primary": point.is_primary,
            "phone": point.phone,
            "reason": point.reason,
            "since": whose.time(point.created_at),
            "until": whose.time(point.ended_at),
        }
        for point, entity in db.session.execute(query)
    ]
    contacts = [
        {"name": one.name, "function": one.function, "email": one.email, "phone": one.phone}
        for one in _contacts(whose)
    ]
    return Held({"focal_point": points, "delegation_contact": contacts})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Blank telephone numbers and reasons, and remove the person from the contacts."""
    query = select(FocalPoint).where(FocalPoint.account_id == whose.account_id)
    for point in db.session.scalars(query):
        point.phone, point.reason = "", ""
    for contact in _contacts(whose):
        db.session.delete(contact)
    db.session.flush()


def _contacts(whose: Whose) -> list[DelegationContact]:
    """Return the contacts under an address that is the person's alone."""
    query = select(DelegationContact).where(
        func.lower(DelegationContact.email).in_(whose.addresses)
    )
    return list(db.session.scalars(query.order_by(DelegationContact.id)))


PERSONAL = PersonalData(
    "delegations", frozenset({"focal_point", "delegation_contact"}), held, erase
)
