"""All that counts for attendance at an event, read once, and the record of each person."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from eventhub.agenda.models import Session
from eventhub.agenda.queries import breaks_of
from eventhub.attendance.models import AttendanceCorrection, CourseResult
from eventhub.attendance.queries.survey import has_sent, sent_by
from eventhub.attendance.rules import (
    SETTING,
    Credit,
    Credited,
    OpenPolicy,
    Policy,
    Record,
    Why,
    credited,
    record_of,
)
from eventhub.checkin.queries import marks_of, passages_of, session_marks, was_scanned
from eventhub.checkin.rules import Mark, stays
from eventhub.core.db import db
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import as_setting, setting
from eventhub.registration.models import Registration


def policy_of(event: Event) -> Policy:
    """Return what the event asks of attendance."""
    return setting(event.id, SETTING, _kind(event))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person beside the sessions, and what the event asks of attendance."""

    policy: Policy
    has_come: bool
    """Whether any passage counts."""
    has_sent: bool
    """Whether they sent the survey."""
    result: CourseResult | None


def known_of(event: Event, person: Registration) -> Known:
    """Return what is known of one person: one statement."""
    decided = and_(EventSetting.event_id == event.id, EventSetting.feature == SETTING)
    query = (
        select(
            EventSetting.values,
            was_scanned(event.id, person.id),
            has_sent(event.id, person.id),
            CourseResult,
        )
        .select_from(Event)
        .outerjoin(EventSetting, decided)
        .outerjoin(
            CourseResult,
            and_(CourseResult.event_id == Event.id, CourseResult.registration_id == person.id),
        )
        .where(Event.id == event.id)
    )
    values, came, sent, result = db.session.execute(query).one()
    return Known(as_setting(values, _kind(event)), came, sent, result)


def _kind(event: Event) -> type[Policy]:
    return Policy if event.preset == "seminar" else OpenPolicy


@dataclass(frozen=True, slots=True)
class Ledger:
    """What counts at an event: its sessions in order, what was seen, what hands wrote.

    `marks` are by session id and registration id, `corrections` by both.
    """

    policy: Policy
    sessions: Sequence[Session]
    credits: Mapping[int, Credit]
    marks: Mapping[int, Mapping[int, Sequence[Mark]]]
    corrections: Mapping[tuple[int, int], AttendanceCorrection]
    results: Mapping[int, CourseResult]
    sent: frozenset[int]
    """Who sent the survey."""
    check_ins: Mapping[int, int]

    def sessions_for(self, registration_id: int, category: str) -> list[Session]:
        """Return the sessions that are meant for somebody: open to them, or attended."""
        return [
            one
            for one in self.sessions
            if one.access == "open"
            or not one.admit
            or category in one.admit
            or self.had(one.id, registration_id) is not None
        ]

    def had(self, session_id: int, registration_id: int) -> Credited | None:
        """Return what somebody has for a session; None where nothing is known of it."""
        credit = self.credits[session_id]
        seen = self.marks.get(session_id, {}).get(registration_id)
        by_hand = self.corrections.get((session_id, registration_id))
        if by_hand is not None and by_hand.minutes is not None:
            share = (
                by_hand.minutes / credit.minutes if credit.minutes else float(by_hand.minutes > 0)
            )
            return Credited(by_hand.minutes, min(share, 1.0), Why.BY_HAND)
        late_ok = timedelta(minutes=self.policy.late_ok_minutes)
        found = credited(credit, spans_of(seen), late_ok=late_ok) if seen else None
        if by_hand is not None:
            return replace(found or Credited(0, 0.0, Why.ABSENT), is_excused=True)
        return found

    def record(self, registration_id: int, category: str) -> Record:
        """Return the record of somebody of a category, by its code."""
        meant = self.sessions_for(registration_id, category)
        had = {
            one.code: found
            for one in meant
            if (found := self.had(one.id, registration_id)) is not None
        }
        result = self.results.get(registration_id)
        by_hand = any(one.why is Why.BY_HAND and one.minutes for one in had.values())
        return record_of(
            [self.credits[one.id] for one in meant], had, self.policy,
            post_test=result.post_test if result else None,
            survey=registration_id in self.sent or bool(result and result.survey_sent),
            check_ins=self.check_ins.get(registration_id, 0) or int(by_hand),
        )  # fmt: skip


