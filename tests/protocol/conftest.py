"""States with their ranks, as the reference data have them."""

import pytest
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.entities.services import load_reference
from eventhub.events.models import Event
from tests.factories import make_event


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum; all States are known."""
    with transaction():
        load_reference(actor=SYSTEM)
    return make_event()
