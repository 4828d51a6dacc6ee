"""Test scores by spreadsheet: kept, looked at, carried out, undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from eventhub.attendance.models import ImportedScore, ScoreImport
from eventhub.attendance.queries.imports import rows_of_import, scores_of
from eventhub.attendance.queries.standings import participants_of
from eventhub.attendance.rules.scores import Line, Outcome, Outlook, Planned
from eventhub.attendance.services.results import write_scores
from eventhub.audit.services import Subject, record
from eventhub.checkin.join_logs import SHARED, Book, Seen, book_of
from eventhub.checkin.queries.joining import known_to_logs
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import remove_file, store_file
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.registration.queries import printed_name
from eventhub.sheets.importing import Fault

CORRECT = "attendance.correct"


def keep_import(event_id: int, *, data: bytes, name: str, actor: Actor) -> ScoreImport:
    """Keep a file as it was sent, so that nothing of it is lost whatever is wrong with it."""
    file = store_file(
        data, event_id=event_id, data_class="normal", name=name or "table",
        media_type="application/octet-stream",
    )  # fmt: skip
    row = ScoreImport(
        event_id=event_id, file_id=file.id, name=name[:250], started_by=actor.label[:250]
    )
    db.session.add(row)
    db.session.flush()
    _record(row, "score_import.send", actor)
    return row


def read_as(row: ScoreImport, *, encoding: str, columns: Mapping[str, str]) -> None:
    """Say how the letters of a file are read, and which of its columns is what."""
    _check_waiting(row)
    row.encoding, row.columns = encoding, dict(columns)
    db.session.flush()


def look(event: Event, lines: Sequence[Line], *, actor: Actor) -> Outlook:
    """Return what would become of each row now, for the people in reach; nothing is written."""
    reach = {person.id: person for person, _code in participants_of(event.id, actor.scope(CORRECT))}
    known = [one for one in known_to_logs(event.id, event.languages) if one.id in reach]
    book, scores = book_of(known), scores_of(event.id)
    rows: list[Planned] = []
    taken: dict[int, int] = {}
    for line in lines:
        planned = _planned(line, book, reach, scores)
        earlier = taken.setdefault(planned.registration_id, line.number)
        if planned.registration_id and earlier != line.number:
            fault = Fault("ref", _("This person stands in row %(row)s already.", row=earlier))
            planned = _faulty(line, fault)
        rows.append(planned)
    return Outlook(rows)


def _planned(
    line: Line, book: Book, reach: Mapping[int, Registration], scores: Mapping[int, float | None]
) -> Planned:
    found = book.find(Seen(line.number, line.ref, line.name, line.email))
    if isinstance(found, str):
        several = _("Several people may be meant. Write the reference.")
        nobody = _("No confirmed participant is called so.")
        return _faulty(line, Fault("ref", several if found == SHARED else nobody))
    if line.faults:
        return _faulty(line, *line.faults)
    person, before = reach[found], scores.get(found)
    if before == line.score:
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.CREATED if before is None else Outcome.UPDATED
    return Planned(line, outcome, found, person.ref, printed_name(person), before)


def _faulty(line: Line, *faults: Fault) -> Planned:
    return Planned(line, Outcome.FAULTY, name=line.name or line.ref, faults=faults)


def apply_import(
    event: Event, row: ScoreImport, lines: Sequence[Line], *, only_good: bool, seen: str,
    actor: Actor,
) -> ScoreImport:  # fmt: skip
    """Carry out all rows, or the good ones, in one transaction.

    `seen` is the digest of what the person saw: Conflict where it is something else by now.
    """
    db.session.refresh(row, with_for_update=True)
    _check_waiting(row)
    outlook = look(event, lines, actor=actor)
    if outlook.digest != seen:
        raise Conflict(_("Something changed meanwhile. Look at the rows again."))
    if outlook.counts[Outcome.FAULTY] and not only_good:
        raise Conflict(_("Some rows have errors. Correct them, or import the good rows only."))
    wanted = [one for one in outlook.rows if one.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    if not wanted:
        raise Conflict(_("No row brings anything new."))
    write_scores(event.id, {one.registration_id: one.line.score for one in wanted}, actor=actor)
    db.session.execute(insert(ImportedScore), [_done(row, one) for one in wanted])
    row.state, row.applied_at, row.counts = "applied", clock.now(), outlook.counts
    _forget_file(row)
    _record(row, "score_import.apply", actor, {n: (0, c) for n, c in row.counts.items()})
    return row


def undo_import(event: Event, row: ScoreImport, *, actor: Actor) -> int:
    """Put back what stood there, where nobody has written another score since; return how many."""
    db.session.refresh(row, with_for_update=True)
    if row.state != "applied":
        raise Conflict(_("This import was not carried out, or is undone already."))
    before = {
        done.registration_id: done.before
        for done, _person, now in rows_of_import(row)
        if is_untouched(done, now)
    }
    if before:
        write_scores(event.id, before, actor=actor)
    row.state, row.undone_at = "undone", clock.now()
    _record(row, "score_import.undo", actor, {"restored": (0, len(before))})
    return len(before)


def is_untouched(done: ImportedScore, now: float | None) -> bool:
    """Tell whether the score is still as the import left it."""
    return done.score == now


def _done(row: ScoreImport, one: Planned) -> dict[str, Any]:
    return {
        "event_id": row.event_id, "import_id": row.id, "registration_id": one.registration_id,
        "number": one.line.number, "outcome": str(one.outcome), "score": one.line.score,
        "before": one.before,
    }  # fmt: skip


def _forget_file(row: ScoreImport) -> None:
    file = db.session.get(StoredFile, row.file_id) if row.file_id else None
    row.file_id = None
    db.session.flush()
    if file is not None:
        remove_file(file)


def _check_waiting(row: ScoreImport) -> None:
    if row.state != "sent":
        raise Conflict(_("This file was imported already. Send it again to import it once more."))


def _record(
    row: ScoreImport, action: str, actor: Actor, changes: Mapping[str, Any] | None = None
) -> None:
    record(actor, action, [Subject("score_import", row.ref, changes or {})], event_id=row.event_id)