def ledger_of(event: Event, policy: Policy, registration_id: int | None = None) -> Ledger:
    """Return what counts at the event, for all or for one: six statements."""
    sessions = counting_sessions(event.id)
    mine = () if registration_id is None else (registration_id,)
    corrections = select(AttendanceCorrection).where(
        AttendanceCorrection.event_id == event.id,
        AttendanceCorrection.undone_at.is_(None),
        *(AttendanceCorrection.registration_id == one for one in mine),
    )
    results = select(CourseResult).where(
        CourseResult.event_id == event.id, *(CourseResult.registration_id == one for one in mine)
    )
    passages = marks_of(event.id, registration_id=registration_id)
    return Ledger(
        policy=policy,
        sessions=sessions,
        credits={one.id: credit_of(one) for one in sessions},
        marks=session_marks(event.id, registration_id=registration_id),
        corrections={
            (one.session_id, one.registration_id): one
            for one in db.session.scalars(corrections.order_by(AttendanceCorrection.id))
        },
        sent=sent_by(event.id, registration_id),
        results={one.registration_id: one for one in db.session.scalars(results)},
        check_ins={person: _ways_in(marks) for person, marks in passages.items()},
    )


def _ways_in(marks: Iterable[Mark]) -> int:
    """Return how often somebody came in: who was only seen leaving was not checked in (R5.3)."""
    return sum(mark.direction == "in" for mark in marks)


def ledger_for(event: Event, known: Known, registration_id: int) -> Ledger:
    """Return what counts at the event for one person of whom all else is known: two statements."""
    standing = and_(
        AttendanceCorrection.session_id == Session.id,
        AttendanceCorrection.event_id == event.id,
        AttendanceCorrection.undone_at.is_(None),
        AttendanceCorrection.registration_id == registration_id,
    )
    query = (
        _counting(event.id)
        .add_columns(AttendanceCorrection)
        .outerjoin(AttendanceCorrection, standing)
        .order_by(AttendanceCorrection.id)
    )
    rows = db.session.execute(query).all()
    sessions = list({session.id: session for session, _by_hand in rows}.values())
    marks, passages = passages_of(event.id, registration_id)
    return Ledger(
        policy=known.policy,
        sessions=sessions,
        credits={one.id: credit_of(one) for one in sessions},
        marks={session_id: {registration_id: seen} for session_id, seen in marks.items()},
        corrections={(one.id, registration_id): by_hand for one, by_hand in rows if by_hand},
        sent=frozenset({registration_id} if known.has_sent else ()),
        results={registration_id: known.result} if known.result else {},
        check_ins={registration_id: passages},
    )


def counting_sessions(event_id: int) -> list[Session]:
    """Return the sessions that count or must be attended, by time; cancelled ones do not."""
    return list(db.session.scalars(_counting(event_id)))


def _counting(event_id: int) -> Select[Any]:
    query = select(Session).where(
        Session.event_id == event_id,
        or_(Session.counts_for_certificate, Session.is_mandatory),
        Session.status != "cancelled",
        Session.is_placed,
    )
    return query.order_by(Session.starts_at, Session.code)


def credits_of(event: Event) -> list[Credit]:
    """Return the sessions that count, with their breaks as instants; cancelled ones count not."""
    return [credit_of(one) for one in counting_sessions(event.id) if one.counts_for_certificate]


def credit_of(session: Session) -> Credit:
    """Return what a session is worth."""
    return Credit(
        session.code,
        session.starts_at,
        session.ends_at,
        session.credit_minutes,
        breaks_of(session),
        is_mandatory=session.is_mandatory,
        counts=session.counts_for_certificate,
    )


def spans_of(marks: Sequence[Mark]) -> list[tuple[datetime, datetime | None]]:
    """Return the stays that marks tell.

    In the room one that never ended stands for each way in that it may have begun with. On the
    screen joins may overlap (two devices): each end belongs to the earliest beginning, and what
    has one end only does not count.
    """
    found: list[tuple[datetime, datetime | None]] = []
    here = [mark for mark in marks if not mark.is_remote]
    for stay in stays(here):
        if stay.until is not None:
            found.append((stay.since, stay.until))
        else:
            found += [
                (mark.at, None) for mark in here if mark.direction == "in" and mark.at >= stay.since
            ]
    joined: deque[datetime] = deque()
    for mark in sorted((mark for mark in marks if mark.is_remote), key=lambda mark: mark.at):
        if mark.direction == "in":
            joined.append(mark.at)
        elif joined:
            found.append((joined.popleft(), mark.at))
    return found
