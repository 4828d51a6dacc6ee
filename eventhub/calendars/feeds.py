"""Calendar files: of an event, a day, a session, a person."""

from functools import partial

from eventhub.agenda.made import Source, public_session
from eventhub.agenda.queries import find_programme
from eventhub.agenda.rules import FrozenSession, Programme, admits, shows_content
from eventhub.agenda.showing import seen
from eventhub.calendars.entries import Reader, event_entry, session_entry
from eventhub.calendars.queries import Person
from eventhub.core.errors import NotFound
from eventhub.i18n import current
from eventhub.ics.writer import Entry, calendar
from eventhub.registration.rules import ENDED, State
from eventhub.web.made_once import keep

REFRESH_MINUTES = 60
WHOLE = "calendar"
"""The name under which the calendar of the whole programme is kept."""
NOTHING_PUBLISHED = -1
"""In place of a version's number."""


def event_feed(source: Source) -> bytes:
    """Return all public sessions; the event itself where no programme is published."""
    programme, reader = programme_of(source), Reader(current())
    if programme is None:
        return _feed(source, [event_entry(source.event, None, reader)])
    return _feed(source, [_public(source, programme, one, reader) for one in seen(programme)])


def make_files(source: Source) -> None:
    """Make the whole programme's calendar before anybody asks for it."""
    keep(source.file_key(WHOLE), partial(event_feed, source))


def day_feed(source: Source, day: str) -> bytes:
    """Return the public sessions of a day (ISO); NotFound where there are none."""
    programme, reader = programme_of(source), Reader(current())
    sessions = [s for s in seen(programme) if s.starts[:10] == day] if programme else []
    if programme is None or not sessions:
        raise NotFound
    return _feed(source, [_public(source, programme, one, reader) for one in sessions])


def session_file(source: Source, ref: str) -> bytes:
    """Return one public session; NotFound where there is none of that ref."""
    programme = programme_of(source)
    if programme is None:
        raise NotFound
    session = public_session(programme, ref)
    entry = _public(source, programme, session, Reader(current()))
    return calendar([entry], language=current())


def confirmation(source: Source) -> bytes:
    """Return the event as a file that goes with the mail that confirms: METHOD:PUBLISH."""
    reader = Reader(current())
    entry = event_entry(source.event, programme_of(source), reader, host=source.host)
    return calendar([entry], method="PUBLISH", language=current())


def personal_feed(person: Person, source: Source, starred: frozenset[str]) -> bytes:
    """Return the sessions that the person is admitted to; where some are starred, those alone.

    All are cancelled where the person no longer takes part.
    """
    event, programme = source.event, programme_of(source)
    reader = Reader(current(), has_left=person.registration.state in ENDED)
    if programme is None:
        return _feed(source, [event_entry(event, None, reader)])
    mine = admitted(person, programme)
    chosen = [session for session in mine if session.ref in starred] or mine
    entries = [session_entry(event, programme, one, reader, is_full=True) for one in chosen]
    return _feed(source, entries)


def admitted(person: Person, programme: Programme) -> list[FrozenSession]:
    """Return the sessions to which the person is admitted, in the order of time (R3.2).

    Somebody who no longer takes part keeps what they had, to be told that it is cancelled.
    """
    accredited = person.registration.state in (State.ACCREDITED, State.REVOKED, State.WITHDRAWN)
    return [
        session
        for session in programme.sessions
        if admits(session.access, session.admit, person.category, is_accredited=accredited)
    ]


def _public(source: Source, programme: Programme, session: FrozenSession, reader: Reader) -> Entry:
    is_full = shows_content(session.access)
    return session_entry(source.event, programme, session, reader, is_full=is_full)


def _feed(source: Source, entries: list[Entry]) -> bytes:
    return calendar(
        entries,
        name=source.event.title(current()),
        language=current(),
        refresh_minutes=REFRESH_MINUTES,
    )


def programme_of(source: Source) -> Programme | None:
    """Return the version in force, None where nothing is published."""
    if source.number == NOTHING_PUBLISHED:
        return None
    return find_programme(source.event.id, source.number)
