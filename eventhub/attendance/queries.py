"""Asking who was credited what, and which level that reaches."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Select, select

from eventhub.agenda.models import Session
from eventhub.agenda.queries import breaks_of
from eventhub.attendance.models import CourseResult
from eventhub.attendance.rules import (
    SETTING,
    Credit,
    OpenPolicy,
    Policy,
    Record,
    Verdict,
    credited,
    level,
)
from eventhub.checkin.queries import marks_of, session_marks
from eventhub.checkin.rules import stays
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.events.queries import setting
from eventhub.registration.models import Registration


def policy_of(event: Event) -> Policy:
    """Return what the event asks of attendance."""
    kind = Policy if event.preset == "seminar" else OpenPolicy
    found = setting(event.id, SETTING, kind)
    return replace(found, mandatory=tuple(found.mandatory))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands: what was credited, the level, what is missing."""

    registration: Registration
    record: Record
    verdict: Verdict


def standings_of(event: Event, policy: Policy) -> list[Standing]:
    """Return where everybody accredited in a category that counts stands: five statements."""
    people = db.session.scalars(
        select(Registration)
        .join(Category, Category.id == Registration.category_id)
        .where(
            Registration.event_id == event.id,
            Registration.state == "accredited",
            Category.counts_as_participant,
        )
        .order_by(Registration.id)
    )
    records = records_of(event, policy)
    nothing = Record({}, sum(c.minutes for c in credits_of(event)))
    found = []
    for person in people:
        record = records.get(person.id, nothing)
        found.append(Standing(person, record, level(record, policy)))
    return found


def credits_of(event: Event) -> list[Credit]:
    """Return the sessions that count, with their breaks as instants; cancelled ones count not."""
    query = _counting(event).order_by(Session.starts_at)
    return [_credit(session) for session in db.session.scalars(query)]


def records_of(event: Event, policy: Policy) -> dict[int, Record]:
    """Return by registration id what everybody has who was seen or tested: four statements."""
    sessions = {session.id: _credit(session) for session in db.session.scalars(_counting(event))}
    late_ok = timedelta(minutes=policy.late_ok_minutes)
    minutes: dict[int, dict[str, int]] = {}
    for session_id, people in session_marks(event.id).items():
        if session_id not in sessions:
            continue
        credit = sessions[session_id]
        for person, marks in people.items():
            spans = [(stay.since, stay.until) for stay in stays(marks)]
            minutes.setdefault(person, {})[credit.code] = credited(credit, spans, late_ok=late_ok)
    results = {
        result.registration_id: result
        for result in db.session.scalars(select(CourseResult).filter_by(event_id=event.id))
    }
    check_ins = Counter({person: len(marks) for person, marks in marks_of(event.id).items()})
    possible = sum(credit.minutes for credit in sessions.values())
    return {
        person: _record(
            minutes.get(person, {}), possible, policy, results.get(person), check_ins[person]
        )
        for person in {*minutes, *results, *check_ins}
    }


def _record(
    credit: Mapping[str, int], possible: int, policy: Policy, result: CourseResult | None,
    check_ins: int,
) -> Record:  # fmt: skip
    return Record(
        credit=credit, possible=possible,
        attended_mandatory=all(credit.get(code, 0) > 0 for code in policy.mandatory),
        post_test=result.post_test if result else None,
        survey=bool(result and result.survey_sent), check_ins=check_ins,
    )  # fmt: skip


def _counting(event: Event) -> Select[Session]:
    return select(Session).where(
        Session.event_id == event.id,
        Session.counts_for_certificate,
        Session.status != "cancelled",
        Session.is_placed,
    )


def _credit(session: Session) -> Credit:
    return Credit(
        session.code,
        session.starts_at,
        session.ends_at,
        session.credit_minutes,
        breaks_of(session),
    )
