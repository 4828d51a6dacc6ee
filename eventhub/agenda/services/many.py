"""Writing many sessions at once, with as many statements as for a few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from eventhub.agenda.models import Session, Slot
from eventhub.agenda.queries import find_programme
from eventhub.agenda.services.sessions import SessionValues, write_values
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.ids import new_ref
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open

Parts = Sequence[tuple[int, str]]
"""Who speaks in a session: (speaker id, role), in the order of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session that is to be: a new one where there is no row; its parts, None to leave them."""

    values: SessionValues
    session: Session | None = None
    status: str | None = None
    parts: Parts | None = None


def write_sessions(event: Event, entries: Sequence[Entry], *, actor: Actor) -> list[Session]:
    """Add and change sessions of the draft, return them in the order given.

    Invalid with its field where one cannot be; codes have to be free, which the caller looks at.
    Rows were read in this transaction, so that nobody changes them meanwhile.
    """
    check_open(event)
    rows = []
    with db.session.no_autoflush:
        for entry in entries:
            row = entry.session or Session(event_id=event.id, ref=new_ref())
            write_values(event, row, entry.values)
            row.status = entry.status or row.status or "confirmed"
            if entry.session is not None:
                row.version += 1
                row.changed_at = clock.now()
            rows.append(row)
    db.session.flush()
    fresh = [row for row, entry in zip(rows, entries, strict=True) if entry.session is None]
    inserted = _insert(event.id, fresh)
    rows = [inserted.get(row.ref, row) for row in rows]
    _write_parts(event.id, {
        row.id: entry.parts for row, entry in zip(rows, entries, strict=True)
        if entry.parts is not None
    })  # fmt: skip
    for action, is_new in (("session.add", True), ("session.change", False)):
        told = [
            Subject("session", row.ref, {"code": (None, row.code)})
            for row, entry in zip(rows, entries, strict=True)
            if (entry.session is None) is is_new
        ]
        if told:
            record(actor, action, told, event_id=event.id)
    return rows


def _insert(event_id: int, rows: Sequence[Session]) -> dict[str, Session]:
    """Insert these in one statement and return them as they are stored, by ref."""
    if not rows:
        return {}
    columns = inspect(Session).column_attrs
    db.session.execute(
        insert(Session),
        [{one.key: row.__dict__[one.key] for one in columns if one.key in row.__dict__}
         for row in rows],
    )  # fmt: skip
    query = select(Session).where(
        Session.event_id == event_id, Session.ref.in_([row.ref for row in rows])
    )
    return {row.ref: row for row in db.session.scalars(query)}


def remove_sessions(event: Event, sessions: Sequence[Session], *, actor: Actor) -> list[Session]:
    """Remove sessions that were never published and on which nothing counts; return them.

    The others stay as they are.
    """
    check_open(event)
    programme = find_programme(event.id)
    published = {frozen.uid for frozen in programme.sessions} if programme else set()
    fresh = [row for row in sessions if row.uid not in published]
    removed = fresh if _removed(fresh) else [row for row in fresh if _removed([row])]
    if removed:
        told = [Subject("session", row.ref, {"code": (row.code, None)}) for row in removed]
        record(actor, "session.remove", told, event_id=event.id)
    return removed


def _removed(sessions: Sequence[Session]) -> bool:
    """Remove sessions, all or none; tell whether they are gone."""
    ids = [row.id for row in sessions]
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Slot).where(Slot.session_id.in_(ids)))
            for row in sessions:
                db.session.delete(row)
    except IntegrityError:
        return False
    return True


def _write_parts(event_id: int, parts: Mapping[int, Parts]) -> None:
    """Let these sessions have these parts; what speakers answered to parts that stay is kept."""
    if not parts:
        return
    query = select(Slot).where(Slot.event_id == event_id, Slot.session_id.in_(parts))
    kept = {(row.session_id, row.speaker_id, row.role): row for row in db.session.scalars(query)}
    new = []
    for session_id, named in parts.items():
        for place, (speaker_id, role) in enumerate(named):
            if row := kept.pop((session_id, speaker_id, role), None):
                row.place = place
            else:
                new.append({
                    "event_id": event_id, "session_id": session_id, "speaker_id": speaker_id,
                    "role": role, "place": place,
                })  # fmt: skip
    db.session.flush()
    if new:
        db.session.execute(insert(Slot), new)
    if kept:
        gone = [row.id for row in kept.values()]
        db.session.execute(delete(Slot).where(Slot.id.in_(gone)))
