"""Breaks within a session: clock times that may lie after midnight."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

_DAY = timedelta(days=1)


def break_walls(
    starts: datetime, breaks: Iterable[Sequence[str]]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield breaks such as ("15:45", "16:00") as wall times of a session that starts then.

    A time that the clock showed before the session started is meant of the next day.
    """
    for first, last in breaks:
        begins = _after(starts, first)
        ends = _after(begins, last)
        yield begins, ends if ends > begins else ends + _DAY


def _after(wall: datetime, clock: str) -> datetime:
    found = datetime.combine(wall.date(), time.fromisoformat(clock))
    return found if found >= wall else found + _DAY
