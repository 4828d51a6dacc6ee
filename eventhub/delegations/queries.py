"""Finding delegations and their focal points."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.entities import rules
from eventhub.entities.models import Entity
from eventhub.people.models import Account

FOCAL_POINT = "focal_point"


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegation and the entity that sends it."""

    delegation: Delegation
    entity: Entity


@dataclass(frozen=True, slots=True)
class FocalPoint:
    """Somebody who looks after a delegation."""

    grant: Grant
    account: Account


def delegation_of(event_id: int, entity_id: int) -> Delegation | None:
    """Return the delegation of an entity at an event, None where it has none yet."""
    query = select(Delegation).where(
        Delegation.event_id == event_id, Delegation.entity_id == entity_id
    )
    return db.session.scalar(query)


def delegations_of(event_id: int, scope: Scope, language: str) -> list[Sent]:
    """Return the delegations that the scope reaches, in the order of a list in this language."""
    query = (
        select(Delegation, Entity)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(Delegation.event_id == event_id)
    )
    if scope.delegations is not None:
        query = query.where(Delegation.id.in_(scope.delegations))
    found = {row[1].id: Sent(row[0], row[1]) for row in db.session.execute(query)}
    listed = rules.in_order((sent.entity.listed(language) for sent in found.values()), language)
    return [found[one.id] for one in listed]


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
    return Sent(row[0], row[1])


def focal_points_of(event_id: int, delegation_ids: Collection[int]) -> dict[int, list[FocalPoint]]:
    """Return the focal points of delegations, by delegation id, the first named first."""
    query = (
        select(Grant, Account)
        .join(Account, Account.id == Grant.account_id)
        .where(Grant.event_id == event_id, Grant.role == FOCAL_POINT)
        .order_by(Grant.id)
    )
    found: dict[int, list[FocalPoint]] = {one: [] for one in delegation_ids}
    for grant, account in db.session.execute(query):
        for delegation_id in grant.scope.get("delegations", []):
            if delegation_id in found:
                found[delegation_id].append(FocalPoint(grant, account))
    return found
