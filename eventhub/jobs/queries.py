"""Asking how the work behind the pages goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.jobs.models import Job
from eventhub.jobs.rules import JUST_NOW


def has_due(*, up_to: int | None = None) -> bool:
    """Tell whether a job is due or was left by a dead worker, without taking any lock."""
    now = clock.now()
    waiting = (Job.state == "waiting") & (Job.run_at <= now)
    left = (Job.state == "running") & (Job.leased_until < now)
    query = select(Job.id).where(waiting | left).limit(1)
    if up_to is not None:
        query = query.where(Job.priority <= up_to)
    return db.session.scalar(query) is not None


def find_job(ref: str, *, event_id: int | None) -> Job | None:
    """Return a job of the event (None: of the installation) by its ref."""
    return db.session.scalar(select(Job).where(Job.ref == ref, Job.event_id == event_id))


def find_live(once: str) -> Job | None:
    """Return the job queued once under this name that waits or runs; None where none does."""
    return db.session.scalar(select(Job).where(Job.once == once))


def get_job(ref: str) -> Job:
    """Return a job of any event by its ref; NotFound where there is none."""
    job = db.session.scalar(select(Job).where(Job.ref == ref))
    if job is None:
        raise NotFound
    return job


def get_jobs(states: Sequence[str], *, limit: int = 100) -> list[Job]:
    """Return the newest jobs in these states, of the whole installation, newest first."""
    query = select(Job).where(Job.state.in_(states)).order_by(Job.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def count_by_state() -> dict[str, int]:
    """Return how many jobs are in each state."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    return dict(rows.all())


def seconds_behind() -> float:
    """Return for how long the oldest due job waits for a worker, 0 where one is at work.

    A long queue that goes forward is not behind, whatever its oldest job says.
    """
    now = clock.now()
    oldest = db.session.scalar(
        select(func.min(Job.run_at)).where(Job.state == "waiting", Job.run_at <= now)
    )
    if oldest is None or _is_worked_on(now):
        return 0.0
    return (now - oldest).total_seconds()


def _is_worked_on(now: datetime) -> bool:
    """Tell whether a worker holds a job, or has just ended one."""
    held = select(Job.id).where(Job.state == "running", Job.leased_until >= now)
    ended = select(Job.id).where(Job.ended_at > now - JUST_NOW)
    return any(db.session.scalar(query.limit(1)) is not None for query in (held, ended))
