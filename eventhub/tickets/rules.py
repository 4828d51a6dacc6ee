"""When a list of tickets comes too late."""

from datetime import datetime, timedelta

NOTICE = timedelta(hours=48)
"""How long before the event security wants the list."""


def is_late(starts_at: datetime, now: datetime) -> bool:
    """Tell whether a list made now comes later than security accepts for sure."""
    return now > starts_at - NOTICE
