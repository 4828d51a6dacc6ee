"""When a job is tried again."""

from datetime import timedelta

LEASE = timedelta(seconds=10)
HEARTBEAT_SECONDS = 3.0
POLL_SECONDS = 0.25
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def wait_before(attempt: int) -> timedelta:
    """Return the pause after this many failed attempts: 5 s, doubled each time, 1 h at most."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(attempt - 1, 0), 20)
    return min(doubled, LONGEST_WAIT)
