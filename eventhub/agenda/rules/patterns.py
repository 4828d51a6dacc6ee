"""A day pattern: meetings spread over the working hours of each day (R3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

STEP = timedelta(minutes=5)
"""Meetings begin and end at full five minutes."""
SHORTEST = timedelta(minutes=15)

Hours = tuple[tuple[time, time], ...]

WORKING_HOURS: dict[str, Hours] = {
    "un": ((time(10), time(13)), (time(15), time(18))),
    "who": ((time(9), time(12)), (time(14, 30), time(17, 30))),
}
"""Usual hours of meetings, morning and afternoon."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A meeting or a break, in wall times. `number` counts the meetings of its day from 1."""

    starts: datetime
    ends: datetime
    number: int = 0
    is_lunch: bool = False

    @property
    def is_break(self) -> bool:
        """Tell whether nobody meets."""
        return self.number == 0


def lay_out_days(
    days: Sequence[date], hours: Hours, *, meetings: int, break_minutes: int
) -> list[Piece]:
    """Return so many meetings in each half of each day, equally long, with breaks between them.

    The time between the halves is a break too. ValueError where a meeting would last less than a
    quarter of an hour.
    """
    pieces: list[Piece] = []
    for day in days:
        number, ended = 0, None
        for first, last in hours:
            starts, ends = datetime.combine(day, first), datetime.combine(day, last)
            if ended is not None and starts > ended:
                pieces.append(Piece(ended, starts, is_lunch=True))
            for begin, end in _halves(starts, ends, meetings, timedelta(minutes=break_minutes)):
                if number and begin > pieces[-1].ends:
                    pieces.append(Piece(pieces[-1].ends, begin))
                number += 1
                pieces.append(Piece(begin, end, number))
            ended = ends
    return pieces


def _halves(
    starts: datetime, ends: datetime, meetings: int, pause: timedelta
) -> list[tuple[datetime, datetime]]:
    length = (ends - starts - pause * (meetings - 1)) / meetings
    length -= length % STEP
    if length < SHORTEST:
        raise ValueError("the meetings are too short")
    found = []
    for place in range(meetings):
        begin = starts + (length + pause) * place
        found.append((begin, ends if place == meetings - 1 else begin + length))
    return found
