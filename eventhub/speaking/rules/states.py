"""The states of a request, and what a new rank does to its place (R3.10, R3.14)."""

from datetime import datetime

STATES = ("inscribed", "confirmed", "skipped", "speaking", "done", "written", "withdrawn")
"""As stored. "Next" is nobody's state of its own: it is whoever waits first."""
WAITING = ("inscribed", "confirmed", "skipped")
GONE = ("written", "withdrawn")
"""No longer on the list: handed in in writing only, or taken back."""
ORDERS = ("plain", "balanced")


def tier_and_time(
    tier: int, asked_tier: int, *, received_at: datetime, queued_at: datetime, now: datetime
) -> tuple[int, datetime]:
    """Return the tier and the time by which a request stands once its rank is confirmed (R3.10).

    A lower rank (a higher tier) goes to the end of the new tier, a higher one is placed there by
    the time at which it was first received.
    """
    if asked_tier > tier:
        return asked_tier, now
    if asked_tier < tier:
        return asked_tier, received_at
    return tier, queued_at
