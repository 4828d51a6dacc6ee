"""Work behind the pages: digests for officers, papers, and the purge after the event."""

from datetime import timedelta
from typing import Any

from eventhub.arrivals.queries.travel import KEY
from eventhub.arrivals.services import liaison, paper, tidying
from eventhub.core.db import transaction
from eventhub.jobs.runner import Work, handles
from eventhub.keys.ring import ring

SHEET = "arrivals.print_sheet"
HEADS = "arrivals.print_heads"


@handles("arrivals.tell", every=timedelta(minutes=15))
def tell(_work: Work) -> dict[str, Any]:
    """Tell liaison officers what changed, each once an hour at most."""
    with transaction():
        return {"digests": liaison.tell_officers()}


@handles("arrivals.purge", every=timedelta(days=1))
def purge(_work: Work) -> dict[str, Any]:
    """Delete journeys of events that ended seven days ago, and destroy their key."""
    purged = tidying.events_to_purge()
    for event_id in purged:
        with transaction():
            tidying.purge(event_id)
        ring().destroy_event_key(event_id, KEY)
    return {"events": len(purged)}


@handles(SHEET)
def print_sheet(
    work: Work, delegation_id: int, categories: list[int] | None, language: str
) -> dict[str, Any]:
    """Make the sheet of a delegation."""
    event_id = work.event_id or 0
    pdf, name = paper.sheet_paper(event_id, delegation_id, categories, language)
    with transaction():
        return {"file": paper.keep_paper(event_id, pdf, name)}


@handles(HEADS)
def print_heads(work: Work, shown: list[int], language: str, has_arrivals: bool) -> dict[str, Any]:
    """Make the list of heads."""
    event_id = work.event_id or 0
    pdf, name = paper.heads_paper(event_id, shown, language, has_arrivals=has_arrivals)
    with transaction():
        return {"file": paper.keep_paper(event_id, pdf, name)}
