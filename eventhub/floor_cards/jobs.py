"""The sheet of floor cards, made by the worker."""

from typing import Any

from eventhub.core.db import transaction
from eventhub.floor_cards import services
from eventhub.jobs.runner import Work, handles

SHEET = "floor_cards.sheet"


@handles(SHEET)
def sheet(work: Work, session_id: int) -> dict[str, Any]:
    """Print the cards of a session."""
    with transaction():
        return {"file": services.make_sheet(work.event_id or 0, session_id)}
