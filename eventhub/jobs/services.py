"""Queueing, claiming and ending jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from eventhub.core import clock, ids
from eventhub.core.db import db, insert_unless_there, is_sqlite
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.jobs.models import Job
from eventhub.jobs.rules import LEASE, NORMAL, wait_before

LIVE = ("waiting", "running")


def queue(
    name: str,
    *,
    event_id: int | None = None,
    run_at: datetime | None = None,
    once: str | None = None,
    priority: int = NORMAL,
    most_attempts: int = 8,
    **args: Any,
) -> Job:
    """Queue one job in the present transaction; with `once`, the live one of that key is kept."""
    values = _row(name, event_id, run_at, priority, most_attempts, args) | {"once": once}
    insert_unless_there(Job, values)
    if once:
        return db.session.scalars(select(Job).where(Job.once == once)).one()
    return db.session.scalars(select(Job).where(Job.ref == values["ref"])).one()


def queue_many(
    name: str,
    each: Sequence[dict[str, Any]],
    *,
    event_id: int | None = None,
    run_at: datetime | None = None,
    priority: int = NORMAL,
    most_attempts: int = 8,
) -> None:
    """Queue one job for each set of arguments, in one statement."""
    rows = [_row(name, event_id, run_at, priority, most_attempts, args) for args in each]
    if rows:
        db.session.execute(insert(Job), rows)


def _row(
    name: str,
    event_id: int | None,
    run_at: datetime | None,
    priority: int,
    most: int,
    args: dict[str, Any],
) -> dict[str, Any]:
    now = clock.now()
    return {
        "ref": ids.new_ref(),
        "name": name,
        "args": args,
        "event_id": event_id,
        "state": "waiting",
        "priority": priority,
        "run_at": run_at or now,
        "attempts": 0,
        "most_attempts": most,
        "done": 0,
        "total": 0,
        "cancel_asked": False,
        "result": {},
        "created_at": now,
    }


def claim(owner: str, *, up_to: int | None = None) -> Job | None:
    """Take the next due job, or one whose worker died; None where there is nothing to do.

    What has the lowest priority number goes first; `up_to` leaves all above it to others. Call
    inside transaction(). A job that was claimed as often as it may be is a dead letter.
    """
    now = clock.now()
    query = (
        select(Job)
        .where(
            or_(
                (Job.state == "waiting") & (Job.run_at <= now),
                (Job.state == "running") & (Job.leased_until < now),
            )
        )
        .order_by(Job.priority, Job.run_at, Job.id)
        .limit(1)
    )
    if up_to is not None:
        query = query.where(Job.priority <= up_to)
    job = db.session.scalar(query if is_sqlite() else query.with_for_update(skip_locked=True))
    if job is None:
        return None
    if job.cancel_asked:
        _end(job, "cancelled", None)
        return None
    if job.attempts >= job.most_attempts:
        _end(job, "failed", job.error or "The worker died each time it tried.")
        return None
    job.state, job.owner, job.leased_until = "running", owner, now + LEASE
    job.attempts += 1
    db.session.flush()
    return job


def take_back(owner: str) -> int:
    """Let what a worker, surely dead, has left run again at once; return how many jobs."""
    result = db.session.execute(
        update(Job)
        .where(Job.owner == owner, Job.state == "running")
        .values(state="waiting", owner=None, leased_until=None, run_at=clock.now())
    )
    return int(getattr(result, "rowcount", 0))


def beat(job_id: int, owner: str) -> bool:
    """Renew the lease; False where the job belongs to somebody else by now."""
    result = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.owner == owner, Job.state == "running")
        .values(leased_until=clock.now() + LEASE)
    )
    return int(getattr(result, "rowcount", 0)) == 1


def report(job_id: int, owner: str, done: int, total: int) -> bool:
    """Write how far the job is; False where it was cancelled or taken over."""
    result = db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.owner == owner, Job.state == "running", ~Job.cancel_asked)
        .values(done=done, total=total, leased_until=clock.now() + LEASE)
    )
    return int(getattr(result, "rowcount", 0)) == 1


def finish(job_id: int, owner: str, result: dict[str, Any]) -> None:
    """End the job as done, if it is still ours."""
    if (job := _ours(job_id, owner)) is not None:
        _end(job, "cancelled" if job.cancel_asked else "done", None)
        job.result = result


def fail(job_id: int, owner: str, error: str) -> None:
    """Put the job back for later, or end it as a dead letter after its last attempt."""
    job = _ours(job_id, owner)
    if job is None:
        return
    if job.attempts >= job.most_attempts:
        _end(job, "failed", error)
        return
    job.state, job.owner, job.leased_until, job.error = "waiting", None, None, error
    job.run_at = clock.now() + wait_before(job.attempts)


def cancel(job: Job) -> None:
    """Ask the job to stop; one that waits is cancelled at once."""
    if job.state not in LIVE:
        raise Conflict(_("This work has already ended."))
    job.cancel_asked = True
    if job.state == "waiting":
        _end(job, "cancelled", None)


def retry(job: Job) -> None:
    """Queue a dead letter or cancelled job again, its attempts counted anew."""
    if job.state not in ("failed", "cancelled"):
        raise Conflict(_("Only work that failed or was cancelled can be tried again."))
    job.state, job.attempts, job.run_at = "waiting", 0, clock.now()
    job.owner, job.leased_until, job.ended_at, job.cancel_asked = None, None, None, False


def _ours(job_id: int, owner: str) -> Job | None:
    query = select(Job).where(Job.id == job_id, Job.owner == owner, Job.state == "running")
    return db.session.scalar(query.with_for_update())


def _end(job: Job, state: str, error: str | None) -> None:
    job.state, job.error, job.once = state, error, None
    job.owner, job.leased_until, job.ended_at = None, None, clock.now()
