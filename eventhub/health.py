"""Whether the application lives, and whether it can serve."""

import os

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from eventhub.config import Settings
from eventhub.core.db import reachable
from eventhub.jobs.queries import seconds_behind
from eventhub.web.access import PUBLIC, requires

WORKER_LATE_SECONDS = 60


def register(app: Flask) -> None:
    """Answer /healthz and /readyz."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


@requires(PUBLIC)
def healthz() -> ResponseReturnValue:
    """Answer that the process lives."""
    return {"status": "ok"}


@requires(PUBLIC)
def readyz() -> ResponseReturnValue:
    """Answer whether database, folders and worker are in order; 503 where one is not."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    checks = {"files": os.access(settings.folder("files"), os.W_OK), **_database()}
    return {"ready": all(checks.values()), **checks}, 200 if all(checks.values()) else 503


def _database() -> dict[str, bool]:
    try:
        return {"database": reachable(), "worker": seconds_behind() < WORKER_LATE_SECONDS}
    except SQLAlchemyError:
        return {"database": False, "worker": False}
