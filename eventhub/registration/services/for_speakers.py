"""Opening a registration for a speaker who comes; it knows whose part in the programme it is."""

from sqlalchemy import select

from eventhub.agenda.models import Speaker
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER
from eventhub.registration.services.drafts import Entry
from eventhub.registration.services.entering import invite_by_link

CATEGORY = "SPK"


def speaker_category(event: Event) -> Category | None:
    """Return the category in which speakers of the event register; None where it is off."""
    query = select(Category).where(
        Category.event_id == event.id, Category.code == CATEGORY, Category.is_on
    )
    return db.session.scalar(query)


def registration_of(speaker: Speaker) -> Registration | None:
    """Return the registration that a speaker has, the newest of several."""
    query = select(Registration).where(
        Registration.event_id == speaker.event_id, Registration.speaker_id == speaker.id
    )
    return db.session.scalar(query.order_by(Registration.id.desc()).limit(1))


def register_speaker(event: Event, speaker: Speaker) -> Registration:
    """Return the speaker's registration, opened now as one invited directly where there is none.

    The speaker acts, by right of the link that the organiser sent. NotFound where the event has
    no category for speakers.
    """
    there, category = registration_of(speaker), speaker_category(event)
    if there is not None:
        return there
    if category is None:
        raise NotFound
    language = speaker.language or event.languages[0]
    values = {
        "email": speaker.email or "",
        "language": language,
        "entity_id": speaker.entity_id,
        "functional_title": speaker.posts.pick(language, event.languages),
    }
    actor = Actor("speaker", speaker.id, speaker.ref, {ENTER: EVERYTHING})
    return invite_by_link(event.id, Entry(category.id, values, speaker_id=speaker.id), actor=actor)
