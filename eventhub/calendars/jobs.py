"""Telling calendars by mail what changed."""

from typing import Any

from eventhub.calendars import services
from eventhub.calendars.services.telling import TELL
from eventhub.core.db import transaction
from eventhub.jobs.runner import Work, handles


@handles(TELL)
def tell(work: Work) -> dict[str, Any]:
    """Tell those who asked for mail what changed of their sessions; twice tells nothing twice."""
    with transaction():
        return {"mails": services.tell_news(work.event_id or 0)}
