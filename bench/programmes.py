"""Made events: the same sessions, rooms and speakers each time, of any size."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from bench.ground import open_event
from eventhub.agenda.models import Speaker, Track
from eventhub.agenda.services import Entry, SessionValues, publish_agenda, write_sessions
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.ids import ALPHABET, REF_LENGTH
from eventhub.events.models import Event, EventRoom
from eventhub.i18n import Translated

LANGUAGES = ["en", "fr", "zh", "ar", "es", "ru"]
FIRST_HOUR, SESSIONS_A_DAY_AND_ROOM = 8, 6
_KINDS = ("panel", "parallel", "workshop", "lecture", "plenary")
_WORDS = (
    "cooperation", "data", "development", "digital", "finance", "health", "innovation", "islands",
    "knowledge", "oceans", "ports", "resilience", "skills", "trade", "water", "youth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a made event is."""

    sessions: int
    rooms: int = 40
    days: int = 5
    speakers: int = 800
    tracks: int = 8


def make_programme(size: Size) -> Event:
    """Return a public forum with a published programme in six languages, made from a fixed seed."""
    draw = Random(size.sessions)
    event = open_event("forum")
    with transaction():
        event = db.session.get_one(Event, event.id)
        event.languages = LANGUAGES
        event.ends_on = event.starts_on + timedelta(days=size.days - 1)
        event.ends_at = event.ends_at + timedelta(days=size.days)
        rooms = _rows(EventRoom, event, size.rooms, draw, lambda n: {
            "code": f"R{n}", "names": _in_all(f"Hall {n + 1}"), "capacity": 50 + 10 * n,
            "layout": "theatre", "booths": LANGUAGES, "place": n,
        })  # fmt: skip
        tracks = _rows(Track, event, size.tracks, draw, lambda n: {
            "code": f"T{n}", "titles": _in_all(f"Track {n + 1}"), "place": n,
        })  # fmt: skip
        speakers = _rows(Speaker, event, size.speakers, draw, lambda n: {
            "printed_name": f"Ms. Amina MWILA {n + 1}", "sort_name": f"mwila {n + 1:04}",
            "posts": _in_all(f"Minister {n + 1}"), "biographies": Translated(),
        })  # fmt: skip
        write_sessions(
            event,
            [_entry(event, n, size, rooms, tracks, speakers, draw) for n in range(size.sessions)],
            actor=SYSTEM,
        )
    with transaction():
        publish_agenda(event, actor=SYSTEM)
    return event


def _entry(
    event: Event, n: int, size: Size, rooms: list[int], tracks: list[int], speakers: list[int],
    draw: Random,
) -> Entry:  # fmt: skip
    """Return one session: rooms are filled one after the other, each hour of each day."""
    room, slot = n % size.rooms, n // size.rooms
    day, hour = slot % size.days, slot // size.days % SESSIONS_A_DAY_AND_ROOM
    starts = datetime.combine(event.starts_on, datetime.min.time()) + timedelta(
        days=day, hours=FIRST_HOUR + 2 * hour
    )
    title = " and ".join(draw.sample(_WORDS, 2)).capitalize()
    people = [speakers[(5 * n + k) % size.speakers] for k in range(1 + n % 4)]
    values = SessionValues(
        code=f"{n + 1}",
        titles=_in_all(f"{title} {n + 1}"),
        kind=_KINDS[n % len(_KINDS)],
        starts=starts,
        ends=starts + timedelta(minutes=90),
        descriptions=Translated(en=" ".join(draw.choices(_WORDS, k=60)).capitalize() + "."),
        track_id=tracks[n % size.tracks],
        room_id=rooms[room],
        floor_languages=("en", "zh"),
        interpretation=("fr", "ar", "es", "ru"),
    )
    roles = ["moderator", *["panellist"] * 4]
    return Entry(values, parts=list(zip(people, roles[: len(people)], strict=True)))


def _in_all(text: str) -> Translated:
    return Translated({code: f"{text} {code}" if code != "en" else text for code in LANGUAGES})


def _rows(kind: Any, event: Event, count: int, draw: Random, values: Any) -> list[int]:
    """Insert so many rows and return their ids in the order made."""
    refs = ["".join(draw.choices(ALPHABET, k=REF_LENGTH)) for _n in range(count)]
    rows = [{"event_id": event.id, "ref": ref, **values(n)} for n, ref in enumerate(refs)]
    db.session.execute(insert(kind), rows)
    found = dict(
        db.session.execute(select(kind.ref, kind.id).where(kind.event_id == event.id)).all()
    )
    return [found[ref] for ref in refs]
