"""What events do by themselves."""

from datetime import timedelta

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events import services
from eventhub.events.queries import due_rehearsals, find_event_by_id
from eventhub.jobs.runner import Work, handles


@handles("events.erase_rehearsals", every=timedelta(days=1))
def erase_rehearsals(work: Work) -> dict[str, int]:
    """Erase the rehearsals whose day has come, one in each transaction."""
    due = due_rehearsals(clock.now().date())
    erased = 0
    for done, event_id in enumerate(due):
        work.progress(done, len(due))
        with transaction():
            event = find_event_by_id(event_id)
            gone = services.erase_event(event, actor=SYSTEM) if event else []
        services.destroy_keys(gone)
        erased += len(gone)
    return {"erased": erased}
