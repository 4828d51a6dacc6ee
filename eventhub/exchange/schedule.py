"""The published programme as a schedule: days, rooms, sessions; one language, the event's clock."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from eventhub.agenda.made import Source
from eventhub.agenda.rules import FrozenSession, Programme
from eventhub.agenda.showing import Line, View, revision, seen, show_session
from eventhub.calendars.entries import spoken_lines
from eventhub.events.words import where_of
from eventhub.i18n import current
from eventhub.web.urls import absolute

MOST_NUMBERS = 2**31 - 1
"""Numbers of sessions fit a signed integer of 32 bits: some apps keep them so."""
ACRONYM_LENGTH = 4
KNOWN_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
"""Names of zones that the schema knows; another one is left out."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, under a UUID that stays the same."""

    guid: str
    name: str
    biography: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a session that everybody may read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Talk:
    """One session. `number` is unique in the schedule; starts and ends are aware, in its zone."""

    number: int
    guid: str
    slug: str
    url: str
    starts: datetime
    ends: datetime
    room: str
    title: str
    kind: str
    track: str
    language: str
    abstract: str
    description: str
    speakers: tuple[Speaker, ...]
    attachments: tuple[Attachment, ...] = ()

    @property
    def duration(self) -> str:
        """Return the length as hours and minutes, "01:30"."""
        minutes = int((self.ends - self.starts).total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(frozen=True, slots=True)
class ScheduleDay:
    """A day, counted from 1, and its sessions by room, in the order of rooms and times."""

    index: int
    date: date
    rooms: Mapping[str, tuple[Talk, ...]]

    @property
    def starts(self) -> datetime:
        """Return when its first session begins."""
        return min(talk.starts for talks in self.rooms.values() for talk in talks)

    @property
    def ends(self) -> datetime:
        """Return when its last session ends."""
        return max(talk.ends for talks in self.rooms.values() for talk in talks)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that a schedule file says; `rooms` are UUIDs by name.

    From `starts_on` to `ends_on` reaches over every day: apps count days from the first.
    """

    acronym: str
    title: str
    version: str
    url: str
    zone: str | None
    starts_on: date
    ends_on: date
    tracks: tuple[str, ...]
    rooms: Mapping[str, str]
    days: tuple[ScheduleDay, ...]


def schedule_of(source: Source) -> Schedule:
    """Return the version in force in the present language; NotFound where none is published."""
    event, programme = source.event, source.programme()
    standing = [session for session in seen(programme) if session.status != "cancelled"]
    numbers = numbers_of(session.uid for session in standing)
    view = View(event, event.zone)
    talks = [_talk(programme, session, view, numbers[session.uid]) for session in standing]
    days = _days(talks)
    return Schedule(
        acronym=_acronym(event.slug),
        title=event.title(current()),
        version=revision(programme.number),
        url=absolute("agenda.public", lang=current(), slug=event.slug),
        zone=event.zone if KNOWN_ZONE.match(event.zone) else None,
        starts_on=min([event.starts_on, *(day.date for day in days)]),
        ends_on=max([event.ends_on, *(day.date for day in days)]),
        tracks=tuple(dict.fromkeys(talk.track for talk in talks if talk.track)),
        rooms={
            talk.room: _guid("room", f"{event.ref}:{session.room or talk.room}")
            for talk, session in zip(talks, standing, strict=True)
        },
        days=days,
    )


def numbers_of(uids: Iterable[str]) -> dict[str, int]:
    """Return a number for each UUID, the same in every version unless two would fall together."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for uid in sorted(uids):
        number = UUID(uid).int % MOST_NUMBERS + 1
        while number in taken:
            number = number % MOST_NUMBERS + 1
        taken.add(number)
        numbers[uid] = number
    return numbers


def _talk(programme: Programme, session: FrozenSession, view: View, number: int) -> Talk:
    event = view.event
    zone = ZoneInfo(event.zone)
    line = show_session(programme, session, view)
    return Talk(
        number=number,
        guid=session.uid,
        slug=f"{_acronym(event.slug)}-{session.ref.lower()}",
        url=absolute("agenda.public_session", lang=current(), slug=event.slug, ref=session.ref),
        starts=session.starts_at.astimezone(zone),
        ends=session.ends_at.astimezone(zone),
        room=line.room.text or where_of(event),
        title=line.title.text,
        kind=line.kind,
        track=line.track.text,
        language=session.floor_languages[0] if session.floor_languages else "",
        abstract=line.description.text,
        description="\n".join(spoken_lines(session)),
        speakers=tuple(_speakers(line)),
        attachments=tuple(
            Attachment(
                one.title.text,
                absolute("agenda.public_document", lang=current(), slug=event.slug, ref=one.ref),
            )
            for one in line.documents
        ),
    )


def _speakers(line: Line) -> Iterable[Speaker]:
    people = {person.ref: person for _role, people in line.people for person in people}
    for ref, person in people.items():
        yield Speaker(_guid("speaker", ref), person.name, person.biography.text)


def _days(talks: list[Talk]) -> tuple[ScheduleDay, ...]:
    days: dict[date, dict[str, list[Talk]]] = {}
    for talk in sorted(talks, key=lambda talk: (talk.starts, talk.ends, talk.number)):
        days.setdefault(talk.starts.date(), {}).setdefault(talk.room, []).append(talk)
    return tuple(
        ScheduleDay(index, day, {room: tuple(rooms[room]) for room in sorted(rooms)})
        for index, (day, rooms) in enumerate(sorted(days.items()), start=1)
    )


def _acronym(slug: str) -> str:
    """Return the event's short name as the schema wants it: no hyphens, four letters at least."""
    return slug.replace("-", "_").ljust(ACRONYM_LENGTH, "_")


def _guid(kind: str, ref: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"eventhub:{kind}:{ref}"))
