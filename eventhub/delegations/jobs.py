"""Making and sending letters behind the pages."""

import io
import zipfile
from collections.abc import Sequence

from sqlalchemy import select

from eventhub.core.db import db, transaction
from eventhub.delegations import services
from eventhub.delegations.information import make_note_files
from eventhub.delegations.letter_pdf import letters_pdf
from eventhub.delegations.letters import LetterOut, letters_out, sample_letter
from eventhub.delegations.models import Delegation, Invitation, LetterRun
from eventhub.delegations.queries import invitations_by_id
from eventhub.delegations.rules import CLEARED, SILENT
from eventhub.events.queries import get_event_by_id
from eventhub.jobs.runner import Work, handles


@handles("delegations.letters")
def make_letters(work: Work, run_id: int) -> dict[str, int]:
    """Make the letters of one run; a run that is done is left as it is."""
    run = db.session.get_one(LetterRun, run_id)
    if run.state == "done":
        return {"letters": run.letters}
    with transaction():
        run.state = "running"
    event = get_event_by_id(run.event_id)
    rows = invitations_by_id(run.event_id, run.what.get("invitations", ()))
    work.progress(0, len(rows))
    if run.what["form"] == "mail":
        return _mail(work, run, rows)
    if run.what["kind"] == "text":
        about = (run.what[name] for name in ("delegation", "text", "letter", "language"))
        letters = [sample_letter(event, *about)]
    else:
        letters = letters_out(event, _to_make(run, rows), kind=run.what["kind"])
        if not letters:
            with transaction():
                services.end_run(run, letters=0)
            return {"letters": 0}
    data = _made(work, run.what["form"], letters)
    stem = letters[0].file_stem if len(letters) == 1 else f"{event.slug}-letters"
    with transaction():
        services.keep_letters(run, data, letters=len(letters), stem=stem)
    return {"letters": len(letters)}


def _made(work: Work, form: str, letters: Sequence[LetterOut]) -> bytes:
    if form == "pdf":
        return letters_pdf(letters, progress=work.progress)
    if form == "zip":
        return _zipped(work, letters)
    from eventhub.delegations.letter_docx import (  # noqa: PLC0415  (heavy: only for the worker)
        letters_docx,
    )

    return letters_docx(letters, for_clearance=form == "clearance")


def _zipped(work: Work, letters: Sequence[LetterOut]) -> bytes:
    data, used = io.BytesIO(), set[str]()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, one in enumerate(letters, start=1):
            name = one.file_stem if one.file_stem not in used else f"{one.file_stem}-{place}"
            used.add(name)
            archive.writestr(f"{name}.pdf", letters_pdf([one]))
            work.progress(place, len(letters))
    return data.getvalue()


def _mail(work: Work, run: LetterRun, rows: Sequence[Invitation]) -> dict[str, int]:
    """Make and send one after the other, each in its own transaction: none is sent twice."""
    event = get_event_by_id(run.event_id)
    kind = run.what["kind"]
    for place, row in enumerate(rows, start=1):
        if _is_due(row, run, kind):
            letter = letters_out(event, [row], kind=kind)[0]
            pdf = letters_pdf([letter])
            with transaction():
                services.mail_letter(run, row, pdf, stem=letter.file_stem, kind=kind)
        work.progress(place, len(rows))
    with transaction():
        services.end_run(run, letters=run.letters)
    return {"letters": run.letters}


def _to_make(run: LetterRun, rows: Sequence[Invitation]) -> list[Invitation]:
    """Return the invitations whose letters are made: reminders only of those still silent."""
    if run.what["kind"] != "reminder":
        return list(rows)
    ids = [row.delegation_id for row in rows]
    query = select(Delegation.id).where(
        Delegation.event_id == run.event_id, Delegation.id.in_(ids), Delegation.reply == SILENT
    )
    silent = set(db.session.scalars(query))
    return [row for row in rows if row.delegation_id in silent]


def _is_due(row: Invitation, run: LetterRun, kind: str) -> bool:
    """Tell whether the letter is still to be sent: asked again after a worker died, it is not."""
    if kind != "reminder":
        return row.state == CLEARED
    silent = db.session.get_one(Delegation, row.delegation_id).reply == SILENT
    return silent and (row.reminded_at is None or row.reminded_at < run.created_at)


@handles("delegations.information_note")
def make_information_note(_work: Work, note_id: int) -> None:
    """Make the PDF files of an issue of the information note, in each of its languages."""
    make_note_files(note_id)
