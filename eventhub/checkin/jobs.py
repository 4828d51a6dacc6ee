"""What the worker does for the day."""

from datetime import timedelta

from sqlalchemy import select

from eventhub.checkin.queries.joining import LOG_CLASS
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files
from eventhub.jobs.runner import Work, handles

LOGS_KEPT = timedelta(days=1)
"""How long the log of a meeting waits for being counted; it names whoever was there."""


@handles("checkin.forget_logs", every=timedelta(hours=6))
def forget_logs(_work: Work) -> dict[str, int]:
    """Remove logs that nobody counted."""
    query = select(StoredFile.id).where(
        StoredFile.data_class == LOG_CLASS, StoredFile.created_at < clock.now() - LOGS_KEPT
    )
    with transaction():
        files = list(db.session.scalars(query))
        erase_files(files)
    return {"files": len(files)}
