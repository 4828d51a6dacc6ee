"""Which printed badges were handed over, to whom, and which were not (R4.12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, func, select

from eventhub.badges.models import HandOver, PrintedBadge
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.passes.models import Pass
from eventhub.protocol.queries import texts_at
from eventhub.registration.models import Registration

OTHERS = "others"
"""The name of the envelope of all whom no delegation sends."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The badges of a delegation that are printed: whose, how many, how many were handed over."""

    ref: str
    """Of the delegation; OTHERS for whom none sends."""
    name: str
    badges: int
    handed: int

    @property
    def waiting(self) -> int:
        """Return how many lie there still."""
        return self.badges - self.handed


@dataclass(frozen=True, slots=True)
class Ready:
    """One badge that is printed in its present issue, and who took it, if anybody has."""

    registration: Registration
    badge: PrintedBadge
    taken: HandOver | None


def envelopes_of(event: Event, scope: Scope) -> list[Envelope]:
    """Return the envelopes with badges in them, by name, OTHERS last: two statements."""
    last = _last(event.id)
    query = (
        select(Delegation.ref, Delegation.entity_id, func.count(), func.count(last.c.hand_over_id))
        .select_from(Registration)
        .join(last, last.c.pass_id == Registration.pass_id)
        .outerjoin(Delegation, Delegation.id == Registration.delegation_id)
        .where(*_reached(event.id, scope))
        .group_by(Delegation.ref, Delegation.entity_id)
    )
    rows = db.session.execute(query).all()
    names = texts_at(event.id, [entity_id for _ref, entity_id, _all, _handed in rows])
    found = [
        Envelope(ref or OTHERS, names[entity_id].pick() if entity_id else "", badges, handed)
        for ref, entity_id, badges, handed in rows
    ]
    return sorted(found, key=lambda one: (one.ref == OTHERS, one.name))


def count_waiting(event_id: int, scope: Scope) -> int:
    """Return how many printed badges nobody has taken: one statement."""
    last = _last(event_id)
    query = (
        select(func.count())
        .select_from(Registration)
        .join(last, last.c.pass_id == Registration.pass_id)
        .where(*_reached(event_id, scope), last.c.hand_over_id.is_(None))
    )
    return db.session.scalar(query) or 0


def badges_in(event_id: int, delegation_id: int | None, scope: Scope) -> Select[Registration]:
    """Return the query of the people of an envelope, those first whose badges lie there."""
    last = _last(event_id)
    return (
        select(Registration)
        .join(last, last.c.pass_id == Registration.pass_id)
        .where(*_reached(event_id, scope), Registration.delegation_id == delegation_id)
        .order_by(
            last.c.hand_over_id.is_not(None), Registration.entity_id, Registration.number,
            Registration.id,
        )
    )  # fmt: skip


def ready_of(event_id: int, registrations: Sequence[Registration]) -> list[Ready]:
    """Return what is printed for each of these, in their order: one statement.

    Whose present issue is not printed is left out.
    """
    query = (
        select(PrintedBadge, HandOver)
        .join(Pass, (Pass.id == PrintedBadge.pass_id) & (Pass.issue == PrintedBadge.issue))
        .outerjoin(HandOver, HandOver.id == PrintedBadge.hand_over_id)
        .where(
            PrintedBadge.event_id == event_id,
            Pass.state != "void",
            PrintedBadge.pass_id.in_([row.pass_id for row in registrations if row.pass_id]),
        )
        .order_by(PrintedBadge.hand_over_id.is_not(None), PrintedBadge.id)
    )
    found = {badge.pass_id: (badge, act) for badge, act in db.session.execute(query)}
    return [Ready(row, *found[row.pass_id]) for row in registrations if row.pass_id in found]


def get_hand_over(event_id: int, ref: str) -> HandOver:
    """Return a hand-over of the event; NotFound where there is none of that ref."""
    act = db.session.scalar(select(HandOver).filter_by(event_id=event_id, ref=ref))
    if act is None:
        raise NotFound
    return act


def hand_overs_of(event_id: int, delegation_id: int | None, *, limit: int = 50) -> list[HandOver]:
    """Return the newest acts for an envelope first."""
    query = select(HandOver).where(
        HandOver.event_id == event_id, HandOver.delegation_id == delegation_id
    )
    return list(db.session.scalars(query.order_by(HandOver.id.desc()).limit(limit)))


def _last(event_id: int) -> Subquery:
    """Return for each pass whose present issue is printed the act by which it was handed over."""
    return (
        select(PrintedBadge.pass_id, func.max(PrintedBadge.hand_over_id).label("hand_over_id"))
        .join(Pass, (Pass.id == PrintedBadge.pass_id) & (Pass.issue == PrintedBadge.issue))
        .where(PrintedBadge.event_id == event_id, Pass.state != "void")
        .group_by(PrintedBadge.pass_id)
        .subquery()
    )


def _reached(event_id: int, scope: Scope) -> list[ColumnElement[bool]]:
    limits = [Registration.event_id == event_id]
    if scope.categories is not None:
        limits.append(Registration.category_id.in_(scope.categories))
    return limits
