"""What imports of tables share: which row has the headings, what days and times cells mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import permutations

from eventhub.sheets.rules import Row, Table, guess_columns

EMPTY = "-"
"""Typed into a cell it empties the field; an empty cell leaves it as it is."""

_HEAD_AMONG = 20
_DAY = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?(?: 00:00(?::00)?)?")
_CLOCK = re.compile(
    r"(?:\d{4}-\d\d-\d\d )?(\d{1,2})(?:h|[:.h：](\d{2}))?(?::00)?\s*([ap]?)\.?(?:m\.?)?",
    re.IGNORECASE,
)
_MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: the field's code, "" for the whole row, and the sentence."""

    field: str
    sentence: str


def find_head(table: Table, names: Mapping[str, Collection[str]]) -> Row:
    """Return the row of headings: of the first rows the one in which most columns are known.

    `names` are all that each field is called.
    """

    def known(row: Row) -> int:
        return sum(one is not None for one in guess_columns(row.cells, names))

    return max(table.rows[:_HEAD_AMONG], key=lambda row: (known(row), -row.number))


def place_columns(
    head: Row, names: Mapping[str, Collection[str]], chosen: Mapping[str, str]
) -> dict[str, int]:
    """Return the column, from 0, of each field: as chosen, else as guessed by the headings."""
    if chosen:
        return {code: int(at) for code, at in chosen.items() if code in names and at.isdigit()}
    guessed = guess_columns(head.cells, names)
    return {code: at for at, code in enumerate(guessed) if code is not None}


def read_day(text: str, likely: Sequence[date] = ()) -> date | None:
    """Return the day that a cell means, None where it means none or may mean several.

    A year that comes first is followed by month and day. Where day and month may both be meant,
    `likely` (the days of an event) decides.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    first, second, third = match.groups()
    if len(first) == 4:
        return _day(first, second, third)
    if len(third) != 4:
        return None
    found = {_day(third, month, day) for month, day in permutations((first, second))} - {None}
    if len(found) > 1:
        found &= set(likely)
    return found.pop() if len(found) == 1 else None


def read_clock(text: str) -> time | None:
    """Return the time of day that a cell means: 9:00, 09.30, 9h30, 2:30 pm; else None.

    0.375, as spreadsheets keep nine o'clock, is one too where it gives whole five minutes.
    """
    text = text.strip()
    if re.fullmatch(r"0\.\d*[1-9]", text):
        minutes = round(float(text) * _MINUTES_OF_A_DAY)
        is_whole = minutes % 5 == 0 and minutes < _MINUTES_OF_A_DAY
        return time(minutes // 60, minutes % 60) if is_whole else None
    match = _CLOCK.fullmatch(text)
    if match is None or not (match[2] or match[3] or "h" in text.casefold()):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].casefold() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
