"""Steps of an event's life: each once, each in a transaction of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime

from eventhub.core.db import db, transaction
from eventhub.demo.queries import FEATURE, done_steps
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import get_event_by_id
from eventhub.events.rules import wall_to_instant

Progress = Callable[[str], None]
"""Takes one line that says how far the loading is."""

Step = Callable[[Event], None]


def go_through(event_id: int, steps: Mapping[str, Step], progress: Progress) -> None:
    """Take the event through each of these steps that it has not gone through yet, telling so.

    One that has gone through the last of them stays as it is: an older version of the demo, which
    knew fewer steps, has loaded it whole, and its past is not written anew.
    """
    if [*steps][-1] in done_steps(get_event_by_id(event_id)):
        return
    for name, step in steps.items():
        with transaction():
            event = get_event_by_id(event_id)
            if name not in done_steps(event):
                progress(f"  {name}")
                step(event)
                mark(event, name)


def mark(event: Event, *steps: str) -> None:
    """Write down that the event has gone through these steps."""
    _keep(event, [*done_steps(event), *steps])


def forget_marks(event: Event) -> None:
    """Let the event go through all steps: a copy has the marks of what it was copied from."""
    _keep(event, [])


def _keep(event: Event, steps: list[str]) -> None:
    """Keep the marks without a line in the log: nobody changed the event by them."""
    row = db.session.get(EventSetting, (event.id, FEATURE))
    if row is None:
        row = EventSetting(event_id=event.id, feature=FEATURE)
        db.session.add(row)
    row.values = {"done_steps": steps}
    db.session.flush()


def instant(wall: datetime, event: Event) -> datetime:
    """Return the instant of a local time of the event."""
    return wall_to_instant(wall, event.zone)
