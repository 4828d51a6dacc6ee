"""Making the copy of an event, at night or when somebody asks."""

from tempfile import TemporaryFile
from typing import Any

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.queries import get_event_by_id
from eventhub.events.rules import local
from eventhub.exchange import services
from eventhub.exchange.copies.making import make_copy
from eventhub.exchange.services.copying import MAKE_COPY
from eventhub.jobs.runner import Work, handles


@handles(MAKE_COPY)
def copy_event(work: Work, *, by: str) -> dict[str, Any]:
    """Make the copy of the event's public pages and keep it in place of the one before."""
    event_id = work.event_id or 0
    event = get_event_by_id(event_id)
    day = local(clock.now(), event.zone).date()
    with TemporaryFile() as file:
        files = make_copy(event, file, day=day, report=work.progress)
        db.session.rollback()
        with transaction():
            event = get_event_by_id(event_id)
            services.keep_copy(event, file, files=files, made_by=by)
    return {"files": files}
