"""The programme by spreadsheet: kept, looked at, carried out, undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from eventhub.agenda.models import Session
from eventhub.agenda.queries import load_draft
from eventhub.agenda.services import (
    Entry,
    SessionValues,
    add_speaker,
    add_track,
    remove_sessions,
    write_sessions,
)
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.events.services import add_room
from eventhub.exchange.columns import Field, Whole, whole_of
from eventhub.exchange.models import ImportedSession, ProgrammeImport
from eventhub.exchange.planning import Planner, Wanted
from eventhub.exchange.rules import MAKES, Line, Outcome, Outlook
from eventhub.files.models import StoredFile
from eventhub.files.services import remove_file, store_file
from eventhub.i18n import Translated, _


def keep_import(event_id: int, *, data: bytes, name: str, actor: Actor) -> ProgrammeImport:
    """Keep a file as it was sent, so that nothing of it is lost whatever is wrong with it."""
    file = store_file(
        data,
        event_id=event_id,
        data_class="normal",
        name=name or "table",
        media_type="application/octet-stream",
    )
    row = ProgrammeImport(
        event_id=event_id, file_id=file.id, name=name[:250], started_by=actor.label[:250]
    )
    db.session.add(row)
    db.session.flush()
    _record(row, "programme_import.send", actor)
    return row


def read_as(
    row: ProgrammeImport, *, encoding: str, columns: Mapping[str, str], makes: Sequence[str]
) -> None:
    """Say how the letters of a file are read, which of its columns is what, and what is made."""
    _check_waiting(row)
    row.encoding, row.columns = encoding, dict(columns)
    row.makes = [kind for kind in MAKES if kind in makes]
    db.session.flush()


def look(
    event: Event, fields: Sequence[Field], lines: Sequence[Line], *, makes: Sequence[str]
) -> Outlook:
    """Return what would become of each row now; nothing is written."""
    return Planner(event, load_draft(event.id), fields, makes).plan(lines)


def apply_import(
    event: Event,
    row: ProgrammeImport,
    fields: Sequence[Field],
    lines: Sequence[Line],
    *,
    only_good: bool,
    seen: str,
    actor: Actor,
) -> ProgrammeImport:
    """Carry out all rows, or the good ones, in one transaction.

    `seen` is the digest of what the person saw: Conflict where it is something else by now.
    """
    db.session.refresh(row, with_for_update=True)
    _check_waiting(row)
    draft = load_draft(event.id)
    planner = Planner(event, draft, fields, row.makes)
    outlook = planner.plan(lines)
    if outlook.digest != seen:
        raise Conflict(_("Something changed meanwhile. Look at the rows again."))
    if outlook.counts[Outcome.FAULTY] and not only_good:
        raise Conflict(_("Some rows have errors. Correct them, or import the good rows only."))
    if not planner.wanted:
        raise Conflict(_("No row brings anything new."))
    before = [whole_of(draft, one.session) if one.session else None for one in planner.wanted]
    ids = _make(event, planner, len(draft.tracks), actor=actor)
    entries = [_entry(one, ids) for one in planner.wanted]
    written = write_sessions(event, entries, actor=actor)
    done = zip(planner.wanted, written, before, strict=True)
    rows = [_done(row, one, session, old) for one, session, old in done]
    db.session.execute(insert(ImportedSession), rows)
    row.state, row.applied_at, row.counts = "applied", clock.now(), outlook.counts
    _forget_file(row)
    changes = {name: (0, count) for name, count in row.counts.items()}
    _record(row, "programme_import.apply", actor, changes)
    return row


def undo_import(event: Event, row: ProgrammeImport, *, actor: Actor) -> tuple[int, int]:
    """Take back what an import did to sessions that nobody has touched since.

    Return how many sessions were removed and how many are again as they were. What was published
    meanwhile, or has seats or a door, stays; so do rooms, tracks and speakers that were made.
    """
    db.session.refresh(row, with_for_update=True)
    if row.state != "applied":
        raise Conflict(_("This import was not carried out, or is undone already."))
    pairs = [
        (done, session) for done, session in rows_of_import(row) if is_untouched(done, session)
    ]
    new = [session for done, session in pairs if done.outcome == Outcome.CREATED and session]
    removed = remove_sessions(event, new, actor=actor)
    restored = _restore(
        event, [pair for pair in pairs if pair[0].outcome == Outcome.UPDATED], actor
    )
    row.state, row.undone_at = "undone", clock.now()
    changes = {"removed": (0, len(removed)), "restored": (0, restored)}
    _record(row, "programme_import.undo", actor, changes)
    return len(removed), restored


def rows_of_import(row: ProgrammeImport) -> list[tuple[ImportedSession, Session | None]]:
    """Return what each row did, with the session as it is now, None where it is gone."""
    query = (
        select(ImportedSession, Session)
        .outerjoin(
            Session,
            (Session.ref == ImportedSession.session_ref) & (Session.event_id == row.event_id),
        )
        .where(ImportedSession.import_id == row.id)
        .order_by(ImportedSession.number)
    )
    return [(done, session) for done, session in db.session.execute(query)]


def is_untouched(done: ImportedSession, session: Session | None) -> bool:
    """Tell whether the session is still as the import left it."""
    return session is not None and session.version == done.version


def _make(event: Event, planner: Planner, place: int, *, actor: Actor) -> dict[str, dict[int, int]]:
    """Make what the rows name and the event has not; return ids by those of the plan."""
    ids: dict[str, dict[int, int]] = {kind: {} for kind in MAKES}
    language = event.languages[0]
    made = planner.made()
    for id_, name in made["rooms"].items():
        names = Translated({language: name})
        ids["rooms"][id_] = add_room(event, code=name[:40], names=names, actor=actor).id
    for number, (id_, name) in enumerate(made["tracks"].items(), start=place + 1):
        titles = Translated({language: name})
        ids["tracks"][id_] = add_track(event.id, name[:40], titles, place=number, actor=actor).id
    for id_, name in made["speakers"].items():
        speaker = add_speaker(event.id, printed_name=name, posts=Translated(), actor=actor)
        ids["speakers"][id_] = speaker.id
    return ids


def _entry(one: Wanted, ids: Mapping[str, Mapping[int, int]]) -> Entry:
    values, speakers = one.whole.values, ids["speakers"]
    room, track = values.room_id, values.track_id
    values = replace(
        values,
        room_id=ids["rooms"].get(room, room) if room else None,
        track_id=ids["tracks"].get(track, track) if track else None,
    )
    parts = [(speakers.get(id_, id_), role) for id_, role in one.whole.parts]
    has_parts = "speakers" in one.planned.changes
    return Entry(values, one.session, one.whole.status, parts if has_parts else None)


def _done(
    row: ProgrammeImport, one: Wanted, session: Session, before: Whole | None
) -> dict[str, Any]:
    return {
        "event_id": row.event_id,
        "import_id": row.id,
        "session_ref": session.ref,
        "number": one.planned.line.number,
        "outcome": str(one.planned.outcome),
        "version": session.version,
        "before": _packed(before) if before else {},
    }


def _restore(
    event: Event, pairs: Sequence[tuple[ImportedSession, Session | None]], actor: Actor
) -> int:
    """Write again what stood there before; a code that another session has by now is left."""
    if not pairs:
        return 0
    draft = load_draft(event.id)
    codes = {fold(one.code): one.id for one in (*draft.sessions, *draft.tray)}
    entries = []
    for done, session in pairs:
        old = _unpacked(done.before)
        is_free = session is not None and codes.get(fold(old.values.code), session.id) == session.id
        room, track = old.values.room_id, old.values.track_id
        if (
            not is_free
            or (room and room not in draft.rooms)
            or (track and track not in draft.tracks)
        ):
            continue
        parts = [part for part in old.parts if part[0] in draft.speakers]
        entries.append(Entry(old.values, session, old.status, parts))
    return len(write_sessions(event, entries, actor=actor))


def _packed(whole: Whole) -> dict[str, Any]:
    """Return what was said of a session as JSON."""
    values = {n: getattr(whole.values, n) for n in SessionValues.__dataclass_fields__}
    plain = {
        name: dict(value) if isinstance(value, Translated)
        else value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }  # fmt: skip
    return {"values": plain, "parts": whole.parts, "status": whole.status}


def _unpacked(stored: Mapping[str, Any]) -> Whole:
    """Return what `_packed` was given."""
    values: dict[str, Any] = dict(stored["values"])
    for name, value in values.items():
        if isinstance(value, dict):
            values[name] = Translated(value)
        elif name in ("starts", "ends"):
            values[name] = datetime.fromisoformat(value)
        elif isinstance(value, list):
            values[name] = tuple(tuple(one) if isinstance(one, list) else one for one in value)
    parts = tuple((id_, role) for id_, role in stored["parts"])
    return Whole(SessionValues(**values), parts, stored["status"])


def _forget_file(row: ProgrammeImport) -> None:
    file = db.session.get(StoredFile, row.file_id) if row.file_id else None
    row.file_id = None
    db.session.flush()
    if file is not None:
        remove_file(file)


def _check_waiting(row: ProgrammeImport) -> None:
    if row.state != "sent":
        raise Conflict(_("This file was imported already. Send it again to import it once more."))


def _record(
    row: ProgrammeImport, action: str, actor: Actor, changes: Mapping[str, Any] | None = None
) -> None:
    subject = Subject("programme_import", row.ref, changes or {})
    record(actor, action, [subject], event_id=row.event_id)
