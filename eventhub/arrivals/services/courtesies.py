"""What ranks are given at an event, and exceptions, each with its note (R2.20)."""

from dataclasses import asdict

from sqlalchemy import select

from eventhub.arrivals.models import CourtesyException, RankCourtesy
from eventhub.arrivals.queries.courtesies import find_courtesy, find_exception
from eventhub.arrivals.rules import CARS, ROOMS, Courtesy
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.entities.models import RankLevel
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.registration.models import Registration


def set_courtesy(
    event: Event, rank: RankLevel, courtesy: Courtesy, *, version: int, actor: Actor
) -> None:
    """Say what a level of rank is due; Conflict where somebody said so meanwhile."""
    _check(courtesy)
    row = find_courtesy(event.id, rank.id)
    if version != (row.version if row else 0):
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    if row is None:
        row = RankCourtesy(event_id=event.id, rank_level_id=rank.id, version=0)
        db.session.add(row)
    changes = _write(row, courtesy)
    row.version += 1
    db.session.flush()
    record(actor, "courtesy.set", [Subject("rank_level", rank.code, changes)], event_id=event.id)


def make_exception(
    event: Event, row: Registration, courtesy: Courtesy, note: str, *, version: int, actor: Actor
) -> None:
    """Give one person something else than the rank is due; Invalid without a note that says why."""
    if not note.strip():
        raise Invalid(_("Say why this person is an exception."), "note")
    _check(courtesy)
    kept = find_exception(event.id, row.id)
    if version != (kept.version if kept else 0):
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    if kept is None:
        kept = CourtesyException(event_id=event.id, registration_id=row.id, version=0)
        db.session.add(kept)
    _write(kept, courtesy)
    kept.note = note.strip()[:250]
    kept.version += 1
    db.session.flush()
    hidden = ("lounge", "car", "escort", "room", "note")
    subject = Subject("registration", row.ref, hidden=hidden)
    record(actor, "courtesy.except", [subject], event_id=event.id)


def end_exception(event: Event, row: Registration, *, actor: Actor) -> None:
    """Give a person what the rank is due again."""
    kept = find_exception(event.id, row.id)
    if kept is not None:
        db.session.delete(kept)
        db.session.flush()
        subject = Subject("registration", row.ref)
        record(actor, "courtesy.end_exception", [subject], event_id=event.id)


def copy_courtesies(from_event_id: int, to_event_id: int) -> dict[int, int]:
    """Copy what ranks are due to an event that has nothing of it yet; ids old to new."""
    there = {row.rank_level_id for row in _courtesies(to_event_id)}
    copies = {}
    for row in _courtesies(from_event_id):
        if row.rank_level_id in there:
            continue
        values = {name: getattr(row, name) for name in asdict(Courtesy())}
        copy = RankCourtesy(
            event_id=to_event_id, rank_level_id=row.rank_level_id, version=1, **values
        )
        db.session.add(copy)
        db.session.flush()
        copies[row.id] = copy.id
    return copies


def _courtesies(event_id: int) -> list[RankCourtesy]:
    query = select(RankCourtesy).where(RankCourtesy.event_id == event_id)
    return list(db.session.scalars(query.order_by(RankCourtesy.id)))


def _write(
    row: RankCourtesy | CourtesyException, courtesy: Courtesy
) -> dict[str, tuple[object, object]]:
    changes = {}
    for name, new in asdict(courtesy).items():
        old = getattr(row, name)
        if old != new:
            changes[name] = (old, new)
        setattr(row, name, new)
    return changes


def _check(courtesy: Courtesy) -> None:
    for name, value, known in (("car", courtesy.car, CARS), ("room", courtesy.room, ROOMS)):
        if value not in known:
            raise Invalid(_("Choose one from the list."), name)
