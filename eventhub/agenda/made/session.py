"""The page of one session."""

from datetime import date

from eventhub.agenda.linked_data import session_data
from eventhub.agenda.made.people import view_with
from eventhub.agenda.made.source import NOTHING, Asked, Source, public_session, values
from eventhub.agenda.rules import FrozenSession
from eventhub.agenda.seams import SESSION_WAYS
from eventhub.agenda.showing import show_session
from eventhub.events.models import Event
from eventhub.i18n import times
from eventhub.web.made_once import render


def session_page(source: Source, ref: str, asked: Asked = NOTHING) -> bytes:
    """Return the page of one session; NotFound where the public has none of that ref."""
    programme = source.programme()
    session = public_session(programme, ref)
    view = view_with(source, programme, {who for who, _role in session.speakers}, asked)
    line = show_session(programme, session, view)
    return render(
        "agenda/public_session.html",
        **values(source, programme, "agenda.public_session", asked, ref=ref),
        line=line,
        room_ref=session.room,
        track_ref=None if session.is_untold else session.track,
        linked_data="" if asked else session_data(source.event, source.host, programme, session),
        day=date.fromisoformat(session.starts[:10]),
        when=when(session, source.event, asked.zone),
        ways=[way for find in SESSION_WAYS if (way := find(source.event, ref))],
    )


def when(session: FrozenSession, event: Event, zone: str | None) -> list[str]:
    """Return start and end in full: in the event's time with its offset, and in UTC."""
    city = event.cities.pick(None, event.languages) or event.city or times.zone_city(event.zone)
    return [
        times.event_time(instant, event.zone, city, reader_zone=zone or "UTC")
        for instant in (session.starts_at, session.ends_at)
    ]
