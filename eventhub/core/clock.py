"""The one clock. It can be set, for tests and for loading history at its real dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC, to the microsecond."""
    return _moved.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let `now()` answer this aware instant inside the block."""
    if instant.tzinfo is None:
        raise ValueError("the clock is set to an aware instant only")
    token = _moved.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
