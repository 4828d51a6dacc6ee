"""A forum in Xiamen, and who goes there."""

import pytest
from flask import Flask

from eventhub.calendars import queries
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from tests.agenda.programmes import make_xiamen
from tests.factories import make_category, make_registration


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen."""
    return make_xiamen()


@pytest.fixture
def delegate(event: Event) -> Registration:
    """Return an accredited delegate."""
    return make_registration(event, make_category(event, "DEL"), state="accredited")


@pytest.fixture
def own(delegate: Registration) -> str:
    """Return the address of the delegate's feed."""
    return f"/my/{queries.feed_token(delegate)}/calendar.ics"
