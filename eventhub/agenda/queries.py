"""Asking for the agenda: the draft, and what is published."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, select

from eventhub.agenda.frozen import unpack
from eventhub.agenda.models import ProgrammeVersion, Session, Slot, Speaker, Track
from eventhub.agenda.rules import Programme
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import EventRoom
from eventhub.events.queries import rooms_of
from eventhub.events.rules import wall_to_instant
from eventhub.files.models import StoredFile
from eventhub.i18n import Translated


def sessions_of(event_id: int) -> list[Session]:
    """Return the sessions of the draft, in the order of time."""
    query = (
        select(Session)
        .where(Session.event_id == event_id)
        .order_by(Session.starts_at, Session.ends_at, Session.code)
    )
    return list(db.session.scalars(query))


def get_session(event_id: int, ref: str) -> Session:
    """Return one session; NotFound where the event has none of that ref."""
    found = db.session.scalar(select(Session).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found


def tracks_of(event_id: int) -> list[Track]:
    """Return the event's tracks in their order."""
    query = select(Track).where(Track.event_id == event_id).order_by(Track.place, Track.code)
    return list(db.session.scalars(query))


def get_track(event_id: int, ref: str) -> Track:
    """Return one track; NotFound where the event has none of that ref."""
    found = db.session.scalar(select(Track).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found


def speakers_of(event_id: int) -> list[Speaker]:
    """Return the event's speakers by sort name."""
    query = select(Speaker).where(Speaker.event_id == event_id).order_by(Speaker.sort_name)
    return list(db.session.scalars(query))


def get_speaker(event_id: int, ref: str) -> Speaker:
    """Return one speaker; NotFound where the event has none of that ref."""
    found = db.session.scalar(select(Speaker).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found


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


def load_draft(event_id: int) -> Draft:
    """Return the draft: five statements, whatever its size."""
    query = (
        select(Speaker, Entity.names, Entity.region)
        .outerjoin(Entity, Entity.id == Speaker.entity_id)
        .where(Speaker.event_id == event_id)
        .order_by(Speaker.sort_name)
    )
    rows = db.session.execute(query).all()
    return Draft(
        sessions=sessions_of(event_id),
        slots=slots_of(event_id),
        rooms={room.id: room for room in rooms_of(event_id)},
        tracks={track.id: track for track in tracks_of(event_id)},
        speakers={speaker.id: speaker for speaker, _names, _region in rows},
        entities={one.entity_id: names for one, names, _region in rows if one.entity_id},
        regions={one.entity_id: region for one, _names, region in rows if one.entity_id and region},
    )


def breaks_of(session: Session) -> tuple[tuple[datetime, datetime], ...]:
    """Return the breaks within a session, as pairs of instants."""
    day = session.starts.date()

    def instant(clock_time: str) -> datetime:
        return wall_to_instant(datetime.combine(day, time.fromisoformat(clock_time)), session.zone)

    return tuple((instant(start), instant(end)) for start, end in session.breaks)


def latest_number(event_id: int) -> int | None:
    """Return the number of the version in force, None where nothing is published."""
    return db.session.scalar(
        select(func.max(ProgrammeVersion.number)).where(ProgrammeVersion.event_id == event_id)
    )


def progress_of(event_id: int) -> tuple[int, int, int | None]:
    """Return how many sessions there are, how many changed since they were published, and as what.

    One statement; the number of the version is None where nothing is published.
    """
    of_event = ProgrammeVersion.event_id == event_id
    number = select(func.max(ProgrammeVersion.number)).where(of_event).scalar_subquery()
    published_at = select(func.max(ProgrammeVersion.published_at)).where(of_event).scalar_subquery()
    changed = func.count().filter(Session.changed_at > published_at)
    query = select(func.count(), changed, number).select_from(Session)
    row = db.session.execute(query.where(Session.event_id == event_id)).one()
    return row[0], row[1], row[2]


def versions_of(event_id: int) -> list[ProgrammeVersion]:
    """Return the published versions, newest first."""
    query = (
        select(ProgrammeVersion)
        .where(ProgrammeVersion.event_id == event_id)
        .order_by(ProgrammeVersion.number.desc())
    )
    return list(db.session.scalars(query))


def find_programme(event_id: int, number: int | None = None) -> Programme | None:
    """Return a published version, the one in force by default; None where there is none."""
    query = select(ProgrammeVersion).where(ProgrammeVersion.event_id == event_id)
    if number is not None:
        query = query.where(ProgrammeVersion.number == number)
    row = db.session.scalar(query.order_by(ProgrammeVersion.number.desc()).limit(1))
    return unpack(row.data, row.schema) if row else None
