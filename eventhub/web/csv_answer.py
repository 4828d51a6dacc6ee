"""Answering with a table that spreadsheet programs open, written while it is sent."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from flask import Response, stream_with_context

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of its country."""

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float


def guarded(cell: Cell) -> Cell:
    """Return the cell; a text that a spreadsheet would run as a formula gets a quote before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_BEGINS):
        return f"'{cell}"
    return cell


def lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the rows as lines of comma-separated values, after the byte order mark."""
    yield BYTE_ORDER_MARK
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def send_csv(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with the rows, the heads first, to be saved under the name."""
    response = Response(stream_with_context(lines(rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "replace").decode()}"; '
        f"filename*=UTF-8''{quote(name)}"
    )
    return response
