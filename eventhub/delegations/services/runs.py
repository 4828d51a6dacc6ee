"""Letters made together: asked for by a person, made and sent by the worker."""

import time
from collections.abc import Sequence
from typing import Any

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations import messages
from eventhub.delegations.models import Delegation, Invitation, LetterRun
from eventhub.delegations.queries import addresses_of, get_run
from eventhub.delegations.rules import DRAFT
from eventhub.delegations.services.invitations import mark_sent, note_reminded
from eventhub.delegations.services.texts import check_text
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import store_file
from eventhub.i18n import _
from eventhub.jobs.models import Job
from eventhub.jobs.services import queue

PATIENCE_SECONDS = 2.0
MEDIA = {
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "clearance": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    "zip": ("application/zip", "zip"),
}
"""Media type and ending of the file of a run, by form; "mail" has no file."""
KINDS = ("invitation", "reminder")


def start_run(
    event: Event,
    invitations: Sequence[Invitation],
    *,
    form: str,
    kind: str = "invitation",
    actor: Actor,
) -> LetterRun:
    """Ask the worker for the letters of these invitations, as a file or by mail.

    Conflict where one that is to be mailed is not cleared.
    """
    if kind not in KINDS or (form != "mail" and form not in MEDIA):
        raise Invalid(_("Choose one from the list."), "form")
    if not invitations:
        raise Invalid(_("Choose at least one delegation that has an invitation."))
    if form == "mail" and any(one.state == DRAFT for one in invitations):
        raise Conflict(_("Clear the texts of these invitations first."))
    run = LetterRun(
        event_id=event.id,
        what={"kind": kind, "form": form, "invitations": [one.id for one in invitations]},
        started_by=actor.label,
    )
    db.session.add(run)
    db.session.flush()
    run.job_id = queue("delegations.letters", event_id=event.id, run_id=run.id).id
    changes: dict[str, tuple[Any, Any]] = {
        "kind": (None, kind),
        "form": (None, form),
        "letters": (None, len(invitations)),
    }
    subject = Subject("letter_run", run.ref, changes)
    record(actor, "letter.make", [subject], event_id=event.id)
    db.session.flush()
    return run


def start_preview(
    event: Event,
    delegation_id: int,
    text: str,
    *,
    letter: str,
    language: str,
    form: str,
    actor: Actor,
) -> LetterRun:
    """Ask the worker for a letter with this text, saved or not, to a delegation of the event.

    Its code and number are made up. Invalid on "text_<language>" or "shown_for".
    """
    check_text(letter, text, language)
    found = db.session.get(Delegation, delegation_id)
    if found is None or found.event_id != event.id:
        raise Invalid(_("Choose one from the list."), "shown_for")
    what = {"kind": "text", "form": form, "letter": letter, "language": language, "text": text,
            "delegation": delegation_id}  # fmt: skip
    run = LetterRun(event_id=event.id, what=what, started_by=actor.label)
    db.session.add(run)
    db.session.flush()
    run.job_id = queue("delegations.letters", event_id=event.id, run_id=run.id).id
    db.session.flush()
    return run


def wait_for(event_id: int, ref: str) -> bool:
    """Wait at most two seconds for a run to end; tell whether its file is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        db.session.rollback()
        run = get_run(event_id, ref)
        if run.state == "done":
            return run.file_id is not None
        time.sleep(0.1)
    return False


def keep_letters(run: LetterRun, data: bytes, *, letters: int, stem: str) -> None:
    """Keep the file of a run and end it; again changes nothing."""
    if run.state == "done":
        return
    media_type, ending = MEDIA[run.what["form"]]
    stored = store_file(
        data,
        event_id=run.event_id,
        data_class="letter_out",
        name=f"{stem}.{ending}",
        media_type=media_type,
    )
    run.file_id = stored.id
    end_run(run, letters=letters)


def end_run(run: LetterRun, *, letters: int) -> None:
    """Write that a run has ended, and with how many letters."""
    run.letters, run.state, run.ended_at = letters, "done", clock.now()
    db.session.flush()


def mail_letter(run: LetterRun, invitation: Invitation, pdf: bytes, *, stem: str, kind: str) -> int:
    """Send one letter to the contacts of its delegation; return to how many addresses."""
    to = addresses_of(run.event_id, [invitation.delegation_id]).get(invitation.delegation_id, [])
    if not to:
        return 0
    stored = store_file(
        pdf,
        event_id=run.event_id,
        data_class="letter_out",
        name=f"{stem}.pdf",
        media_type="application/pdf",
    )
    if kind == "reminder":
        note_reminded([invitation])
    else:
        mark_sent([invitation], how="mail", actor=SYSTEM, file_id=stored.id)
    messages.send_letter(invitation, stored, to, kind)
    run.letters += 1
    db.session.flush()
    return len(to)


def job_of(run: LetterRun) -> Job | None:
    """Return the job that makes a run."""
    return db.session.get(Job, run.job_id) if run.job_id else None


def file_of(event_id: int, file_id: int | None) -> StoredFile:
    """Return a stored file of the event by its id; NotFound where there is none (yet)."""
    row = db.session.get(StoredFile, file_id) if file_id else None
    if row is None or row.event_id != event_id:
        raise NotFound
    return row
