"""Which job goes first, and when one is tried again."""

from datetime import timedelta

LEASE = timedelta(seconds=10)
HEARTBEAT_SECONDS = 3.0
POLL_SECONDS = 0.25
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
JUST_NOW = timedelta(seconds=20)
"""Since when a worker that ended a job is still at work."""

URGENT = -10
"""A person waits for it: the mail of one or a few, the badge of one at the desk."""
SOON = -5
"""A page says that it is there within a minute: the papers of a programme just published."""
NORMAL = 0
BULK = 10
"""Hundreds at once, of which nobody waits for one: files of certificates, a run of all badges."""


def wait_before(attempt: int) -> timedelta:
    """Return the pause after this many failed attempts: 5 s, doubled each time, 1 h at most."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(attempt - 1, 0), 20)
    return min(doubled, LONGEST_WAIT)
