"""Where people stand, asked of the database."""

from flask import Flask

from eventhub.attendance import queries
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import PRESETS
from tests.attendance.people import participant
from tests.factories import make_event


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
