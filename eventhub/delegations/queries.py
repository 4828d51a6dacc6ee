"""Finding delegations and their focal points."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import (
    Delegation,
    DelegationContact,
    DelegationNote,
    FocalPoint,
    Invitation,
    OfficialLetter,
)
from eventhub.delegations.rules import ENDED, REVIEW
from eventhub.entities.models import Entity
from eventhub.people.models import Account
from eventhub.protocol.queries import name_at, order_of

FOCAL_POINT = "focal_point"


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegation, the entity that sends it, and its name at the event."""

    delegation: Delegation
    entity: Entity
    name: str


@dataclass(frozen=True, slots=True)
class LookingAfter:
    """Somebody who looks after a delegation, with the account."""

    point: FocalPoint
    account: Account


def delegation_of(event_id: int, entity_id: int) -> Delegation | None:
    """Return the delegation of an entity at an event, None where it has none yet."""
    query = select(Delegation).where(
        Delegation.event_id == event_id, Delegation.entity_id == entity_id
    )
    return db.session.scalar(query)


def delegations_of(event_id: int, scope: Scope, language: str) -> list[Sent]:
    """Return the delegations that the scope reaches, in the order of the event's lists."""
    query = select(Delegation).where(Delegation.event_id == event_id)
    if scope.delegations is not None:
        query = query.where(Delegation.id.in_(scope.delegations))
    found = {row.entity_id: row for row in db.session.scalars(query)}
    order = order_of(event_id, language, only=found.keys()) if found else ()
    return [Sent(found[one.id], one.entity, one.name) for one in order]


def get_delegation(event_id: int, ref: str, scope: Scope) -> Sent:
    """Return a delegation that the scope reaches by its ref; else NotFound."""
    query = (
        select(Delegation, Entity)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(Delegation.event_id == event_id, Delegation.ref == ref)
    )
    row = db.session.execute(query).first()
    if row is None or (scope.delegations is not None and row[0].id not in scope.delegations):
        raise NotFound
    return Sent(row[0], row[1], name_at(event_id, row[1]))


def get_delegation_by_id(event_id: int, delegation_id: int) -> Delegation:
    """Return a delegation of the event; NotFound where it is another event's."""
    query = select(Delegation).where(
        Delegation.event_id == event_id, Delegation.id == delegation_id
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def focal_points_of(
    event_id: int, delegation_ids: Collection[int], *, waiting: bool = False
) -> dict[int, list[LookingAfter]]:
    """Return the focal points of delegations, by delegation id, the primary one first.

    With `waiting` also those whose claim the secretariat has not decided on.
    """
    left_out = (ENDED,) if waiting else (ENDED, REVIEW)
    query = (
        select(FocalPoint, Account)
        .join(Account, Account.id == FocalPoint.account_id)
        .where(FocalPoint.event_id == event_id, FocalPoint.state.not_in(left_out))
        .order_by(FocalPoint.is_primary.desc(), FocalPoint.id)
    )
    found: dict[int, list[LookingAfter]] = {one: [] for one in delegation_ids}
    for point, account in db.session.execute(query):
        if point.delegation_id in found:
            found[point.delegation_id].append(LookingAfter(point, account))
    return found


def get_focal_point(event_id: int, ref: str) -> FocalPoint:
    """Return a focal point of the event by its ref; else NotFound."""
    query = select(FocalPoint).where(FocalPoint.event_id == event_id, FocalPoint.ref == ref)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def letters_of(event_id: int, delegation_id: int) -> list[OfficialLetter]:
    """Return the official letters of a delegation, the newest version first."""
    query = select(OfficialLetter).where(
        OfficialLetter.event_id == event_id, OfficialLetter.delegation_id == delegation_id
    )
    return list(db.session.scalars(query.order_by(OfficialLetter.version.desc())))


def get_letter(event_id: int, ref: str, scope: Scope) -> OfficialLetter:
    """Return an official letter of a delegation that the scope reaches; else NotFound."""
    query = select(OfficialLetter).where(
        OfficialLetter.event_id == event_id, OfficialLetter.ref == ref
    )
    row = db.session.scalar(query)
    if row is None or (
        scope.delegations is not None and row.delegation_id not in scope.delegations
    ):
        raise NotFound
    return row


def contacts_of(event_id: int, delegation_id: int) -> list[DelegationContact]:
    """Return whom to write to or call about a delegation."""
    query = select(DelegationContact).where(
        DelegationContact.event_id == event_id,
        DelegationContact.delegation_id == delegation_id,
    )
    return list(db.session.scalars(query.order_by(DelegationContact.id)))


def get_contact(event_id: int, ref: str) -> DelegationContact:
    """Return a contact of the event by its ref; else NotFound."""
    query = select(DelegationContact).where(
        DelegationContact.event_id == event_id, DelegationContact.ref == ref
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def notes_of(event_id: int, delegation_id: int) -> list[DelegationNote]:
    """Return notes and calls about a delegation, the newest first."""
    query = select(DelegationNote).where(
        DelegationNote.event_id == event_id, DelegationNote.delegation_id == delegation_id
    )
    return list(db.session.scalars(query.order_by(DelegationNote.id.desc())))


def invitation_of(event_id: int, delegation_id: int) -> Invitation | None:
    """Return the invitation of a delegation, None where none was prepared."""
    query = select(Invitation).where(
        Invitation.event_id == event_id, Invitation.delegation_id == delegation_id
    )
    return db.session.scalar(query)
