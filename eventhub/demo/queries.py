"""What is there of the demo: how far each event is loaded, its rehearsals, a stand-in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select

from eventhub.core.db import db
from eventhub.demo.content import EVENTS
from eventhub.events.models import Event, EventSetting, OldSlug
from eventhub.events.queries import setting
from eventhub.registration.models import Registration
from eventhub.registration.rules import State

FEATURE = "demo"
"""Under this name an event keeps how far its loading is."""

REHEARSAL = "rehearsal"
"""The step that tells the demo's own rehearsals from those that visitors make."""

REHEARSED = ("new-york-2025", "shanghai-2025")


@dataclass(frozen=True, slots=True)
class Marks:
    """The steps that an event has gone through."""

    done_steps: list[str] = field(default_factory=list)


def done_steps(event: Event) -> list[str]:
    """Return the steps that the event has gone through, in their order."""
    return list(setting(event.id, FEATURE, Marks).done_steps)


def history() -> list[Event]:
    """Return the events of the past that are there, the first held first."""
    query = _at(EVENTS).order_by(Event.starts_on, Event.id)
    return list(db.session.scalars(query))


def find_loaded(slug: str) -> Event | None:
    """Return the event that was loaded for this address, wherever it has moved since."""
    return db.session.scalars(_at([slug])).first()


def find_rehearsal(slug: str) -> Event | None:
    """Return the demo's rehearsal of the event of this address, not one that a visitor made."""
    query = (
        select(Event, EventSetting.values)
        .join(EventSetting, EventSetting.event_id == Event.id)
        .where(
            EventSetting.feature == FEATURE,
            Event.rehearsal_of_id.in_(_at([slug]).with_only_columns(Event.id)),
        )
        .order_by(Event.id)
    )
    for event, values in db.session.execute(query):
        if REHEARSAL in values["done_steps"]:
            found: Event = event
            return found
    return None


def _at(slugs: Sequence[str]) -> Select[Event]:
    moved = select(OldSlug.event_id).where(OldSlug.slug.in_(slugs))
    return select(Event).where(Event.slug.in_(slugs) | Event.id.in_(moved))


def find_stand_in(event: Event) -> Registration | None:
    """Return somebody confirmed at a rehearsal whose letters are in English."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.state == State.ACCREDITED,
        Registration.language == "en",
    )
    return db.session.scalars(query.order_by(Registration.id)).first()
