"""Calendar files: of an event, a day, a session, a person."""

from functools import partial

from eventhub.agenda.made import Source, public_session
from eventhub.agenda.queries import find_programme, latest_number
from eventhub.agenda.rules import (
    Choice,
    FrozenSession,
    Programme,
    admits,
    belongs,
    parts_of,
    shows_content,
)
from eventhub.agenda.showing import seen
from eventhub.calendars.entries import Reader, event_entry, session_entry
from eventhub.calendars.queries import Joining, Person
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.i18n import Translated, _, current
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


def room_feed(source: Source, ref: str) -> bytes:
    """Return the public sessions in a room; NotFound where the programme knows no such room."""
    return _part_feed(source, "rooms", "names", ref)


def track_feed(source: Source, ref: str) -> bytes:
    """Return the public sessions of a track; NotFound where the programme knows no such track."""
    return _part_feed(source, "tracks", "titles", ref)


def _part_feed(source: Source, parts: str, words: str, ref: str) -> bytes:
    """Return the sessions of a room or track, under its name; the last one may have left it."""
    programme = programme_of(source)
    if programme is None or ref not in getattr(programme, parts):
        raise NotFound
    name = Translated(getattr(programme, parts)[ref][words]).pick(None, source.event.languages)
    reader, attribute = Reader(current()), parts.removesuffix("s")
    sessions = [s for s in seen(programme) if belongs(s, attribute, ref)]
    return _feed(source, [_public(source, programme, one, reader) for one in sessions], name)


def chosen_feed(source: Source, choice: Choice) -> bytes:
    """Return the public sessions that a reader chose; those that are gone are left out."""
    programme, reader = programme_of(source), Reader(current())
    chosen = [s for s in seen(programme) if s.ref in choice] if programme else []
    if programme is None:
        raise NotFound
    return _feed(source, [_public(source, programme, one, reader) for one in chosen])


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


def personal_feed(person: Person, source: Source, joining: Joining | None = None) -> bytes:
    """Return the person's own sessions, see `personal_entries`, with the chosen reminders."""
    programme = programme_of(source)
    return _feed(source, personal_entries(person, source.event, programme, joining))


def personal_entries(
    person: Person,
    event: Event,
    programme: Programme | None,
    joining: Joining | None = None,
) -> list[Entry]:
    """Return the person's own sessions (`rules.Own`), in the order of time.

    All are cancelled where the person no longer takes part. Without a programme the event stands
    alone.
    """
    has_left = person.registration.state in ENDED
    turns = max(person.turns, has_left)
    reader = Reader(current(), has_left, turns, person.alarms_minutes)
    if programme is None:
        return [event_entry(event, None, reader)]
    mine = {session.uid for session in admitted(person, programme)}
    speaker = person.own.speaker
    speaks = parts_of(speaker, programme) if speaker else set()
    own = person.own.of(mine, {session.uid for session in programme.sessions}, speaks)
    return [
        session_entry(
            event, programme, one, reader, is_full=True, join=joining.at(one) if joining else ""
        )
        for one in programme.sessions
        if one.uid in own
    ]


def admitted(person: Person, programme: Programme) -> list[FrozenSession]:
    """Return the sessions to which the person is admitted, in the order of time (R3.2).

    Somebody who no longer takes part keeps what they had, to be told that it is cancelled.
    """
    accredited = person.registration.state in (State.ACCREDITED, State.REVOKED, State.WITHDRAWN)
    return [
        session
        for session in programme.sessions
        if admits(
            session.access,
            session.admit,
            person.category,
            is_accredited=accredited,
            opens_zone=_opens(person, programme, session),
        )
    ]


def _opens(person: Person, programme: Programme, session: FrozenSession) -> bool:
    zone = programme.rooms[session.room].get("badge_zone") if session.room else None
    return zone is None or zone in person.group.zones


def _public(source: Source, programme: Programme, session: FrozenSession, reader: Reader) -> Entry:
    is_full = shows_content(session.access)
    return session_entry(source.event, programme, session, reader, is_full=is_full)


def _feed(source: Source, entries: list[Entry], part: str = "") -> bytes:
    event = source.event.title(current())
    return calendar(
        entries,
        name=_("%(event)s: %(part)s", event=event, part=part) if part else event,
        language=current(),
        refresh_minutes=REFRESH_MINUTES,
        home=(source.event.zone, source.event.starts_on.year),
    )


def source_of(person: Person) -> Source:
    """Return what the person's calendar is made from: the version in force."""
    number = latest_number(person.event.id)
    return Source(person.event, person.host, NOTHING_PUBLISHED if number is None else number)


def programme_of(source: Source) -> Programme | None:
    """Return the version in force, None where nothing is published."""
    if source.number == NOTHING_PUBLISHED:
        return None
    return find_programme(source.event.id, source.number)
