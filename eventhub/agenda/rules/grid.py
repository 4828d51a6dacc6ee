"""Where each session of a day stands when rooms are columns and time runs downward."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

MOST_ROWS = 180
MOST_COLUMNS = 40
"""A day with more than that is shown as a list: nobody can read it as a grid."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One session to be placed: aware times, the end exclusive; room None is outside the rooms."""

    key: str
    room: str | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows and column of one session, as grid lines; column None is across all rooms."""

    start: int
    end: int
    column: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a room: its first column and how many it has; room None is "elsewhere"."""

    room: str | None
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A day as a grid: line 1 is the heads' row and the column of hours; 2 is the first of each."""

    heads: tuple[Head, ...]
    hours: tuple[tuple[int, datetime], ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """Return how many columns stand beside the hours."""
        return sum(head.width for head in self.heads)

    @property
    def is_drawn(self) -> bool:
        """Tell whether a grid says more than a list, and can still be read."""
        return 1 < self.columns <= MOST_COLUMNS and len(self.hours) < MOST_ROWS


def lay_out(spots: Sequence[Spot], rooms: Iterable[str]) -> Grid:
    """Place the sessions of one day; `rooms` gives the order of the columns, unused ones go.

    A session during which nothing else is on goes across all rooms; so columns are for what is
    parallel. Sessions at the same time in one room stand side by side, those in no room in a last
    column.
    """
    lines = sorted({time for spot in spots for time in (spot.start, spot.end)})
    row = {time: number for number, time in enumerate(lines, start=2)}
    across = {spot.key for spot in spots if not any(_overlap(spot, other) for other in spots)}
    heads, cells = [], {}
    column = 2
    for room in [*rooms, None]:
        inside = [s for s in spots if s.room == room and s.key not in across]
        if not inside:
            continue
        lanes = _lanes(inside)
        for spot, lane in lanes:
            cells[spot.key] = Cell(row[spot.start], row[spot.end], column + lane)
        width = 1 + max(lane for _spot, lane in lanes)
        heads.append(Head(room, column, width))
        column += width
    for spot in spots:
        if spot.key in across:
            cells[spot.key] = Cell(row[spot.start], row[spot.end], None)
    starts = {spot.start for spot in spots}
    hours = tuple((row[time], time) for time in lines if time in starts)
    return Grid(tuple(heads), hours, cells)


def stylesheet() -> str:
    """Return the rules that place what carries the classes from-2, to-3, room-2, wide-2, rooms-4.

    The same for every programme, so a reader fetches it once.
    """
    lines = [f".from-{n}{{--from:{n}}}.to-{n}{{--to:{n}}}" for n in range(2, MOST_ROWS + 2)]
    for n in range(1, MOST_COLUMNS + 2):
        lines.append(f".room-{n}{{--room:{n}}}.rooms-{n}{{--rooms:{n}}}.wide-{n}{{--wide:{n}}}")
    return "@layer components{\n" + "\n".join([*lines, _LOOKS]) + "\n}\n"


_LOOKS = """body:has(.sheet.wide) :is(.masthead,.foot){max-inline-size:100rem}
.programme.grid .rooms{grid-column:var(--room)/span var(--wide,1)}
@media(min-width:1024px){
.programme.grid .session:not(.all-rooms) .at{position:absolute;overflow:hidden;clip-path:inset(50%)}
.programme.grid .all-rooms>*{max-inline-size:48rem}
}
@media(max-width:1599px){.editor{grid-template-columns:minmax(0,1fr)}}"""
"""The head of a room says where; the words for it in each session are then for ears alone."""


def _overlap(one: Spot, other: Spot) -> bool:
    return one.key != other.key and one.start < other.end and other.start < one.end


def _lanes(spots: Iterable[Spot]) -> list[tuple[Spot, int]]:
    """Return each spot with the first lane that is free when it starts."""
    free_at: list[datetime] = []
    placed = []
    for spot in sorted(spots, key=lambda s: (s.start, s.end, s.key)):
        lane = next((n for n, end in enumerate(free_at) if end <= spot.start), len(free_at))
        free_at[lane : lane + 1] = [spot.end]
        placed.append((spot, lane))
    return placed
