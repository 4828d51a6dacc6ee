"""What time alone does: needs and times of speakers go seven days after the event."""

from datetime import timedelta

from sqlalchemy import or_, select

from eventhub.agenda.models import Speaker
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.speakers.models import SpeakerInvitation

KEPT_AFTER = timedelta(days=7)


def events_to_purge() -> list[int]:
    """Return the ids of events that ended long enough ago and still hold what speakers said."""
    query = (
        select(SpeakerInvitation.event_id)
        .join(Event, Event.id == SpeakerInvitation.event_id)
        .where(
            Event.ends_at <= clock.now() - KEPT_AFTER,
            or_(SpeakerInvitation.sealed.is_not(None), SpeakerInvitation.zone != ""),
        )
    )
    return list(db.session.scalars(query.distinct().order_by(SpeakerInvitation.event_id)))


def purge(event_id: int) -> int:
    """Blank the zone, presence, needs and times of the event's speakers; return of how many."""
    query = (
        select(SpeakerInvitation, Speaker)
        .join(Speaker, Speaker.id == SpeakerInvitation.speaker_id)
        .where(SpeakerInvitation.event_id == event_id)
    )
    rows = db.session.execute(query).all()
    for invitation, speaker in rows:
        invitation.zone, invitation.presence, invitation.sealed = "", "", None
        speaker.windows = []
    db.session.flush()
    subject = Subject("event", get_event_by_id(event_id).ref, {"speakers": (len(rows), 0)})
    record(SYSTEM, "speaker.purge", [subject], event_id=event_id)
    return len(rows)
