"""The worker: claims jobs one after another, keeps their leases, reports how they end."""

import os
import secrets
import signal
import socket
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.jobs import services
from eventhub.jobs.queries import has_due
from eventhub.jobs.rules import HEARTBEAT_SECONDS, POLL_SECONDS, SOON

log = structlog.get_logger()


class Cancelled(Exception):
    """The job was cancelled, or belongs to another worker by now: stop where you are."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a handler gets beside its arguments: a way to say how far it is."""

    job_id: int
    owner: str
    event_id: int | None
    is_last_attempt: bool = False
    """If this attempt fails too, nobody tries again without being asked."""

    def progress(self, done: int, total: int) -> None:
        """Write "done of total" where everybody sees it; Cancelled where the job is to stop."""
        with transaction():
            ours = services.report(self.job_id, self.owner, done, total)
        if not ours:
            raise Cancelled


Handler = Callable[..., dict[str, Any] | None]

EXPRESS = "/express"
"""Ends the owner's name of the thread that runs urgent jobs."""

HANDLERS: dict[str, Handler] = {}
EVERY: dict[str, timedelta] = {}
"""Jobs that come round by themselves, and how often."""


def handles(name: str, *, every: timedelta | None = None) -> Callable[[Handler], Handler]:
    """Make the function the handler of jobs of this name: `handler(work, **args)`."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        if every:
            EVERY[name] = every
        return handler

    return register


def new_owner() -> str:
    """Return a name no other worker has: host, process, chance."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def run_one(app: Flask, owner: str, *, up_to: int | None = None) -> bool:
    """Run the next due job, if one is due; tell whether there was one."""
    with app.app_context():
        if not has_due(up_to=up_to):
            return False
        with transaction():
            job = services.claim(owner, up_to=up_to)
            if job is None:
                return False
            job_id, name, args = job.id, job.name, dict(job.args)
            work = Work(job_id, owner, job.event_id, job.attempts >= job.most_attempts)
        with _Heart(app, job_id, owner):
            _run(work, name, args)
    return True


def _run(work: Work, name: str, args: dict[str, Any]) -> None:
    started = time.monotonic()
    try:
        result = HANDLERS[name](work, **args) or {}
    except Cancelled:
        db.session.rollback()
        with transaction():
            services.finish(work.job_id, work.owner, {})
        log.info("job stopped", job=name, id=work.job_id)
    except Exception as error:
        db.session.rollback()
        where = "".join(traceback.format_exception(error, limit=-6))
        log.warning("job failed", job=name, id=work.job_id, error=where)
        with transaction():
            services.fail(work.job_id, work.owner, f"{type(error).__name__}: {error}"[:2000])
    else:
        with transaction():
            services.finish(work.job_id, work.owner, result)
        took = round(time.monotonic() - started, 3)
        log.info("job done", job=name, id=work.job_id, seconds=took)


class _Heart:
    """Renews the lease from a thread of its own while the handler works."""

    def __init__(self, app: Flask, job_id: int, owner: str) -> None:
        self._app, self._job_id, self._owner = app, job_id, owner
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            try:
                with self._app.app_context(), transaction():
                    services.beat(self._job_id, self._owner)
            except SQLAlchemyError as error:  # the next beat may come through
                log.warning("heartbeat missed", id=self._job_id, error=str(error)[:200])


def run_due(app: Flask, *, most: int = 10_000) -> int:
    """Run what is due now, one after another, and return how many; for tests and the loader."""
    owner, count = new_owner(), 0
    while count < most and run_one(app, owner):
        count += 1
    return count


def queue_round(last: dict[str, datetime]) -> None:
    """Queue the jobs that come round by themselves, when their time has come."""
    now = clock.now()
    for name, every in EVERY.items():
        if name not in last or now - last[name] >= every:
            last[name] = now
            with transaction():
                services.queue(name, once=f"round:{name}")


def work_for_ever(app: Flask, name: str | None = None) -> None:
    """Run jobs until SIGTERM or SIGINT; the jobs at hand are finished first.

    What somebody waits for has a thread of its own, so that a mail does not wait for badges.
    Give a name only where each worker of that name is started after the one before has ended:
    what that one left is then taken back at once, without waiting for its lease.
    """
    owner, stop = name or new_owner(), threading.Event()
    last: dict[str, datetime] = {}
    if name:
        with app.app_context(), transaction():
            services.take_back(name)
            services.take_back(f"{name}{EXPRESS}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("worker started", owner=owner)
    express = threading.Thread(target=_run_urgent, args=(app, f"{owner}{EXPRESS}", stop))
    express.start()
    while not stop.is_set():
        with app.app_context():
            queue_round(last)
        if not run_one(app, owner):
            stop.wait(POLL_SECONDS)
    express.join()
    log.info("worker stopped", owner=owner)


def _run_urgent(app: Flask, owner: str, stop: threading.Event) -> None:
    """Run alone what somebody waits for, beside the worker's others, until told to stop."""
    while not stop.is_set():
        try:
            found = run_one(app, owner, up_to=SOON)
        except SQLAlchemyError as error:  # the database may be back at the next look
            log.warning("urgent jobs not read", error=str(error)[:200])
            found = False
        if not found:
            stop.wait(POLL_SECONDS)
