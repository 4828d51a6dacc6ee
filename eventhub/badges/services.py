"""Print runs: asked for by a person, made by the worker."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from sqlalchemy import insert, select

from eventhub.audit.services import Subject, record
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.badges.queries import at_the_gate, get_run, printed_passes
from eventhub.core import clock
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.events.queries import get_event_by_id
from eventhub.files.sealing import pieces_of
from eventhub.files.services import store_file
from eventhub.i18n import _
from eventhub.jobs.rules import BULK, URGENT
from eventhub.jobs.services import queue
from eventhub.passes.queries import passes_by_id
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of

PATIENCE_SECONDS = 2.0


def start_run(event: Event, what: Mapping[str, Any], *, actor: Actor) -> PrintRun:
    """Ask the worker for the badges of a filter; Invalid where it holds nobody.

    `what` is {"all": true}, {"new": true} (not printed in their present issue), {"refs": [...]}
    or {"category": ref}. The actor's scope is kept with it.
    """
    scope = actor.scope("badge.print")
    if not _chosen(event, what, scope):
        raise Invalid(_("Nobody accredited fits this choice yet."))
    run = PrintRun(
        event_id=event.id,
        what={
            **what,
            "categories": sorted(scope.categories) if scope.categories is not None else None,
        },
        started_by=actor.label,
    )
    db.session.add(run)
    db.session.flush()
    priority = URGENT if "refs" in what else BULK
    job = queue("badges.print_run", event_id=event.id, priority=priority, run_id=run.id)
    run.job_id = job.id
    record(
        actor, "badge.print", [Subject("print_run", run.ref, {"what": (None, dict(what))})],
        event_id=event.id,
    )  # fmt: skip
    db.session.flush()
    return run


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
    for one in at_the_gate(event, _chosen(event, run.what, scope)):
        if one.reasons:
            row = one.registration
            left_out.append([row.ref, name_of(row).full, list(one.reasons)])
        else:
            ready.append(one.registration)
    return event, ready, left_out


def end_run(run: PrintRun, registrations: Sequence[Registration], pdf: BinaryIO) -> None:
    """Keep the file, read on from where it stands, and which pass was printed in which issue.

    Again changes nothing.
    """
    if run.state == "done":
        return
    file = store_file(
        pieces_of(pdf), event_id=run.event_id, data_class="badge_run",
        name=f"badges-{run.ref}.pdf", media_type="application/pdf",
    )  # fmt: skip
    passes = passes_by_id(run.event_id, [r.pass_id for r in registrations if r.pass_id])
    rows = [
        {"event_id": run.event_id, "pass_id": p.id, "issue": p.issue, "run_id": run.id,
         "at": clock.now()}
        for p in passes.values()
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(PrintedBadge), rows)
    for row in registrations:
        row.needs_new_badge = False
    run.file_id, run.badges, run.state, run.ended_at = file.id, len(rows), "done", clock.now()
    db.session.flush()


def _chosen(event: Event, what: Mapping[str, Any], scope: Scope) -> list[Registration]:
    """Return the accredited of the filter, in envelope order: by entity, then by number (R4.12)."""
    query = (
        select(Registration)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(Registration.event_id == event.id, Registration.state == "accredited")
        .order_by(Entity.code, Category.place, Registration.number, Registration.id)
    )
    if scope.categories is not None:
        query = query.where(Registration.category_id.in_(scope.categories))
    if "refs" in what:
        query = query.where(Registration.ref.in_(what["refs"]))
    if "category" in what:
        query = query.where(Category.ref == what["category"])
    rows = list(db.session.scalars(query))
    if what.get("new"):
        ids = [r.pass_id for r in rows if r.pass_id]
        printed, passes = printed_passes(event.id, ids), passes_by_id(event.id, ids)
        rows = [
            r for r in rows
            if r.pass_id and printed.get(r.pass_id, 0) < passes[r.pass_id].issue
        ]  # fmt: skip
    return rows
