"""VTIMEZONE: what a reader needs to turn the local times of a file into instants."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=256)
def zone_lines(name: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """Return the unfolded lines of one VTIMEZONE, right for local times in the years given.

    Each change of the clock is written out with its own date: rules that repeat would promise
    more about later years than anybody knows, and some zones follow no rule at all.
    """
    zone = ZoneInfo(name)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - _STEP  # no zone is a whole day ahead
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC) + _STEP
    onsets = [start, *_changes(zone, start, end)]
    # The saving is negative where winter time is the exception (Dublin, Casablanca); readers
    # expect summer time to be the one called daylight.
    least_saving = min(_saving(zone, onset) for onset in onsets)

    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    before = _offset(zone, start)
    for onset in onsets:
        after = _offset(zone, onset)
        kind = "DAYLIGHT" if _saving(zone, onset) > least_saving else "STANDARD"
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{(onset + before).strftime('%Y%m%dT%H%M%S')}",
            f"TZOFFSETFROM:{_written(before)}",
            f"TZOFFSETTO:{_written(after)}",
            f"TZNAME:{onset.astimezone(zone).tzname()}",
            f"END:{kind}",
        ]
        before = after
    return (*lines, "END:VTIMEZONE")


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the UTC instants after start, up to end, at which the zone's clock changes."""
    instant = start
    while instant < end:
        later = instant + _STEP
        if _state(zone, later) != _state(zone, instant):
            low, high = instant, later
            while high - low > _SECOND:
                middle = low + (high - low) // _SECOND // 2 * _SECOND
                if _state(zone, middle) == _state(zone, low):
                    low = middle
                else:
                    high = middle
            yield high
        instant = later


def _state(zone: ZoneInfo, instant: datetime) -> tuple[timedelta, str | None]:
    local = instant.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname()


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return _state(zone, instant)[0]


def _saving(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).dst() or timedelta()


def _written(offset: timedelta) -> str:
    """Return an offset as +HHMM, with seconds only where a zone of long ago has them."""
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(abs(offset) // _SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
