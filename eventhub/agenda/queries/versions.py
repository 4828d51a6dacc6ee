"""Asking for what is published: the version in force, the one that is coming, the former ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from eventhub.agenda.frozen import unpack
from eventhub.agenda.models import ProgrammeProposal, ProgrammeVersion, Session
from eventhub.agenda.rules import Programme, PublishingSettings
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import as_setting, setting
from eventhub.jobs.models import Job
from eventhub.jobs.services import LIVE

PAPERS = "agenda.print"
"""The job that makes the papers of a version."""
FEATURE = "publishing"
"""Under what an event keeps how it publishes its programme."""
_NOW = bindparam("now", type_=ProgrammeVersion.public_at.type)
_IN_FORCE = select(func.max(ProgrammeVersion.number)).where(
    ProgrammeVersion.event_id == bindparam("event_id"),
    ProgrammeVersion.public_at.is_(None) | (ProgrammeVersion.public_at <= _NOW),
)


def latest_number(event_id: int) -> int | None:
    """Return the number of the version in force at this second, None where nothing is public."""
    return db.session.scalar(_IN_FORCE, {"event_id": event_id, "now": clock.now()})


def is_public() -> ColumnElement[bool]:
    """Return the condition that a version is under no embargo at this second."""
    public_at = ProgrammeVersion.public_at
    return public_at.is_(None) | (public_at <= clock.now())


def next_number(event_id: int) -> int:
    """Return the number that the next publication gets; one under embargo counts."""
    query = select(func.max(ProgrammeVersion.number)).where(ProgrammeVersion.event_id == event_id)
    newest = db.session.scalar(query)
    return 0 if newest is None else newest + 1


def progress_of(event_id: int) -> tuple[int, int, int | None]:
    """Return how many sessions have a time, how many changed since published, and as what.

    One statement; the number is that of the version in force, None where nothing is public.
    """
    of_event = ProgrammeVersion.event_id == event_id
    in_force = select(func.max(ProgrammeVersion.number)).where(of_event, is_public())
    number = in_force.scalar_subquery()
    published_at = select(func.max(ProgrammeVersion.published_at)).where(of_event).scalar_subquery()
    changed = func.count().filter(Session.changed_at > published_at)
    timed = func.count().filter(Session.is_placed)
    query = select(timed, changed, number).select_from(Session)
    row = db.session.execute(query.where(Session.event_id == event_id)).one()
    return row[0], row[1], row[2]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where publishing stands: how the event does it, what waits, what was published last."""

    event: Event
    settings: PublishingSettings
    proposal: ProgrammeProposal | None
    newest: ProgrammeVersion | None


def standing_at(slug: str) -> Standing:
    """Return where publishing of the event at this address stands; one statement.

    NotFound where there is no such event.
    """
    other = aliased(ProgrammeVersion)
    last = select(func.max(other.number)).where(other.event_id == Event.id).scalar_subquery()
    decided = (EventSetting.event_id == Event.id) & (EventSetting.feature == FEATURE)
    newest = (ProgrammeVersion.event_id == Event.id) & (ProgrammeVersion.number == last)
    query = (
        select(Event, EventSetting.values, ProgrammeProposal, ProgrammeVersion)
        .outerjoin(EventSetting, decided)
        .outerjoin(ProgrammeProposal, ProgrammeProposal.event_id == Event.id)
        .outerjoin(ProgrammeVersion, newest)
        .where(Event.slug == slug)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    event, stored, proposal, version = row
    return Standing(event, as_setting(stored, PublishingSettings), proposal, version)


def versions_of(event_id: int) -> list[ProgrammeVersion]:
    """Return the published versions, newest first, one under embargo too."""
    return list(db.session.scalars(_newest_first(event_id)))


def find_version(event_id: int, number: int) -> ProgrammeVersion | None:
    """Return a version by its number, public or not; None where there is none."""
    return db.session.scalar(_newest_first(event_id).where(ProgrammeVersion.number == number))


def find_newest(event_id: int) -> ProgrammeVersion | None:
    """Return the version that was published last, even where it is under embargo."""
    return db.session.scalar(_newest_first(event_id).limit(1))


def find_coming(event_id: int) -> ProgrammeVersion | None:
    """Return the version that is published but not yet public; None where there is none."""
    query = _newest_first(event_id).where(ProgrammeVersion.public_at > clock.now())
    return db.session.scalar(query.limit(1))


def untold_versions(event_id: int) -> list[ProgrammeVersion]:
    """Return the public versions of which nobody was told yet, the oldest first."""
    query = _newest_first(event_id).where(ProgrammeVersion.told_at.is_(None), is_public())
    return list(reversed(db.session.scalars(query).all()))


def find_programme(event_id: int, number: int | None = None) -> Programme | None:
    """Return a published version, the one in force by default; None where there is none."""
    query = _newest_first(event_id)
    if number is None:
        query = query.where(is_public())
    else:
        query = query.where(ProgrammeVersion.number == number)
    row = db.session.scalar(query.limit(1))
    return programme_in(row) if row else None


def programme_in(row: ProgrammeVersion | ProgrammeProposal) -> Programme:
    """Return the programme that a version or a proposal holds."""
    return unpack(row.data, row.schema)


def public_since(version: ProgrammeVersion) -> datetime:
    """Return from when on a version is or will be public."""
    return version.public_at or version.published_at


def find_proposal(event_id: int) -> ProgrammeProposal | None:
    """Return what waits to be confirmed by another person; None where nothing does."""
    query = select(ProgrammeProposal).where(ProgrammeProposal.event_id == event_id)
    return db.session.scalar(query)


def papers_wait(event_id: int, number: int) -> bool:
    """Tell whether papers of a version, its PDFs, are still being made."""
    query = select(Job.args).where(
        Job.event_id == event_id, Job.name == PAPERS, Job.state.in_(LIVE)
    )
    return any(args.get("number") == number for args in db.session.scalars(query))


def publishing_settings(event_id: int) -> PublishingSettings:
    """Return how the event publishes its programme."""
    return setting(event_id, FEATURE, PublishingSettings)


def _newest_first(event_id: int) -> Select[ProgrammeVersion]:
    query = select(ProgrammeVersion).where(ProgrammeVersion.event_id == event_id)
    return query.order_by(ProgrammeVersion.number.desc())
