"""Runs: certificates issued and made together by one job that can be taken up again (R5.9)."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from eventhub.attendance.queries import Standing
from eventhub.audit.services import Subject, record
from eventhub.certificates.models import Certificate, CertificateRun
from eventhub.certificates.services.documents import keep_documents, make_document
from eventhub.certificates.services.issuing import entitled, issue_to
from eventhub.certificates.services.speakers import issue_to_speakers
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event
from eventhub.events.queries import get_event_by_id
from eventhub.jobs.rules import BULK
from eventhub.jobs.services import queue

ISSUED_TOGETHER = 200
"""People issued to in one transaction: others can write in between."""
CHUNK = 50
CHUNK_SECONDS = 0.7
"""A chunk ends after so many files or so long, so that progress is seen each second."""

Progress = Callable[[int, int], None]


def start_run(
    event: Event, what: Mapping[str, Any], *, tell: bool = True, actor: Actor
) -> CertificateRun:
    """Ask the worker to issue and make the certificates of a filter; see CertificateRun.what."""
    reach = actor.scope("certificate.issue").categories
    run = CertificateRun(
        event_id=event.id, tells=tell, started_label=actor.label[:250],
        started_by=actor.id if actor.kind == "account" else None,
        what={**what, "categories": sorted(reach) if reach is not None else None},
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    job = queue("certificates.run", event_id=event.id, priority=BULK, run_id=run.id)
    run.job_id = job.id
    subject = Subject("certificate_run", run.ref, {"what": (None, dict(what))})
    record(actor, "certificate.run", [subject], event_id=event.id)
    db.session.flush()
    return run


def issue_at_once(event: Event, run: CertificateRun, *, actor: Actor) -> list[Certificate]:
    """Issue within this transaction to all participants a run asks for; the worker makes files."""
    made = issue_to(event, _chosen(event, run.what), by_name=False, run_id=run.id, actor=actor)
    run.state = "making"
    db.session.flush()
    return made


def work_off(run: CertificateRun, progress: Progress) -> int:
    """Issue and make what a run asks for and return how many; outside a transaction.

    Taken up again after a worker died, it goes on where that one stopped: each transaction keeps
    whole certificates, and what has its file is not made again.
    """
    if run.state == "waiting":
        _issue_all(run)
    total = _count(run, everything=True)
    progress(total - _count(run), total)
    while chunk := _waiting(run):
        made = list(_make(chunk))
        with transaction():
            keep_documents(made, tell=run.tells)
        progress(total - _count(run), total)
    with transaction():
        run.state, run.made, run.ended_at = "done", total, clock.now()
    return total


def _issue_all(run: CertificateRun) -> None:
    """Number everybody in chunks; who was numbered before the worker died has one already."""
    event = get_event_by_id(run.event_id)
    actor = Actor("account" if run.started_by else "system", run.started_by, run.started_label)
    if run.what.get("speakers"):
        with transaction():
            issue_to_speakers(event, run_id=run.id, actor=actor)
    else:
        wanted = _chosen(event, run.what)
        for start in range(0, len(wanted), ISSUED_TOGETHER):
            some = wanted[start : start + ISSUED_TOGETHER]
            with transaction():
                issue_to(event, some, by_name=False, run_id=run.id, actor=actor)
    with transaction():
        run.state = "making"


def _chosen(event: Event, what: Mapping[str, Any]) -> list[Standing]:
    """Return who reached a level and is meant by the filter."""
    found = entitled(event)
    if what.get("categories") is not None:
        found = [one for one in found if one.registration.category_id in what["categories"]]
    if "level" in what:
        found = [one for one in found if one.verdict.level == what["level"]]
    if "category" in what:
        wanted = select(Category.id).where(
            Category.event_id == event.id, Category.ref == what["category"]
        )
        category = db.session.scalar(wanted)
        found = [one for one in found if one.registration.category_id == category]
    return found


def _waiting(run: CertificateRun) -> list[Certificate]:
    query = select(Certificate).where(
        Certificate.run_id == run.id, Certificate.sha256.is_(None), Certificate.state == "valid"
    )
    return list(db.session.scalars(query.order_by(Certificate.number).limit(CHUNK)))


def _make(chunk: list[Certificate]) -> Iterator[tuple[int, bytes]]:
    until = time.monotonic() + CHUNK_SECONDS
    for certificate in chunk:
        yield certificate.id, make_document(certificate)
        if time.monotonic() > until:
            return


def _count(run: CertificateRun, *, everything: bool = False) -> int:
    query = select(func.count(Certificate.id)).where(Certificate.run_id == run.id)
    if not everything:
        query = query.where(Certificate.sha256.is_(None), Certificate.state == "valid")
    return db.session.scalar(query) or 0
