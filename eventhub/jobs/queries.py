"""Asking how the work behind the pages goes."""

from collections.abc import Sequence

from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.jobs.models import Job


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
    """Return for how long the oldest due job has been waiting, 0 where none waits."""
    oldest = db.session.scalar(
        select(func.min(Job.run_at)).where(Job.state == "waiting", Job.run_at <= clock.now())
    )
    return (clock.now() - oldest).total_seconds() if oldest else 0.0
