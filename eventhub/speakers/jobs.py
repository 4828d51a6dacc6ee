"""Work behind the pages: the purge after the event."""

from datetime import timedelta
from typing import Any

from eventhub.core.db import transaction
from eventhub.jobs.runner import Work, handles
from eventhub.keys.ring import ring
from eventhub.speakers.queries import KEY
from eventhub.speakers.services.tidying import events_to_purge
from eventhub.speakers.services.tidying import purge as purge_event


@handles("speakers.purge", every=timedelta(days=1))
def purge(_work: Work) -> dict[str, Any]:
    """Blank what speakers said of zone, times and needs a week after the event; destroy the key."""
    purged = events_to_purge()
    for event_id in purged:
        with transaction():
            purge_event(event_id)
        ring().destroy_event_key(event_id, KEY)
    return {"events": len(purged)}
