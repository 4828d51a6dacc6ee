"""Asking for the agenda: the draft, and what is published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import select

from eventhub.agenda.models import Session, Slot, Speaker, Track
from eventhub.agenda.queries.versions import (
    Standing,
    find_coming,
    find_newest,
    find_programme,
    find_proposal,
    find_version,
    latest_number,
    next_number,
    papers_wait,
    programme_in,
    progress_of,
    public_since,
    publishing_settings,
    standing_at,
    untold_versions,
    versions_of,
)
from eventhub.agenda.rules import break_walls
from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.entities.models import Entity
from eventhub.events.models import EventRoom
from eventhub.events.queries import rooms_of
from eventhub.events.rules import InGap, wall_to_instant
from eventhub.files.models import StoredFile
from eventhub.i18n import Translated

__all__ = [
    "Draft",
    "Standing",
    "breaks_of",
    "entity_of",
    "find_coming",
    "find_newest",
    "find_portrait",
    "find_programme",
    "find_proposal",
    "find_version",
    "get_session",
    "get_speaker",
    "get_track",
    "latest_number",
    "load_draft",
    "next_number",
    "papers_wait",
    "programme_in",
    "progress_of",
    "public_since",
    "publishing_settings",
    "sessions_of",
    "slots_of",
    "speakers_of",
    "standing_at",
    "tracks_of",
    "untold_versions",
    "versions_of",
]


def sessions_of(event_id: int, *, or_in_tray: bool = False) -> list[Session]:
    """Return the sessions that have a time, in the order of time; the tray's where asked for."""
    query = (
        select(Session)
        .where(Session.event_id == event_id)
        .order_by(Session.starts_at, Session.ends_at, Session.code)
    )
    if not or_in_tray:
        query = query.where(Session.is_placed)
    return list(db.session.scalars(query))


def get_session(event_id: int, ref: str, *, or_in_tray: bool = False) -> Session:
    """Return one session; NotFound where the event has none of that ref.

    A session of the tray is found by those alone who ask for it: it has no time.
    """
    timed = () if or_in_tray else (Session.is_placed,)
    return one_of_event(Session, event_id, Session.ref == ref, *timed)


def tracks_of(event_id: int) -> list[Track]:
    """Return the event's tracks in their order."""
    query = select(Track).where(Track.event_id == event_id).order_by(Track.place, Track.code)
    return list(db.session.scalars(query))


def get_track(event_id: int, ref: str) -> Track:
    """Return one track; NotFound where the event has none of that ref."""
    return one_of_event(Track, event_id, Track.ref == ref)


def speakers_of(event_id: int) -> list[Speaker]:
    """Return the event's speakers by sort name."""
    query = select(Speaker).where(Speaker.event_id == event_id).order_by(Speaker.sort_name)
    return list(db.session.scalars(query))


def get_speaker(event_id: int, ref: str) -> Speaker:
    """Return one speaker; NotFound where the event has none of that ref."""
    return one_of_event(Speaker, event_id, Speaker.ref == ref)


def entity_of(speaker: Speaker) -> Entity | None:
    """Return the State or organization that a speaker comes from, where one is named."""
    return db.session.get(Entity, speaker.entity_id) if speaker.entity_id else None


def find_portrait(event_id: int, file_id: int | None) -> StoredFile | None:
    """Return the stored portrait of a speaker; None where it was erased."""
    if file_id is None:
        return None
    query = select(StoredFile).where(StoredFile.event_id == event_id, StoredFile.id == file_id)
    return db.session.scalar(query)


def slots_of(event_id: int) -> dict[int, list[Slot]]:
    """Return the speakers' parts by id of the session, each list in its order."""
    found: dict[int, list[Slot]] = defaultdict(list)
    query = select(Slot).where(Slot.event_id == event_id).order_by(Slot.place, Slot.id)
    for slot in db.session.scalars(query):
        found[slot.session_id].append(slot)
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft of one event. Mappings are by id, slots by id of their session."""

    sessions: list[Session]
    slots: Mapping[int, list[Slot]]
    rooms: Mapping[int, EventRoom]
    tracks: Mapping[int, Track]
    speakers: Mapping[int, Speaker]
    entities: Mapping[int, Translated]
    """Names of the States and organizations that speakers come from."""
    regions: Mapping[int, str]
    """Their regions (M49 codes), where they have one."""
    tray: Sequence[Session] = ()
    """Sessions that have a length, and no time yet."""


def load_draft(event_id: int) -> Draft:
    """Return the draft: four statements, whatever its size."""
    query = (
        select(Speaker, Entity.names, Entity.region, Slot)
        .outerjoin(Entity, Entity.id == Speaker.entity_id)
        .outerjoin(Slot, Slot.speaker_id == Speaker.id)
        .where(Speaker.event_id == event_id)
        .order_by(Speaker.sort_name)
    )
    rows = db.session.execute(query).all()
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in sorted((row.Slot for row in rows if row.Slot), key=attrgetter("place", "id")):
        slots[slot.session_id].append(slot)
    sessions = sessions_of(event_id, or_in_tray=True)
    return Draft(
        sessions=[one for one in sessions if one.is_placed],
        tray=[one for one in sessions if not one.is_placed],
        slots=dict(slots),
        rooms={room.id: room for room in rooms_of(event_id)},
        tracks={track.id: track for track in tracks_of(event_id)},
        speakers={row.Speaker.id: row.Speaker for row in rows},
        entities={row.Speaker.entity_id: row.names for row in rows if row.names},
        regions={row.Speaker.entity_id: row.region for row in rows if row.region},
    )


def breaks_of(session: Session) -> tuple[tuple[datetime, datetime], ...]:
    """Return the breaks within a session, as pairs of instants; without those no clock shows."""
    found = []
    for walls in break_walls(session.starts, session.breaks):
        with suppress(InGap):
            begins, ends = (wall_to_instant(wall, session.zone) for wall in walls)
            found.append((begins, ends))
    return tuple(found)
