"""What time alone does: journeys go seven days after the event, and papers that show them."""

from sqlalchemy import delete, func, select

from eventhub.arrivals.models import CourtesyException, TravelEntry, TravelNews, Vehicle
from eventhub.arrivals.queries.travel import KEY, are_kept
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files


def events_to_purge() -> list[int]:
    """Return the ids of events that ended long enough ago and still hold journeys."""
    held = (
        select(TravelEntry.event_id)
        .union(
            select(Vehicle.event_id),
            select(CourtesyException.event_id),
            select(StoredFile.event_id).where(StoredFile.data_class == KEY),
        )
        .subquery()
    )
    query = select(Event).where(Event.ends_at < clock.now(), Event.id.in_(select(held.c[0])))
    return [event.id for event in db.session.scalars(query.order_by(Event.id)) if is_due(event)]


def is_due(event: Event) -> bool:
    """Tell whether the event no longer keeps its journeys."""
    return not are_kept(event)


def purge(event_id: int) -> int:
    """Delete the event's journeys, vehicles, exceptions and papers; return how many journeys.

    The key is destroyed afterwards by the caller, so that old back-ups cannot be read either.
    """
    event = get_event_by_id(event_id)
    query = select(func.count()).select_from(TravelEntry).where(TravelEntry.event_id == event_id)
    count = db.session.scalar(query) or 0
    for model in (TravelNews, TravelEntry, CourtesyException, Vehicle):
        db.session.execute(delete(model).where(model.event_id == event_id))
    forget_papers(event_id)
    subject = Subject("event", event.slug, {"arrivals": (count, 0)})
    record(SYSTEM, "arrival.purge", [subject], event_id=event_id)
    db.session.flush()
    return count


def forget_papers(event_id: int) -> None:
    """Remove printed lists that show journeys; they are made anew when asked for."""
    papers = select(StoredFile.id).where(
        StoredFile.event_id == event_id, StoredFile.data_class == KEY
    )
    erase_files(db.session.scalars(papers).all())
