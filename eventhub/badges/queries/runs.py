"""Print runs, and what was printed in them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.jobs.models import Job


def get_run(event_id: int, ref: str) -> PrintRun:
    """Return a print run of the event; NotFound where there is none of that ref."""
    run = db.session.scalar(select(PrintRun).filter_by(event_id=event_id, ref=ref))
    if run is None:
        raise NotFound
    return run


def reaches(scope: Scope, run: PrintRun) -> bool:
    """Tell whether everybody in the run lies within the scope: the file shows faces (R1.7)."""
    made_for = run.what.get("categories")
    if scope.categories is None:
        return True
    return made_for is not None and scope.categories.issuperset(made_for)


def runs_of(event_id: int, *, limit: int = 50) -> list[PrintRun]:
    """Return the newest runs first."""
    query = select(PrintRun).where(PrintRun.event_id == event_id)
    return list(db.session.scalars(query.order_by(PrintRun.id.desc()).limit(limit)))


def printed_passes(event_id: int, pass_ids: Sequence[int]) -> dict[int, int]:
    """Return the highest issue printed so far, by pass id."""
    query = (
        select(PrintedBadge.pass_id, func.max(PrintedBadge.issue))
        .where(PrintedBadge.event_id == event_id, PrintedBadge.pass_id.in_(pass_ids))
        .group_by(PrintedBadge.pass_id)
    )
    return dict(db.session.execute(query).all())


def count_printed(event_id: int) -> int:
    """Return how many different passes have been printed."""
    query = select(func.count(PrintedBadge.pass_id.distinct()))
    return db.session.scalar(query.where(PrintedBadge.event_id == event_id)) or 0


def job_states(runs: Sequence[PrintRun]) -> dict[int, str]:
    """Return "failed" or "cancelled" for the runs that will not end by themselves, by their id."""
    by_job = {run.job_id: run.id for run in runs if run.state != "done" and run.job_id}
    if not by_job:
        return {}
    query = select(Job.id, Job.state).where(
        Job.id.in_(by_job), Job.state.in_(("failed", "cancelled"))
    )
    return {by_job[job_id]: state for job_id, state in db.session.execute(query)}
