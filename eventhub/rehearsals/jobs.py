"""Filling a rehearsal behind the pages."""

from eventhub.i18n import use
from eventhub.jobs.runner import Work, handles
from eventhub.rehearsals import services


@handles(services.FILL)
def fill_rehearsal(work: Work) -> dict[str, int]:
    """Let the stand-ins register; a rehearsal that has them, or is gone, is left as it is."""
    with use("en"):
        return services.fill(work.event_id or 0)
