"""Asking for gates, and for what happened at them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from eventhub.access.queries import all_grants_of
from eventhub.access.rules import ROLES, holds_at
from eventhub.agenda.models import Session
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.permissions import SCAN
from eventhub.checkin.rules import ENTER, REMOTE, CheckinSettings
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Event, EventRoom
from eventhub.events.queries import events_of, setting
from eventhub.floor_cards.queries import card_names
from eventhub.registration.models import Registration
from eventhub.registration.queries import printed_name, reference


def gates_of(
    event_id: int, *, only_open: bool = False, kind: str | None = None, scope: Scope | None = None
) -> list[Gate]:
    """Return the event's gates in their order, of one kind and within a scope if named.

    A meeting online is none, unless it is asked for.
    """
    query = select(Gate).where(Gate.event_id == event_id).order_by(Gate.place, Gate.id)
    if only_open:
        query = query.where(Gate.is_open)
    query = query.where(Gate.kind == kind if kind is not None else Gate.kind != REMOTE)
    if scope is not None and scope.gates is not None:
        query = query.where(Gate.id.in_(scope.gates))
    return list(db.session.scalars(query))


def get_gate(event_id: int, ref: str, scope: Scope | None = None) -> Gate:
    """Return a gate of the event within a scope; else NotFound."""
    query = select(Gate).where(Gate.event_id == event_id, Gate.ref == ref, Gate.kind != REMOTE)
    gate = db.session.scalar(query)
    if gate is None or not reaches(scope, gate):
        raise NotFound
    return gate


def reaches(scope: Scope | None, gate: Gate) -> bool:
    """Tell whether a gate lies within a scope; no scope is no limit."""
    return scope is None or scope.gates is None or gate.id in scope.gates


def find_session_gate(event_id: int, session_id: int | None, kind: str) -> Gate | None:
    """Return the first gate of a kind for a session (None: the whole event), if there is one."""
    query = select(Gate).where(
        Gate.event_id == event_id, Gate.session_id == session_id, Gate.kind == kind
    )
    return db.session.scalar(query.order_by(Gate.id).limit(1))


def find_states_gate(event_id: int) -> Gate | None:
    """Return the gate at which States are ticked as present, if it was ever used."""
    return find_session_gate(event_id, None, "states")


def session_of(gate: Gate) -> tuple[Session, EventRoom | None] | None:
    """Return the session of a gate and its room, None for a gate of the house."""
    if gate.session_id is None:
        return None
    query = (
        select(Session, EventRoom)
        .outerjoin(EventRoom, EventRoom.id == Session.room_id)
        .where(Session.event_id == gate.event_id, Session.id == gate.session_id)
    )
    row = db.session.execute(query).one()
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class Post:
    """An event at whose doors an account may work, and how far; `is_lasting` marks demo roles."""

    event: Event
    scope: Scope
    gates: list[Gate]
    is_lasting: bool


def gates_to_work(account_id: int, instant: datetime) -> list[Post]:
    """Return the events at which the account may scan at this moment, the latest first.

    Three statements, however many events.
    """
    grants = [
        grant
        for grant in all_grants_of(account_id)
        if grant.event_id is not None
        and grant.role in ROLES
        and SCAN in ROLES[grant.role].permissions
    ]
    if not grants:
        return []
    events = events_of(ids={grant.event_id for grant in grants if grant.event_id is not None})
    gates: dict[int, list[Gate]] = defaultdict(list)
    query = select(Gate).where(
        Gate.event_id.in_([event.id for event in events]), Gate.is_open, Gate.kind != REMOTE
    )
    for gate in db.session.scalars(query.order_by(Gate.place, Gate.id)):
        gates[gate.event_id].append(gate)
    posts = []
    for event in events:
        held = [
            grant
            for grant in grants
            if grant.event_id == event.id
            and holds_at(
                ROLES[grant.role],
                ends_at=grant.ends_at,
                event_ends_at=event.ends_at,
                lasting=grant.lasting,
                instant=instant,
            )
        ]
        if not held:
            continue
        limits = [frozenset(grant.scope["gates"]) for grant in held if "gates" in grant.scope]
        limited = len(limits) == len(held)
        scope = Scope(gates=frozenset().union(*limits) if limited else None)
        posts.append(
            Post(
                event,
                scope,
                [gate for gate in gates[event.id] if reaches(scope, gate)],
                any(grant.lasting for grant in held),
            )
        )
    return posts


def find_scan(event_id: int, uid: str) -> Scan | None:
    """Return a scan of the event by the id that its form or device made."""
    return db.session.scalar(select(Scan).filter_by(event_id=event_id, uid=uid))


@dataclass(frozen=True, slots=True)
class Passage:
    """A scan as the list beside the door shows it; `name` is "" where nobody was recognized."""

    uid: str
    name: str
    number: str
    answer: str
    reason: str
    at: datetime
    is_undone: bool


def last_passages(event_id: int, gate_id: int, *, limit: int = 5) -> list[Passage]:
    """Return the latest scans at a gate, newest first, undone ones too: one statement."""
    query = (
        _scans_with_people()
        .where(Scan.event_id == event_id, Scan.gate_id == gate_id)
        .order_by(Scan.id.desc())
        .limit(limit)
    )
    found = db.session.execute(query).all()
    shown = [scan.floor_card_id for scan, _person, _code in found if scan.floor_card_id is not None]
    cards = card_names(shown) if shown else {}
    return [
        Passage(
            uid=scan.uid,
            name=printed_name(person) if person else cards.get(scan.floor_card_id or 0, ""),
            number=reference(person, code) if person else "",
            answer=scan.answer,
            reason=scan.reason,
            at=scan.device_at,
            is_undone=scan.undone_at is not None,
        )
        for scan, person, code in found
    ]


@dataclass(frozen=True, slots=True)
class GateFigures:
    """What happened at a gate: how many different people or States passed, and when last."""

    passed: int
    last_at: datetime | None


NOTHING_YET = GateFigures(0, None)


def figures_of_gates(event_id: int, since: datetime | None = None) -> dict[int, GateFigures]:
    """Return what happened at each gate (since an instant), by gate id; silent ones are absent."""
    query = (
        select(
            Scan.gate_id,
            func.count(Scan.registration_id.distinct()) + func.count(Scan.entity_id.distinct()),
            func.max(Scan.at),
        )
        .where(
            Scan.event_id == event_id,
            Scan.answer == ENTER,
            Scan.undone_at.is_(None),
        )
        .group_by(Scan.gate_id)
    )
    if since is not None:
        query = query.where(Scan.device_at >= since)
    return {gate: GateFigures(passed, at) for gate, passed, at in db.session.execute(query)}


def _scans_with_people() -> "Select[Scan, Registration, str]":
    return (
        select(Scan, Registration, Entity.code)
        .outerjoin(Registration, Registration.id == Scan.registration_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
    )


def busy_gates(event_id: int, gate_ids: Collection[int]) -> frozenset[int]:
    """Return which of the gates have scans: these can be closed, but not removed."""
    query = (
        select(Scan.gate_id, func.count())
        .where(Scan.event_id == event_id, Scan.gate_id.in_(gate_ids))
        .group_by(Scan.gate_id)
    )
    return frozenset(gate_id for gate_id, _count in db.session.execute(query))


def settings_of(event_id: int) -> CheckinSettings:
    """Return what the event decided for its doors."""
    return setting(event_id, "checkin", CheckinSettings)
