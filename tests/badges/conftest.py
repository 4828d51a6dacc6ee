"""An event whose badges need no photo."""

import pytest
from flask import Flask

from eventhub.events.models import Event, EventZone
from eventhub.i18n import Translated
from tests.factories import keep, make_account, make_event


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a seminar-like event, where no photo is needed, with two zones."""
    make_account()  # whoever the actors of these tests are
    event = make_event(preset="seminar")
    for place, code in enumerate(("Z1", "Z2")):
        keep(EventZone(event_id=event.id, code=code, names=Translated(en=code), place=place))
    return event
