"""Where people stand, asked of the database."""

from datetime import timedelta

import pytest
from flask import Flask

from eventhub.attendance import queries, services
from eventhub.attendance.models import CourseResult
from eventhub.attendance.rules import Why
from eventhub.checkin.models import Gate, Scan
from eventhub.core import ids
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.rules import PRESETS
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from tests.attendance.people import participant, session_called
from tests.factories import actor_with, keep, make_event

OFFICER = actor_with("attendance.correct", "attendance.decide")


def standing(event: Event, person: Registration) -> queries.Standing:
    """Return where somebody stands now."""
    found = queries.standings_of(event, queries.policy_of(event))
    return next(one for one in found if one.registration.id == person.id)


def set_minutes(
    event: Event, person: Registration, code: str, minutes: int | None, reason: str = "Forgot"
) -> None:
    """Correct one session of one person."""
    with transaction():
        services.correct(
            event, session_called(code), [person], minutes=minutes, reason=reason, actor=OFFICER
        )


def see(event: Event, person: Registration, code: str, *marks: tuple[str, int, str]) -> None:
    """Write scans: kind of gate, minutes after the start, direction."""
    session = session_called(code)
    for kind, minutes, direction in marks:
        gate = db.session.scalar(
            db.select(Gate).filter_by(session_id=session.id, kind=kind)
        ) or keep(Gate(event_id=event.id, names=Translated(en="x"), kind=kind,
                       session_id=session.id))  # fmt: skip
        keep(
            Scan(uid=ids.new_uuid(), event_id=event.id, gate_id=gate.id, answer="enter",
                 registration_id=person.id, direction=direction, source="scan",
                 device_at=session.starts_at + timedelta(minutes=minutes))
        )  # fmt: skip


def test_r5_3_forums_and_side_events_ask_for_one_check_in_at_first(app: Flask) -> None:
    asked = {kind: queries.policy_of(make_event(preset=kind)).by_hours for kind in PRESETS}
    assert asked == {"forum": False, "side_event": False, "seminar": True}


def test_standings_take_the_same_statements_for_1_and_20(
    event: Event, statements: list[str]
) -> None:
    participant(event, "M1")
    policy = queries.policy_of(event)
    db.session.refresh(event)
    statements.clear()
    queries.standings_of(event, policy)
    few = len(statements)
    for _number in range(19):
        participant(event, "M1")
    db.session.refresh(event)
    statements.clear()
    queries.standings_of(event, policy)
    assert len(statements) == few <= 8


def test_r5_1_hybrid_attendance_counts_an_overlap_once(event: Event) -> None:
    """Online for the first 80 of 120 minutes, in the room from minute 60 to 120."""
    person = participant(event)
    see(event, person, "M1", ("remote", 0, "in"), ("remote", 40, "out"), ("remote", 30, "in"),
        ("remote", 80, "out"), ("door", 60, "in"), ("door", 120, "out"))  # fmt: skip
    assert standing(event, person).record.minutes == 100


def test_r5_1_remote_joins_are_merged(event: Event) -> None:
    person = participant(event)
    see(event, person, "M1", ("remote", 0, "in"), ("remote", 30, "out"), ("remote", 60, "in"),
        ("remote", 90, "out"))  # fmt: skip
    assert standing(event, person).record.minutes == 50


def test_r5_1_scan_in_time_counts_after_one_too_early(event: Event) -> None:
    person = participant(event)
    see(event, person, "M1", ("door", -50, "in"), ("door", -5, "in"))
    had = standing(event, person).record.sessions["M1"]
    assert (had.minutes, had.why) == (100, Why.ON_TIME)


def test_cancelled_mandatory_session_stops_nobody(event: Event) -> None:
    person = participant(event, "M2")
    assert standing(event, person).verdict.missing == ("share", "mandatory")
    with transaction():
        session_called("M1").status = "cancelled"
    assert standing(event, person).verdict.level == "completion"


