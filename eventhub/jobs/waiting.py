"""Waiting a moment for work that is usually done at once, before a page says that it goes on."""

import time

from eventhub.core.db import db
from eventhub.jobs.queries import find_job

PATIENCE_SECONDS = 2.0


def wait_for_job(ref: str, *, event_id: int | None) -> None:
    """Wait until the job has ended, two seconds at most. Outside a transaction."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        db.session.rollback()
        job = find_job(ref, event_id=event_id)
        if job is None or job.state not in ("waiting", "running"):
            return
        time.sleep(0.1)
