"""Events with gates, at which people with passes arrive."""

import pytest
from flask import Flask

from tests.checkin.people import SWITCHES, Room, Stage, lecture, make_forum, make_gate


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Return a forum, its delegates, and a gate to the conference area."""
    event, category = make_forum()
    return event, category, make_gate(event, zone_code="Z1")


@pytest.fixture
def room(app: Flask) -> Room:
    """Return a seminar, its trainees, and a lecture at nine on its first day."""
    event, category = make_forum(preset="seminar", switches=SWITCHES)
    return event, category, lecture(event, "M1", 9)
