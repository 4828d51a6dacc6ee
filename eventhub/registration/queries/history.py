"""Decisions and change requests."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.registration.models import ChangeRequest, Decision, Registration
from eventhub.registration.queries.finding import within
from eventhub.registration.rules import ENDED, State


def decisions_of(event_id: int, registration_id: int) -> list[Decision]:
    """Return all decisions on a registration, oldest first; held and cancelled ones too."""
    query = select(Decision).where(
        Decision.event_id == event_id, Decision.registration_id == registration_id
    )
    return list(db.session.scalars(query.order_by(Decision.id)))


def held_of(event_id: int, registration_ids: Collection[int]) -> dict[int, Decision]:
    """Return the decisions that wait for their hold to end, by registration id."""
    if not registration_ids:
        return {}
    query = select(Decision).where(
        Decision.event_id == event_id,
        Decision.outcome == "held",
        Decision.registration_id.in_(set(registration_ids)),
    )
    return {row.registration_id: row for row in db.session.scalars(query)}


def was_vouched_for(event_id: int, registration_ids: Collection[int]) -> frozenset[int]:
    """Return which of these were nominated before."""
    query = select(Decision.registration_id).where(
        Decision.event_id == event_id,
        Decision.registration_id.in_(set(registration_ids)),
        Decision.to_state == State.NOMINATED,
        Decision.outcome == "done",
    )
    return frozenset(db.session.scalars(query))


def leavings_and_returns() -> ScalarSelect[Any]:
    """Return, for each registration that a statement asks for, how often it ended and began again.

    It never falls: what counts it tells which of two states of somebody's papers is the later.
    """
    turned = Decision.from_state.in_(ENDED) != Decision.to_state.in_(ENDED)
    query = select(func.count()).select_from(Decision)
    query = query.where(Decision.registration_id == Registration.id, turned)
    return query.where(Decision.outcome == "done").correlate(Registration).scalar_subquery()


def changes_of(event_id: int, registration_id: int) -> list[ChangeRequest]:
    """Return the change requests of a registration, newest first."""
    query = select(ChangeRequest).where(
        ChangeRequest.event_id == event_id, ChangeRequest.registration_id == registration_id
    )
    return list(db.session.scalars(query.order_by(ChangeRequest.id.desc())))


def get_change(event_id: int, ref: str, *scopes: Scope) -> ChangeRequest:
    """Return a change request within the scopes; NotFound where there is none."""
    query = (
        select(ChangeRequest)
        .join(Registration, Registration.id == ChangeRequest.registration_id)
        .where(ChangeRequest.event_id == event_id, ChangeRequest.ref == ref, within(scopes))
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def open_changes(event_id: int, registration_ids: Collection[int]) -> dict[int, ChangeRequest]:
    """Return the change requests that wait, by registration id."""
    if not registration_ids:
        return {}
    query = select(ChangeRequest).where(
        ChangeRequest.event_id == event_id,
        ChangeRequest.state == "open",
        ChangeRequest.registration_id.in_(set(registration_ids)),
    )
    return {row.registration_id: row for row in db.session.scalars(query)}
