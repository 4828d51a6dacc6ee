"""What can be done with one's own calendar."""

from collections.abc import Collection

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.calendars.models import Star
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.registration.models import Registration


def choose_sessions(registration: Registration, refs: Collection[str], *, actor: Actor) -> int:
    """Star these sessions and no others; return how many. Refs of other events are left out."""
    event_id = registration.event_id
    query = select(Session.id).where(Session.event_id == event_id, Session.ref.in_(set(refs)))
    chosen = list(db.session.scalars(query))
    db.session.execute(delete(Star).where(Star.registration_id == registration.id))
    db.session.add_all(
        Star(registration_id=registration.id, session_id=session_id, event_id=event_id)
        for session_id in chosen
    )
    db.session.flush()
    subject = Subject("registration", registration.ref, hidden=("starred",))
    record(actor, "calendar.choose", [subject], event_id=event_id)
    return len(chosen)


def reset_feed(registration: Registration, *, actor: Actor) -> None:
    """Give the feed a new secret address; the old one shows nothing any more."""
    registration.feed_number += 1
    db.session.flush()
    subject = Subject("registration", registration.ref, hidden=("feed",))
    record(actor, "calendar.reset", [subject], event_id=registration.event_id)
