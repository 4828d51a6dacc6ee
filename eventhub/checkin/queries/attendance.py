"""Asking who was there, from the scans."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, and_, case, exists, func, or_, select

from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.rules import ENTER, OUTER_ZONES, REMOTE, Mark, Span, stays
from eventhub.core.db import db


def marks_of(
    event_id: int, *, gate_id: int | None = None, registration_id: int | None = None
) -> dict[int, list[Mark]]:
    """Return the passages of each registration, by device time, undone ones left out."""
    query = select(Scan.registration_id, Scan.device_at, Scan.direction).where(
        Scan.event_id == event_id,
        Scan.answer == ENTER,
        Scan.undone_at.is_(None),
        Scan.registration_id.is_not(None),
    )
    if gate_id is not None:
        query = query.where(Scan.gate_id == gate_id)
    if registration_id is not None:
        query = query.where(Scan.registration_id == registration_id)
    found: dict[int, list[Mark]] = defaultdict(list)
    for registration_id, at, direction in db.session.execute(query.order_by(Scan.device_at)):
        if registration_id is not None:
            found[registration_id].append(Mark(at, direction))
    return found


def was_scanned(event_id: int, registration_id: int) -> Exists:
    """Return the condition that somebody came in, as in `attended_ids`."""
    return exists().where(
        Scan.event_id == event_id,
        Scan.registration_id == registration_id,
        Scan.answer == ENTER,
        Scan.direction == "in",
        Scan.undone_at.is_(None),
    )


def attended_ids(event_id: int) -> frozenset[int]:
    """Return the ids of the registrations that attended: at least one scan in (R6.1)."""
    query = select(Scan.registration_id).where(
        Scan.event_id == event_id,
        Scan.answer == ENTER,
        Scan.direction == "in",
        Scan.undone_at.is_(None),
        Scan.registration_id.is_not(None),
    )
    return frozenset(
        number for number in db.session.scalars(query.distinct()) if number is not None
    )


def session_marks(
    event_id: int, *, registration_id: int | None = None
) -> dict[int, dict[int, list[Mark]]]:
    """Return passages by session id and registration id, of the gates that belong to sessions."""
    query = (
        select(Gate.session_id, Scan.registration_id, Scan.device_at, Scan.direction, Gate.kind)
        .join(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.event_id == event_id,
            Gate.session_id.is_not(None),
            Scan.answer == ENTER,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
        )
        .order_by(Scan.device_at)
    )
    if registration_id is not None:
        query = query.where(Scan.registration_id == registration_id)
    found: dict[int, dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for session_id, registration_id, at, direction, kind in db.session.execute(query):
        if session_id is not None and registration_id is not None:
            found[session_id][registration_id].append(Mark(at, direction, kind == REMOTE))
    return found


def passages_of(event_id: int, registration_id: int) -> tuple[dict[int, list[Mark]], int]:
    """Return one person's passages by session id, and how many ways in there are at all gates.

    The same as `session_marks` and `marks_of`, in one statement.
    """
    query = (
        select(Gate.session_id, Scan.device_at, Scan.direction, Gate.kind)
        .select_from(Scan)
        .outerjoin(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.event_id == event_id,
            Scan.registration_id == registration_id,
            Scan.answer == ENTER,
            Scan.undone_at.is_(None),
        )
        .order_by(Scan.device_at)
    )
    found: dict[int, list[Mark]] = defaultdict(list)
    number = 0
    for session_id, at, direction, kind in db.session.execute(query):
        number += direction == "in"
        if session_id is not None:
            found[session_id].append(Mark(at, direction, kind == REMOTE))
    return found, number


def remote_stays(gate_id: int) -> dict[int, list[Span]]:
    """Return who was on the screen by the logs of a meeting, by registration id: one statement."""
    query = (
        select(Scan.registration_id, Scan.device_at, Scan.direction)
        .where(Scan.gate_id == gate_id, Scan.undone_at.is_(None))
        .order_by(Scan.id)
    )
    marks: dict[int, list[Mark]] = defaultdict(list)
    for registration_id, at, direction in db.session.execute(query):
        if registration_id is not None:
            marks[registration_id].append(Mark(at, direction, True))
    return {
        person: [(stay.since, stay.until) for stay in stays(seen) if stay.until is not None]
        for person, seen in marks.items()
    }


def ticked_entities(event_id: int, gate_id: int) -> frozenset[int]:
    """Return the ids of the entities ticked as present at a gate ("States in the room")."""
    query = select(Scan.entity_id).where(
        Scan.event_id == event_id,
        Scan.gate_id == gate_id,
        Scan.entity_id.is_not(None),
        Scan.undone_at.is_(None),
    )
    return frozenset(
        number for number in db.session.scalars(query.distinct()) if number is not None
    )


def entities_present(event_id: int) -> frozenset[int]:
    """Return the ids of all entities ticked at any gate of the event."""
    query = select(Scan.entity_id).where(
        Scan.event_id == event_id, Scan.entity_id.is_not(None), Scan.undone_at.is_(None)
    )
    return frozenset(
        number for number in db.session.scalars(query.distinct()) if number is not None
    )


def ticked_people(event_id: int, gate_id: int) -> dict[int, str]:
    """Return who is marked as present at a gate: registration id and how it was marked."""
    query = select(Scan.registration_id, Scan.source).where(
        Scan.event_id == event_id,
        Scan.gate_id == gate_id,
        Scan.answer == ENTER,
        Scan.direction == "in",
        Scan.undone_at.is_(None),
        Scan.registration_id.is_not(None),
    )
    rows = db.session.execute(query.order_by(Scan.id))
    return {number: source for number, source in rows if number is not None}


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many came so far in the whole event, and how many are in the house now."""

    came: int
    inside: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many people came so far, how many entities were ticked, how many gates there are."""

    people: int
    entities: int
    gates: int


def arrivals(event_id: int) -> Arrivals:
    """Count what has come of the day, in one statement."""
    came = select(func.count(Scan.registration_id.distinct())).where(
        Scan.event_id == event_id,
        Scan.answer == ENTER,
        Scan.direction == "in",
        Scan.undone_at.is_(None),
    )
    ticked = select(func.count(Scan.entity_id.distinct())).where(
        Scan.event_id == event_id, Scan.undone_at.is_(None)
    )
    gates = select(func.count(Gate.id)).where(Gate.event_id == event_id, Gate.kind != REMOTE)
    each = (one.scalar_subquery() for one in (came, ticked, gates))
    return Arrivals(*db.session.execute(select(*each)).one())


def headcount(event_id: int, since: datetime) -> Headcount:
    """Count people: those who came at any time, and those inside who came since an instant.

    One statement. Where no way out is watched each person is counted once a day; `since` is the
    midnight at which the house was empty. Only gates that lead outdoors let people out of it.
    """
    people = (
        select(
            func.max(case((Scan.direction == "in", Scan.device_at))).label("came_in"),
            func.max(case((_leads_outdoors(), Scan.device_at))).label("went_out"),
        )
        .join(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.event_id == event_id,
            Scan.answer == ENTER,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
            Gate.kind != REMOTE,
        )
        .group_by(Scan.registration_id)
        .subquery()
    )
    here = and_(
        people.c.came_in >= since,
        or_(people.c.went_out.is_(None), people.c.went_out < people.c.came_in),
    )
    query = select(func.count(people.c.came_in), func.count(case((here, 1))))
    came, within = db.session.execute(query).one()
    return Headcount(came, within)


def _leads_outdoors() -> ColumnElement[bool]:
    outer = or_(Gate.zone_code.is_(None), Gate.zone_code.in_(OUTER_ZONES))
    return and_(Scan.direction == "out", Gate.session_id.is_(None), outer)


def inside(event_id: int, *, session_id: int, but_for: int | None = None) -> int:
    """Return how many are in a session's room by its gates: ins less outs, each person once (R4.9).

    `but_for` leaves out one registration. One statement.
    """
    return inside_sessions(event_id, session_id=session_id, but_for=but_for).get(session_id, 0)


def inside_sessions(
    event_id: int, *, session_id: int | None = None, but_for: int | None = None
) -> dict[int, int]:
    """Return how many are in the rooms of sessions, by session id: one statement."""
    people = (
        select(
            Gate.session_id,
            func.max(case((Scan.direction == "in", Scan.device_at))).label("came_in"),
            func.max(case((Scan.direction == "out", Scan.device_at))).label("went_out"),
        )
        .join(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.event_id == event_id,
            Gate.session_id.is_not(None),
            Gate.kind != REMOTE,
            Scan.answer == ENTER,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
        )
        .group_by(Gate.session_id, Scan.registration_id)
    )
    if session_id is not None:
        people = people.where(Gate.session_id == session_id)
    if but_for is not None:
        people = people.where(Scan.registration_id != but_for)
    each = people.subquery()
    stayed = or_(each.c.went_out.is_(None), each.c.went_out < each.c.came_in)
    query = (
        select(each.c.session_id, func.count())
        .where(each.c.came_in.is_not(None), stayed)
        .group_by(each.c.session_id)
    )
    return dict(db.session.execute(query).all())
