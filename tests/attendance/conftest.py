"""What tests of attendance share."""

import pytest
from flask import Flask

from eventhub.events.models import Event
from tests.attendance.people import make_seminar


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a seminar of two lectures of 100 credit minutes each."""
    return make_seminar()
