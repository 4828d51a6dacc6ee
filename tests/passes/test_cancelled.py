"""A cancelled event opens no door."""

from datetime import UTC, datetime

from flask import Flask

from eventhub.core.db import db, transaction
from eventhub.events import signals
from eventhub.passes import services
from eventhub.passes.models import Pass
from tests.factories import make_event

ENDS = datetime(2099, 1, 1, tzinfo=UTC)


def test_cancelling_voids_the_passes_of_that_event_alone(app: Flask) -> None:
    event, other = make_event(), make_event()
    with transaction():
        services.issue(event.id, [0, 0], expires_at=ENDS)
        services.issue(other.id, [0], expires_at=ENDS)
    with transaction():
        signals.cancelled.send(event)
    states = {held.id: (held.event_id, held.state) for held in db.session.scalars(db.select(Pass))}
    assert sorted(states.values()) == sorted(
        [(event.id, "void"), (event.id, "void"), (other.id, "issued")]
    )
