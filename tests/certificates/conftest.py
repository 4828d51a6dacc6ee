"""What tests of certificates share."""

import pytest
from flask import Flask

from eventhub.events.models import Event, EventSetting
from tests.attendance.people import make_seminar
from tests.certificates.issued import DESIGN
from tests.factories import keep, make_account


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a seminar of two lectures of 100 credit minutes each."""
    make_account(name="Test officer")  # the one that actor_with speaks of
    event = make_seminar()
    keep(EventSetting(event_id=event.id, feature="certificates", values=dict(DESIGN)))
    return event
