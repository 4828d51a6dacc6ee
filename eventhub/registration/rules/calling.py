"""Which delegations need a telephone call, and why."""

from datetime import datetime, timedelta
from enum import StrEnum

SILENT_FOR = timedelta(days=14)
NAMES_LACK = timedelta(days=7)
THINGS_LACK = timedelta(days=3)


class Call(StrEnum):
    """Why somebody should call."""

    STEP_DUE = "step_due"
    """The next step that was agreed on is due."""
    SILENT = "silent"
    NO_NAMES = "no_names"
    INCOMPLETE = "incomplete"


def why_call(
    *,
    reply: str,
    people: int,
    incomplete: int,
    invited_at: datetime | None,
    closes_at: datetime,
    step_is_due: bool,
    now: datetime,
) -> Call | None:
    """Return why a delegation needs a call now, the most urgent reason; None where it needs none.

    Who sent regrets is left in peace. The silent are called two weeks after the invitation, or
    two weeks before the deadline; who announced names and sent none a week before it; who sent
    names of which something is missing three days before it, and after it.
    """
    if step_is_due:
        return Call.STEP_DUE
    if reply == "regrets":
        return None
    left = closes_at - now
    if reply == "none" and not people:
        waited = invited_at is not None and now - invited_at >= SILENT_FOR
        return Call.SILENT if waited or left <= SILENT_FOR else None
    if not people:
        return Call.NO_NAMES if reply == "attending" and left <= NAMES_LACK else None
    return Call.INCOMPLETE if incomplete and left <= THINGS_LACK else None
