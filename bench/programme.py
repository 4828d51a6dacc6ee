"""A made programme of any size: rooms side by side, days, tracks, speakers, three languages."""

from datetime import datetime, timedelta

from sqlalchemy import insert

from bench.ground import open_event
from eventhub.agenda import services
from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.core import ids
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.rules import wall_to_instant
from eventhub.events.services import add_room
from eventhub.i18n import Translated

LANGUAGES = ["en", "fr", "zh"]
DAYS = 5
HOURS = (9, 10, 11, 14, 15)
SPEAKERS_EACH = 4
KINDS = ("plenary", "panel", "parallel", "workshop", "lecture")
ABOUT = (
    "What countries learned when they built digital public services together, what it cost, and "
    "what they would do otherwise. Delegations bring one example each and say what they ask of "
    "the others; the rapporteur writes down what is agreed."
)


def make_programme(sessions: int) -> Event:
    """Return a public event with so many sessions in five days, and the rooms that takes."""
    event = open_event("forum")
    with transaction():
        event.languages = LANGUAGES
        event.ends_on = event.starts_on + timedelta(days=DAYS - 1)
    rooms = [_room(event, number) for number in range(-(-sessions // (DAYS * len(HOURS))))]
    with transaction():
        tracks = [
            services.add_track(event.id, f"T{n}", _words(f"Track {n}"), actor=SYSTEM)
            for n in range(1, 9)
        ]
    track_ids = [track.id for track in tracks]
    speaker_ids = _speakers(event, sessions * 4 // 5)
    with transaction():
        for number in range(sessions):
            row = _session(event, number, rooms, track_ids)
            db.session.add(row)
        db.session.flush()
        found = db.session.query(Session.id).filter_by(event_id=event.id).order_by(Session.id)
        parts = [
            {"event_id": event.id, "session_id": one.id, "place": place,
             "speaker_id": speaker_ids[(number * 3 + place) % len(speaker_ids)],
             "role": "chair" if place == 0 else "panellist"}
            for number, one in enumerate(found)
            for place in range(SPEAKERS_EACH)
        ]  # fmt: skip
        db.session.execute(insert(Slot), parts)
    return event


def move_one(event: Event) -> None:
    """Let one session of the draft begin and end half an hour later."""
    with transaction():
        row = db.session.query(Session).filter_by(event_id=event.id).order_by(Session.id).first()
        assert row is not None
        half = timedelta(minutes=30)
        row.starts, row.ends = row.starts + half, row.ends + half
        row.starts_at, row.ends_at = row.starts_at + half, row.ends_at + half


def _words(text: str) -> Translated:
    return Translated({code: text if code == "en" else f"{text} ({code})" for code in LANGUAGES})


def _room(event: Event, number: int) -> int:
    with transaction():
        names = _words(f"Meeting room {number + 1}")
        return int(add_room(event, code=f"R{number}", names=names, actor=SYSTEM).id)


def _speakers(event: Event, count: int) -> list[int]:
    rows = [
        {"ref": ids.new_ref(), "event_id": event.id, "printed_name": f"Ms. Ada Number{n:04}",
         "sort_name": f"Number{n:04} Ada", "posts": _words("Director of Digital Affairs"),
         "biographies": _words(ABOUT), "language": "", "links": [], "version": 1}
        for n in range(count)
    ]  # fmt: skip
    with transaction():
        db.session.execute(insert(Speaker), rows)
    found = db.session.query(Speaker.id).filter_by(event_id=event.id).order_by(Speaker.id)
    return [one.id for one in found]


def _session(event: Event, number: int, rooms: list[int], tracks: list[int]) -> Session:
    """Return a session: rooms first, then hours, then days."""
    slot, room = divmod(number, len(rooms))
    day, hour = divmod(slot, len(HOURS))
    midnight = datetime.combine(event.starts_on + timedelta(days=day), datetime.min.time())
    starts = midnight + timedelta(hours=HOURS[hour])
    ends = starts + timedelta(minutes=50)
    return Session(
        event_id=event.id, code=f"S{number:04}", titles=_words(f"Session {number} on services"),
        descriptions=_words(ABOUT), kind=KINDS[number % len(KINDS)],
        track_id=tracks[number % len(tracks)], room_id=rooms[room], zone=event.zone,
        starts=starts, ends=ends, starts_at=wall_to_instant(starts, event.zone),
        ends_at=wall_to_instant(ends, event.zone), floor_languages=["en"],
        interpretation=["fr", "zh"], place_note=Translated(),
    )  # fmt: skip
