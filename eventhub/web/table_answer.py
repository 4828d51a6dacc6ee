"""Answering with a table that spreadsheet programs open."""

from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from urllib.parse import quote

from flask import Response, stream_with_context

from eventhub.i18n import LANGUAGES, _, current
from eventhub.sheets.rules import Cell
from eventhub.sheets.writing import XLSX, Sheet, csv_lines, write_xlsx

_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 65_536


def send_csv(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """Answer with the rows, the heads first, to be saved under the name; written while sent."""
    response = Response(stream_with_context(csv_lines(rows)), mimetype="text/csv")
    return _named(response, name)


def send_xlsx(name: str, sheets: Sequence[Sheet]) -> Response:
    """Answer with a workbook in the reader's direction of writing, to be saved under the name."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    is_rtl = LANGUAGES[current()].direction == "rtl"
    write_xlsx(file, sheets, right_to_left=is_rtl, lists=_("Lists"))  # type: ignore[arg-type]
    file.seek(0)
    return _named(Response(_pieces(file), mimetype=XLSX), name)


def _pieces(file: "SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "replace").decode()}"; '
        f"filename*=UTF-8''{quote(name)}"
    )
    return response
