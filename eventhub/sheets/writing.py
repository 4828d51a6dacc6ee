"""Writing tables that spreadsheet programs open: XLSX and CSV, in which nothing is ever run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

from eventhub.sheets.rules import Cell, address, guarded, is_risky

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of its country."""

_LONGEST_NAME = 31
_LONGEST_MESSAGE = 255
_LONGEST_LIST = 255
_NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what is shown beside its cells, and what may be chosen there."""

    heading: str
    note: str = ""
    allowed: Sequence[str] = ()
    width: int = 18
    """In characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns, its rows, and how many empty ones below are meant to be filled."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(default_factory=tuple)
    empty_rows: int = 0


def write_xlsx(
    target: BinaryIO, sheets: Sequence[Sheet], *, right_to_left: bool = False, lists: str = "Lists"
) -> None:
    """Write a workbook, row by row, so that its size does not matter.

    What may be chosen in a column becomes a drop-down; lists too long for one stand in a last
    sheet of the name `lists`, for all to see.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  (heavy, and seldom asked for)

    book = Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    formats = _formats(book)
    made = [(sheet, book.add_worksheet(_name(sheet.title))) for sheet in sheets]
    every = (tuple(column.allowed) for sheet in sheets for column in sheet.columns)
    long = [one for one in dict.fromkeys(every) if _is_long(one)]
    places = {
        allowed: f"='{_name(lists)}'!{_range(n, len(allowed))}" for n, allowed in enumerate(long)
    }
    for sheet, page in made:
        _write_sheet(page, sheet, formats, places)
        if right_to_left:
            page.right_to_left()
    if long:
        page = book.add_worksheet(_name(lists))
        for row in range(max(map(len, long))):
            for place, allowed in enumerate(long):
                if row < len(allowed):
                    _put(page, row, place, allowed[row], formats)
        page.set_column(0, len(long) - 1, 40)
        if right_to_left:
            page.right_to_left()
    book.close()


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the rows as lines of comma-separated values, after the byte order mark."""
    yield BYTE_ORDER_MARK
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "risky": book.add_format({"num_format": "@", "quote_prefix": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }


def _write_sheet(
    page: Any, sheet: Sheet, formats: dict[str, Any], places: dict[tuple[str, ...], str]
) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats["text"])
        _put(page, 0, place, column.heading, formats, "head")
    page.freeze_panes(1, 0)
    last = 0
    for last, cells in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(cells):
            _put(page, last, place, cell, formats)
    last += sheet.empty_rows
    for place, column in enumerate(sheet.columns):
        if last and (column.note or column.allowed):
            page.data_validation(1, place, last, place, _validation(column, places))


def _put(
    page: Any, row: int, place: int, cell: Cell, formats: dict[str, Any], kind: str = "text"
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, place, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, place, cell)
    elif isinstance(cell, date | datetime):
        page.write_datetime(row, place, cell, formats["day"])
    else:
        text = str(cell)
        page.write_string(row, place, text, formats["risky" if is_risky(text) else kind])


def _validation(column: Column, places: dict[tuple[str, ...], str]) -> dict[str, Any]:
    allowed = tuple(column.allowed)
    rule: dict[str, Any] = {"validate": "any"}
    if allowed:
        rule = {"validate": "list", "source": places.get(allowed) or list(allowed)}
        rule["error_type"] = "warning"  # the import says it better, and knows other spellings
    if column.note:
        rule["input_title"] = column.heading[:32]
        rule["input_message"] = column.note[:_LONGEST_MESSAGE]
    return rule


def _is_long(allowed: Sequence[str]) -> bool:
    """Tell whether a list cannot stand inside its drop-down, where commas part the words."""
    return len(",".join(allowed)) > _LONGEST_LIST or any("," in one for one in allowed)


def _range(column: int, count: int) -> str:
    letters = address(column, 1).rstrip("1")
    return f"${letters}$1:${letters}${count}"


def _name(title: str) -> str:
    return title.translate(_NOT_IN_A_NAME).strip("'")[:_LONGEST_NAME] or "1"
