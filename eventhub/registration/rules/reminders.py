"""When a delegation is reminded of the deadline (R1.16)."""

from datetime import datetime, timedelta

REMINDED_BEFORE = (30, 14, 7, 2)
"""Days before the deadline."""


def reminder_due(closes_at: datetime, now: datetime) -> int | None:
    """Return which reminder stands at this instant, by its days; None before, and after the end.

    A reminder stands until the next one does, so that a worker that slept misses none but those
    that are past.
    """
    if now >= closes_at:
        return None
    due = [days for days in REMINDED_BEFORE if now >= closes_at - timedelta(days=days)]
    return min(due, default=None)
