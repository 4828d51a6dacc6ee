"""Reading rows of a programme's spreadsheet: each cell becomes a value, or a fault in words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from eventhub.agenda.words import ROLES
from eventhub.core.text import fold, has_forbidden, tidy
from eventhub.events.models import Event
from eventhub.exchange.columns import Field
from eventhub.exchange.rules import Line
from eventhub.i18n import _
from eventhub.sheets.importing import EMPTY, Fault, read_clock, read_day
from eventhub.sheets.rules import Row, Table
from eventhub.sheets.words import options_in_all

NEEDED = frozenset({"code", "day", "starts", "ends", "kind", "access", "status"})
"""What cannot be emptied."""
SPANNING = frozenset({"day", "room", "track"})
"""What may stand alone in a row: a heading, or a cell that spans rows."""
MOST_MINUTES = 24 * 60
_MANY = re.compile(r"[;；\n]")
_BREAK = re.compile(r"(.+?)\s*[-–—~～]\s*(.+)")
_ROLE = re.compile(r"(.+?)\s*[(（]([^()（）]+)[)）]")
_WHICH = re.compile(r"(.+?)\s*[(（]([12])[)）]")


def lines_of(
    event: Event, table: Table, head: Row, fields: Sequence[Field], columns: Mapping[str, int]
) -> list[Line]:
    """Return what the rows below the headings mean; rows without anything are left out."""
    by_code = {one.code: one for one in fields}
    read = _Reader(event)
    found = []
    for row in table.rows:
        if row.number <= head.number:
            continue
        cells = {
            code: row.cells[at]
            for code, at in columns.items()
            if code in by_code and at < len(row.cells) and row.cells[at].strip()
        }
        if cells.keys() - SPANNING:
            found.append(read.line(row.number, cells, by_code))
    return found


class _Reader:
    """Reads the cells of one file; the words of roles are looked up once."""

    def __init__(self, event: Event) -> None:
        count = (event.ends_on - event.starts_on).days + 1
        self._days = [event.starts_on + timedelta(days=number) for number in range(count)]
        self._roles = options_in_all(lambda: ROLES)

    def line(self, number: int, cells: Mapping[str, str], fields: Mapping[str, Field]) -> Line:
        values: dict[str, Any] = {}
        faults = []
        for code, text in cells.items():
            value, sentence = self._value(fields[code], text)
            if sentence:
                faults.append(Fault(code, sentence))
            else:
                values[code] = value
        ref = str(values.pop("ref", "") or "")
        return Line(number, ref.upper(), values, faults)

    def _value(self, one: Field, raw: str) -> tuple[Any, str]:
        """Return what a cell means, or why it means nothing."""
        text = raw.strip() if one.kind == "text" else tidy(raw)
        if has_forbidden(text.replace("\n", " ")):
            return None, _("Remove the characters that cannot be printed and type it again.")
        if text == EMPTY:
            if one.code in NEEDED:
                return None, _("This cannot be empty.")
            return _nothing(one), ""
        if len(text) > one.longest:
            return None, _("Use at most %(n)s characters.", n=one.longest)
        if one.kind == "day":
            return _day(text, self._days)
        if one.kind == "people":
            return self._people(raw)
        return _READERS[one.kind](one, text) if one.kind in _READERS else (text, "")

    def _people(self, text: str) -> tuple[Any, str]:
        found: list[tuple[str, str]] = []
        for part in filter(None, (tidy(one) for one in _MANY.split(text))):
            match = _ROLE.fullmatch(part)
            role = self._roles.get(fold(match[2])) if match else None
            name = match[1] if match and role else part
            if len(name) > 250:
                return None, _("Use at most %(n)s characters.", n=250)
            if (name, role or "speaker") in found:
                return None, _("Somebody stands twice in the same role.")
            found.append((name, role or "speaker"))
        return tuple(found), ""


def _nothing(one: Field) -> Any:
    empty: Mapping[str, Any] = {"choices": (), "people": (), "breaks": (), "count": 0, "yes": False}
    return empty.get(one.kind, None if one.kind == "day" else "")


def _one_of(one: Field, text: str) -> tuple[Any, str]:
    if (value := one.options.get(fold(text))) is not None:
        return value, ""
    return None, _("Choose one of these: %(words)s.", words=_(", ").join(one.words.values()))


def _some_of(one: Field, text: str) -> tuple[Any, str]:
    parts = [part for part in (tidy(part) for part in re.split(r"[;；,，、\n]", text)) if part]
    unknown = [part for part in parts if fold(part) not in one.options]
    if unknown:
        return None, _("Not known: %(words)s.", words=_(", ").join(unknown))
    return tuple(dict.fromkeys(one.options[fold(part)] for part in parts)), ""


def _day(text: str, days: Iterable[date]) -> tuple[Any, str]:
    day = read_day(text, tuple(days))
    return (day, "") if day else (None, _("Write the date like 2026-04-02."))


def _clock(_one: Field, text: str) -> tuple[Any, str]:
    """Return the time and which of two equal ones is meant: 0, 1, or None where nobody said."""
    match = _WHICH.fullmatch(text)
    when = read_clock(match[1] if match else text)
    if when is None:
        return None, _("Write the time like 09:30.")
    return (when, int(match[2]) - 1 if match else None), ""


def _breaks(_one: Field, text: str) -> tuple[Any, str]:
    found = []
    for part in filter(None, (one.strip() for one in _MANY.split(text))):
        match = _BREAK.fullmatch(part)
        times = [read_clock(match[place]) for place in (1, 2)] if match else [None]
        if not all(isinstance(one, time) for one in times):
            return None, _("Write each break like 15:45-16:00, parted by semicolons.")
        found.append(tuple(f"{one:%H:%M}" for one in times))
    return tuple(found), ""


def _count(_one: Field, text: str) -> tuple[Any, str]:
    good = text.isascii() and text.isdigit() and int(text) <= MOST_MINUTES
    return (int(text), "") if good else (None, _("Write a whole number of minutes."))


_READERS: Mapping[str, Callable[[Field, str], tuple[Any, str]]] = {
    "choice": _one_of,
    "yes": _one_of,
    "choices": _some_of,
    "clock": _clock,
    "breaks": _breaks,
    "count": _count,
}
