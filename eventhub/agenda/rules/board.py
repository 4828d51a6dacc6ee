"""Where the sessions of a day stand on the editor's board: rooms side by side, time downward."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SLOT_MINUTES = 5
"""The step in which sessions are drawn and dragged."""
SLOTS = 24 * 60 // SLOT_MINUTES
MOST_LANES = 12
"""So many sessions stand side by side in one room; more than these share the last place."""
FIRST_HOUR = 8
LAST_HOUR = 19
"""The hours that a board shows at least."""


@dataclass(frozen=True, slots=True)
class Span:
    """A session to be drawn: its room ("" outside all rooms), wall times, the end exclusive."""

    key: str
    room: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is drawn: slots since midnight, and its lane of so many in the room."""

    at: int
    slots: int
    lane: int
    lanes: int
    runs_on: bool
    """It ends after midnight; the next day shows what is left."""
    goes_on: bool = False
    """It began before midnight; this is what is left."""


def draw(spans: Iterable[Span], day: date) -> dict[str, Place]:
    """Return the place of each session that is on during the day; none hides another."""
    midnight = datetime.combine(day, datetime.min.time())
    rooms: dict[str, list[tuple[int, int, str]]] = {}
    runs_on, goes_on = set(), set()
    for span in spans:
        at = _slot(span.starts - midnight)
        to = _slot(span.ends - midnight, up=True)
        if to > SLOTS:
            runs_on.add(span.key)
        if at < 0:
            goes_on.add(span.key)
        at = max(0, min(at, SLOTS - 1))
        rooms.setdefault(span.room, []).append((at, max(at + 1, min(to, SLOTS)), span.key))
    return {
        key: Place(at, to - at, lane, lanes, key in runs_on, key in goes_on)
        for inside in rooms.values()
        for at, to, key, lane, lanes in _side_by_side(sorted(inside))
    }


def hours_of(places: Mapping[str, Place]) -> range:
    """Return the hours from which to which the board is drawn, the last one exclusive."""
    per_hour = 60 // SLOT_MINUTES
    first = min((place.at // per_hour for place in places.values()), default=FIRST_HOUR)
    last = max(
        (-(-(place.at + place.slots) // per_hour) for place in places.values()), default=LAST_HOUR
    )
    return range(min(first, FIRST_HOUR), max(last, LAST_HOUR))


def stylesheet() -> str:
    """Return the rules behind the classes at-108, for-12, lane-1, of-2, first-8 and hours-11.

    The same for every programme, so a browser fetches it once.
    """
    lines = [f".at-{n}{{--at:{n}}}.for-{n + 1}{{--for:{n + 1}}}" for n in range(SLOTS)]
    lines += [f".lane-{n}{{--lane:{n}}}.of-{n + 1}{{--of:{n + 1}}}" for n in range(MOST_LANES)]
    lines += [f".first-{n}{{--first:{n}}}.hours-{n + 1}{{--hours:{n + 1}}}" for n in range(24)]
    return "@layer components{" + "".join(lines) + "}\n"


def _slot(since_midnight: timedelta, *, up: bool = False) -> int:
    seconds, step = int(since_midnight.total_seconds()), SLOT_MINUTES * 60
    return -(-seconds // step) if up else seconds // step


def _side_by_side(
    spans: Sequence[tuple[int, int, str]],
) -> Iterable[tuple[int, int, str, int, int]]:
    """Yield (from, to, key, lane, lanes); sessions that hang together share their lanes."""
    together: list[tuple[int, int, str, int]] = []
    free_at: list[int] = []
    until = 0
    for at, to, key in spans:
        if together and at >= until:
            yield from _closed(together, len(free_at))
            together, free_at = [], []
        lane = next((n for n, end in enumerate(free_at) if end <= at), len(free_at))
        lane = min(lane, MOST_LANES - 1)
        free_at[lane : lane + 1] = [to]
        until = max(until, to) if together else to
        together.append((at, to, key, lane))
    yield from _closed(together, len(free_at))


def _closed(
    together: Sequence[tuple[int, int, str, int]], lanes: int
) -> Iterable[tuple[int, int, str, int, int]]:
    return ((at, to, key, lane, lanes) for at, to, key, lane in together)