def test_session_for_others_leaves_the_count_unless_attended(event: Event) -> None:
    person, other = participant(event, "M1"), participant(event, "M1", "M2")
    with transaction():
        closed = session_called("M2")
        closed.access, closed.admit = "by_category", ["NOBODY"]
    assert standing(event, person).record.possible == 100
    assert standing(event, other).record.possible == 200


def test_minutes_set_by_hand_count_and_are_undone(event: Event) -> None:
    person = participant(event, "M1")
    set_minutes(event, person, "M2", 90)
    found = standing(event, person)
    assert (found.record.minutes, found.verdict.level) == (190, "completion")
    assert found.record.sessions["M2"].why is Why.BY_HAND
    set_minutes(event, person, "M2", 10)
    assert standing(event, person).record.minutes == 110
    for minutes in (190, 100):
        newest = next(one for one in queries.corrections_of(event.id, person.id)
                      if one.undone_at is None)  # fmt: skip
        with transaction():
            services.undo_correction(event, person, newest, actor=OFFICER)
        assert standing(event, person).record.minutes == minutes
    with pytest.raises(Conflict), transaction():
        services.undo_correction(event, person, newest, actor=OFFICER)


def test_excused_absence_leaves_the_count(event: Event) -> None:
    person = participant(event, "M1")
    assert standing(event, person).verdict.missing == ("share",)
    set_minutes(event, person, "M2", None, "ill")
    found = standing(event, person)
    assert (found.record.possible, found.verdict.level) == (100, "completion")


@pytest.mark.parametrize(
    ("excuses", "level"),
    [("time", "participation"), ("all", "completion"), ("noted", "participation")],
)
def test_excuse_of_a_mandatory_session_does_what_the_policy_says(
    event: Event, excuses: str, level: str
) -> None:
    person = participant(event, "M2")
    with transaction():
        services.change_policy(event, {"excuses": excuses}, actor=OFFICER)
    set_minutes(event, person, "M1", None, "ill")
    assert standing(event, person).verdict.level == level


def test_correction_needs_a_reason_and_minutes_that_fit(event: Event) -> None:
    person = participant(event)
    for minutes, reason, field in (
        (5, "  ", "reason"),
        (101, "x", "minutes"),
        (-1, "x", "minutes"),
    ):
        with pytest.raises(Invalid) as refused, transaction():
            services.correct(
                event, session_called("M1"), [person], minutes=minutes, reason=reason, actor=OFFICER
            )
        assert refused.value.field == field
    assert queries.corrections_of(event.id, person.id) == []


def test_one_person_has_the_same_record_where_asked_alone(event: Event) -> None:
    person, other = participant(event, "M1"), participant(event, "M1", "M2")
    see(event, person, "M2", ("remote", 5, "in"), ("remote", 65, "out"), ("remote", 70, "in"))
    set_minutes(event, person, "M1", 30)
    set_minutes(event, person, "M1", 40, reason="Counted again")
    set_minutes(event, other, "M1", 10)
    keep(CourseResult(event_id=event.id, registration_id=person.id, post_test=0.7))
    for one in (person, other):
        known = queries.known_of(event, one)
        alone = queries.ledger_for(event, known, one.id)
        assert known.has_come
        asked_of_all = standing(event, one)
        assert alone.record(one.id, asked_of_all.category) == asked_of_all.record


def test_r5_3_who_was_only_seen_leaving_was_not_checked_in(app: Flask) -> None:
    event = make_event(preset="forum", switches=["certificates"])
    person = participant(event)
    gate = keep(Gate(event_id=event.id, names=Translated(en="Main door")))

    def pass_by(direction: str) -> str:
        keep(
            Scan(uid=ids.new_uuid(), event_id=event.id, gate_id=gate.id, answer="enter",
                 registration_id=person.id, direction=direction, source="scan",
                 device_at=event.starts_at)
        )  # fmt: skip
        (standing,) = queries.standings_of(event, queries.policy_of(event))
        return standing.verdict.level

    assert pass_by("out") == "none"
    assert pass_by("in") == "attendance"
