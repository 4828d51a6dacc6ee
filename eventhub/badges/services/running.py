"""Print runs: asked for by a person, made by the worker."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import insert, select

from eventhub.audit.services import Subject, record
from eventhub.badges.faces import drawn_of, kinds_of
from eventhub.badges.frozen import Source, unpacked
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.badges.queries import at_the_gate, chosen, get_run
from eventhub.badges.rules import FILES_KEPT, Choice, Printed, choice_in
from eventhub.badges.sheets import design_of
from eventhub.core import clock
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.files.models import StoredFile
from eventhub.files.sealing import pieces_of
from eventhub.files.services import erase_files, read_whole, store_file
from eventhub.i18n import _
from eventhub.jobs import services as jobs
from eventhub.jobs.models import Job
from eventhub.jobs.rules import BULK, URGENT
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of

PATIENCE_SECONDS = 2.0
CLASS = "badge_run"


def start_run(event: Event, choice: Choice, *, actor: Actor) -> PrintRun:
    """Ask the worker for the badges of a choice; Invalid where it holds nobody.

    The actor's scope is kept with it, and the design as it is now: what becomes of the design
    while the run goes on changes nothing.
    """
    scope = actor.scope("badge.print")
    people = chosen(event, choice, scope)
    if not people:
        raise Invalid(_("Nobody confirmed fits this choice. Choose others, or print all again."))
    limits = sorted(scope.categories) if scope.categories is not None else None
    run = PrintRun(
        event_id=event.id, what={**choice.kept(), "categories": limits},
        design_id=_freeze(event, design_of(event, kinds_of(event, people))), started_by=actor.label,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    priority = URGENT if choice.refs and not choice.covers else BULK
    job = jobs.queue("badges.print_run", event_id=event.id, priority=priority, run_id=run.id)
    run.job_id = job.id
    record(
        actor, "badge.print", [Subject("print_run", run.ref, {"what": (None, choice.kept())})],
        event_id=event.id,
    )  # fmt: skip
    db.session.flush()
    return run


def _freeze(event: Event, source: Source) -> int:
    """Keep a design and return its file's id; that of another run where it is the same."""
    data = source.packed()
    same = (
        select(StoredFile.id)
        .join(PrintRun, PrintRun.design_id == StoredFile.id)
        .where(
            PrintRun.event_id == event.id,
            StoredFile.sha256 == hashlib.sha256(data).hexdigest(),
        )
    )
    there = db.session.scalar(same.limit(1))
    if there is not None:
        return there
    return store_file(
        data, event_id=event.id, data_class=CLASS, name="design",
        media_type="application/octet-stream",
    ).id  # fmt: skip


def wait_for(event_id: int, ref: str) -> bool:
    """Wait at most two seconds for a run to end; tell whether its file is there.

    Outside a transaction: each look is a new one.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        db.session.rollback()
        run = get_run(event_id, ref)
        if run.state == "done":
            return run.file_id is not None
        time.sleep(0.1)
    return False


def choose(run: PrintRun) -> tuple[Event, list[Registration], list[list[Any]]]:
    """Return the run's event, those whose badges can be printed, and who is held back and why."""
    event = get_event_by_id(run.event_id)
    limited = run.what.get("categories")
    scope = Scope(categories=frozenset(limited) if limited is not None else None)
    ready, left_out = [], []
    for one in at_the_gate(event, chosen(event, choice_in(run.what), scope)):
        if one.reasons:
            row = one.registration
            left_out.append([row.ref, name_of(row).full, list(one.reasons)])
        else:
            ready.append(one.registration)
    return event, ready, left_out


def design_in(run: PrintRun, event: Event, people: Sequence[Registration]) -> Source:
    """Return the design that the run was asked for with."""
    kept = db.session.get(StoredFile, run.design_id) if run.design_id else None
    if kept is None:  # a run of before designs were kept
        return design_of(event, kinds_of(event, people))
    return unpacked(read_whole(kept))


