"""What the pages that join features ask."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from eventhub.access.models import Grant
from eventhub.access.queries import all_grants_of
from eventhub.access.rules import ROLES, holds_at
from eventhub.audit.models import AuditEntry, AuditLabel
from eventhub.certificates.models import Certificate
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import FOCAL_POINT
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import events_of
from eventhub.mail.models import OutboxMail
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import named, own_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import within
from eventhub.registration.rules import ENDED, State

REMEMBERED = 200
"""Lines of the log that are looked through for the latest happenings."""


@dataclass(frozen=True, slots=True)
class Mine:
    """An event of the person: the roles there, else those at its institution; what they allow."""

    event: Event
    roles: tuple[str, ...]
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegation that the person looks after, and its event."""

    delegation: Delegation
    event: Event
    name: str
    """Of the State or organization, as the event names it."""
    people: int
    to_vouch: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What one person did to several things in a row on one day; `at` is the last of it."""

    at: datetime
    who: str
    action: str
    kind: str
    count: int


def mine(account_id: int) -> list[Mine]:
    """Return the events at which the account has a role, or which its institutions hold.

    Ordered by their first day, the latest first. Whoever is focal point alone looks after a
    delegation and has no event: see `delegations_of`. Two statements.
    """
    grants = [grant for grant in all_grants_of(account_id) if grant.role in ROLES]
    at_event = {grant.event_id for grant in grants if grant.role != FOCAL_POINT}
    institutions = {
        grant.institution_id
        for grant in grants
        if "event.list" in ROLES[grant.role].permissions and _counts(grant, None)
    }
    events = events_of(
        ids={one for one in at_event if one is not None},
        institution_ids={one for one in institutions if one is not None},
    )
    return [one for one in (_mine(event, grants) for event in events) if one.roles]


def delegations_of(account_id: int) -> list[Sent]:
    """Return the delegations whose focal point the account is, the latest event first."""
    ids = {
        delegation_id
        for grant in all_grants_of(account_id)
        if grant.role == FOCAL_POINT and _counts(grant, None)
        for delegation_id in grant.scope.get("delegations", [])
    }
    if not ids:
        return []
    query = (
        select(Delegation, Entity, EventEntity, Event)
        .join(Entity, Entity.id == Delegation.entity_id)
        .join(Event, Event.id == Delegation.event_id)
        .outerjoin(EventEntity, own_at(Delegation.event_id))
        .where(Delegation.id.in_(ids))
        .order_by(Event.starts_on.desc(), Event.id.desc(), Delegation.id)
    )
    counts = _people_in(ids)
    return [
        Sent(delegation, event, named(entity, own).pick(), *counts.get(delegation.id, (0, 0)))
        for delegation, entity, own, event in db.session.execute(query)
    ]


def _people_in(delegation_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many still mean to come, and how many wait to be vouched for, by delegation."""
    waits = case((Registration.state == State.SUBMITTED, 1), else_=0)
    query = (
        select(Registration.delegation_id, func.count(), func.sum(waits))
        .where(
            Registration.delegation_id.in_(delegation_ids),
            Registration.state.not_in([*ENDED, State.DRAFT]),
        )
        .group_by(Registration.delegation_id)
    )
    return {one or 0: (people, int(n)) for one, people, n in db.session.execute(query)}


def latest(event_id: int, zone: str, *, limit: int = 5) -> list[Happening]:
    """Return what happened last at the event, newest first, like things in a row taken together."""
    query = (
        select(AuditEntry.at, AuditLabel.label, AuditEntry.action, AuditEntry.subject_kind)
        .join(AuditLabel, AuditLabel.id == AuditEntry.label_id)
        .where(AuditEntry.event_id == event_id)
        .order_by(AuditEntry.id.desc())
        .limit(REMEMBERED)
    )
    rows = sorted(db.session.execute(query), key=lambda row: row.at, reverse=True)
    return list(_in_a_row(rows, zone))[:limit]


def count_failed(event_id: int) -> int:
    """Return how many mails of the event could not be delivered."""
    query = select(func.count()).select_from(OutboxMail)
    failed = query.where(OutboxMail.event_id == event_id, OutboxMail.state == "failed")
    return db.session.scalar(failed) or 0


def select_mails(event_id: int, scope: Scope, state: str = "") -> Select[OutboxMail]:
    """Return the query of the event's mails within the scope, newest first."""
    query = select(OutboxMail).where(OutboxMail.event_id == event_id, *_reached(scope))
    if state:
        query = query.where(OutboxMail.state == state)
    return query.order_by(OutboxMail.id.desc())


def count_mails(event_id: int, scope: Scope) -> Mapping[str, int]:
    """Return how many mails of the event there are within the scope, by state."""
    query = (
        select(OutboxMail.state, func.count())
        .where(OutboxMail.event_id == event_id, *_reached(scope))
        .group_by(OutboxMail.state)
    )
    return {state: count for state, count in db.session.execute(query)}  # noqa: C416


def get_mail(event_id: int, ref: str, scope: Scope) -> OutboxMail:
    """Return a mail of the event within the scope; else NotFound."""
    found = db.session.scalar(select_mails(event_id, scope).where(OutboxMail.ref == ref))
    if found is None:
        raise NotFound
    return found


def _reached(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the condition that a mail speaks of a registration within the scope (R1.36)."""
    if scope == EVERYTHING:
        return []
    people = select(Registration.id).where(within([scope]))
    certificates = (
        select(Certificate.id)
        .join(Registration, Registration.id == Certificate.registration_id)
        .where(within([scope]))
    )
    return [
        or_(
            OutboxMail.ids["registration"].as_integer().in_(people),
            OutboxMail.ids["certificate"].as_integer().in_(certificates),
        )
    ]


def _mine(event: Event, grants: Iterable[Grant]) -> Mine:
    here = [
        grant
        for grant in grants
        if (grant.event_id == event.id or grant.institution_id == event.institution_id)
        and _counts(grant, event)
    ]
    allowed: Collection[str] = set().union(*(ROLES[grant.role].permissions for grant in here))
    at_event = [grant.role for grant in here if grant.event_id and grant.role != FOCAL_POINT]
    roles = at_event or [grant.role for grant in here if grant.institution_id]
    return Mine(event, tuple(dict.fromkeys(roles)), frozenset(allowed))


def _counts(grant: Grant, event: Event | None) -> bool:
    return holds_at(
        ROLES[grant.role],
        ends_at=grant.ends_at,
        event_ends_at=event.ends_at if event else None,
        lasting=grant.lasting,
        instant=clock.now(),
    )


def _in_a_row(rows: Sequence[Any], zone: str) -> Iterator[Happening]:
    there = ZoneInfo(zone)

    def alike(row: Any) -> tuple[str, str, str, date]:
        return row.label, row.action, row.subject_kind, row.at.astimezone(there).date()

    for (who, action, kind, _day), some in groupby(rows, alike):
        each = list(some)
        yield Happening(each[0].at, who, action, kind, len(each))