def end_run(
    run: PrintRun,
    drawn: Sequence[Printed],
    report: Mapping[str, Any],
    pdf: BinaryIO,
    covers: bytes | None = None,
) -> None:
    """Keep the files, read on from where they stand, and which pass was printed in which issue.

    What is written down is what was drawn, whatever changed meanwhile. Again changes nothing.
    """
    if run.state == "done":
        return
    file = store_file(
        pieces_of(pdf), event_id=run.event_id, data_class=CLASS,
        name=f"badges-{run.ref}.pdf", media_type="application/pdf",
    )  # fmt: skip
    if covers is not None:
        run.covers_id = store_file(
            covers, event_id=run.event_id, data_class=CLASS,
            name=f"envelopes-{run.ref}.pdf", media_type="application/pdf",
        ).id  # fmt: skip
    rows = [
        {"event_id": run.event_id, "pass_id": one.pass_id, "issue": one.face.issue,
         "run_id": run.id, "face": one.digest, "at": clock.now()}
        for one in drawn
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(PrintedBadge), rows)
        _unmark(get_event_by_id(run.event_id), {one.pass_id: one.digest for one in drawn})
    run.file_id, run.badges, run.report = file.id, len(rows), dict(report)
    close_run(run)


def close_run(run: PrintRun) -> None:
    """Let a run be done."""
    run.state, run.ended_at = "done", clock.now()
    db.session.flush()


def cancel_run(run: PrintRun, *, actor: Actor) -> None:
    """Stop a run that waits or is being made; Conflict where it has ended."""
    job = job_of(run)
    if job is None or run.state == "done":
        raise Conflict(_("This run has already ended."))
    jobs.cancel(job)
    record(actor, "badge.cancel", [Subject("print_run", run.ref)], event_id=run.event_id)
    db.session.flush()


def retry_run(run: PrintRun, *, actor: Actor) -> None:
    """Take up a run again that failed or was cancelled, with the design it began with."""
    job = job_of(run)
    if job is None:
        raise Conflict(_("This run has already ended."))
    jobs.retry(job)
    run.state = "waiting"
    record(actor, "badge.retry", [Subject("print_run", run.ref)], event_id=run.event_id)
    db.session.flush()


def job_of(run: PrintRun) -> Job | None:
    """Return the work behind a run."""
    return db.session.get(Job, run.job_id) if run.job_id else None


def ended_before(instant: datetime, *, limit: int = 200) -> list[int]:
    """Return the ids of runs that ended before this and whose files are still there."""
    query = select(PrintRun.id).where(PrintRun.ended_at < instant, PrintRun.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(PrintRun.id).limit(limit)))


def remove_files(run_ids: Sequence[int]) -> None:
    """Remove the files of runs; what was printed stays written down.

    A design that another run was asked for with stays for that one.
    """
    gone: set[int] = set()
    for run in db.session.scalars(select(PrintRun).where(PrintRun.id.in_(run_ids))):
        gone |= {one for one in (run.file_id, run.covers_id, run.design_id) if one is not None}
        run.file_id, run.covers_id, run.design_id, run.removed_at = None, None, None, clock.now()
    db.session.flush()
    shared = set(db.session.scalars(select(PrintRun.design_id).where(PrintRun.design_id.in_(gone))))
    erase_files(gone - shared)


def kept_until(run: PrintRun) -> datetime | None:
    """Return until when the files of a run can be fetched; None before it has ended."""
    return run.ended_at + FILES_KEPT if run.ended_at else None


def _unmark(event: Event, drawn: Mapping[int, str]) -> None:
    """Let nobody need a new badge whose printed one, by pass id, shows what is so now."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.pass_id.in_(drawn),
        Registration.needs_new_badge,
    )
    rows = list(db.session.scalars(query))
    up_to_date = {one.face.ref for one in drawn_of(event, rows) if one.digest == drawn[one.held.id]}
    for row in rows:
        if row.ref in up_to_date:
            row.needs_new_badge = False
