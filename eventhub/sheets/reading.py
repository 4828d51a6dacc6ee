"""Reading a table that somebody sent, whatever program wrote it.

Call it outside a transaction: a large file takes seconds.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from eventhub.core.errors import Invalid
from eventhub.i18n import _
from eventhub.sheets import bounds
from eventhub.sheets.bounds import LONGEST_CELL
from eventhub.sheets.rules import (
    ENCODINGS,
    Row,
    Table,
    as_text,
    guess_encoding,
    guess_separator,
    unguarded,
)
from eventhub.sheets.zipped import Bounds, Zipped, broken, protected

MOST_BYTES = 10 * 1024 * 1024
"""Of a file as it is sent."""

MOST_ROWS = 20_000
"""Rows with anything in them."""

_UNPACKED = Bounds(files=500, each_bytes=64 * 1024 * 1024, all_bytes=80 * 1024 * 1024)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_OLD = b"\xd0\xcf\x11\xe0"
_XLSX_PARTS = frozenset({
    "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml", "xl/styles.xml",
})  # fmt: skip

csv.field_size_limit(LONGEST_CELL)


def read_table(data: bytes, *, encoding: str = "") -> Table:
    """Return the first sheet of a workbook, or a text file's rows; rows left blank are absent.

    Formulas give the value they had when the file was saved; a cell that spans rows gives its
    value to each. `encoding` is how to read the letters of a text file, guessed if not given.
    Invalid with a sentence that says what to do instead.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(_("Choose a file of at most %(size)s MB.", size=MOST_BYTES >> 20))
    if not data.strip():
        raise Invalid(_("The file is empty. Choose it again."))
    if data.startswith(b"PK"):
        table = _workbook(data)
    elif data.startswith(_OLD):
        raise Invalid(
            _("This is an old or protected Excel file. Save it as XLSX without a password.")
        )
    elif data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<")):
        raise Invalid(_("This is not a table. Send a file saved as XLSX, ODS or CSV."))
    else:
        table = _text(data, encoding)
    if not table.rows:
        raise Invalid(_("There is nothing on the first sheet. Put the table there."))
    return table


def _text(data: bytes, chosen: str) -> Table:
    encoding = chosen if chosen in ENCODINGS else guess_encoding(data)
    text = data.decode(encoding, errors="replace").lstrip("\ufeff")
    if "\0" in text[: 1 << 16]:
        raise Invalid(_("This is not a table. Send a file saved as XLSX, ODS or CSV."))
    mark = guess_separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows = tuple(_filled(_csv_lines(lines)))
    return Table("csv", "", rows, "utf-16" if encoding.startswith("utf-16") else encoding, mark)


def _csv_lines(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        for place, cells in enumerate(lines):
            is_hint = place == 0 and len(cells) <= 2 and cells and cells[0].startswith("sep=")
            yield [] if is_hint else [unguarded(cell) for cell in cells]
    except csv.Error:
        raise Invalid(
            _("One cell of the file is too long, or its quotation marks do not close.")
        ) from None


def _workbook(data: bytes) -> Table:
    outer = Zipped(data, _UNPACKED)
    names = {one.filename for one in outer.entries}
    if "xl/workbook.xml" in names:
        kind, inner = "xlsx", _checked_xlsx(outer)
    elif "content.xml" in names and _is_ods(outer):
        kind, inner = "ods", _checked_ods(outer)
    else:
        raise Invalid(_("This is not a table. Send a file saved as XLSX, ODS or CSV."))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(inner)) as book:
            sheet = book.get_sheet_by_index(0)
            rows = tuple(_filled(_cells(sheet)))
            return Table(kind, sheet.name, rows)
    except (CalamineError, IndexError, ValueError, OSError):
        raise Invalid(broken()) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own word for a bug of its own
            raise Invalid(broken()) from None
        raise


def _checked_xlsx(outer: Zipped) -> bytes:
    """Return the workbook packed anew from the parts that were looked through, and no others."""
    parts = {}
    for entry in outer.entries:
        name = entry.filename
        if name in _XLSX_PARTS or (name.startswith("xl/worksheets/") and name.count("/") == 2):
            parts[name] = outer.read(entry)
    shared = bounds.SharedStrings()
    for name, xml in parts.items():
        if name.endswith("sharedStrings.xml"):
            bounds.look_through(xml, shared)
        elif not name.startswith("xl/worksheets/"):
            bounds.look_through(xml)
    for name, xml in parts.items():
        if name.startswith("xl/worksheets/"):
            sheet = bounds.XlsxSheet()
            bounds.look_through(xml, sheet)
            if sheet.named * shared.longest > bounds.MOST_CHARACTERS:
                bounds.look_through(xml, bounds.XlsxTexts(shared.lengths))
    return _packed(parts)


def _is_ods(outer: Zipped) -> bool:
    kind = outer.named({"mimetype"})
    return bool(kind) and outer.read(kind[0]).strip() == _ODS


def _checked_ods(outer: Zipped) -> bytes:
    if any(b"encryption-data" in outer.read(one) for one in outer.named({_MANIFEST})):
        raise Invalid(protected())
    content = outer.read(outer.named({"content.xml"})[0])
    bounds.look_through(content, bounds.OdsContent())
    return _packed({"mimetype": _ODS, _MANIFEST: b"<manifest/>", "content.xml": content})


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, xml in parts.items():
            file.writestr(name, xml)
    return out.getvalue()


def _cells(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Yield the rows of a sheet from its first, what spans rows written into each of them."""
    spanning = {
        (row, top[1]): top
        for top, bottom in (sheet.merged_cell_ranges or [])[:10_000]
        for row in range(top[0] + 1, min(bottom[0], top[0] + 1000) + 1)
    }
    values: dict[tuple[int, int], str] = {}
    left = (sheet.start or (0, 0))[1]
    wanted = set(spanning.values())
    for row, cells in enumerate(sheet.iter_rows()):
        texts = [""] * left + [as_text(cell) for cell in cells]
        if spanning:
            for column, text in enumerate(texts):
                if (row, column) in wanted:
                    values[(row, column)] = text
                elif not text and (row, column) in spanning:
                    texts[column] = values.get(spanning[(row, column)], "")
        yield texts


def _filled(lines: Iterable[list[str]]) -> Iterator[Row]:
    """Yield the rows that hold anything, numbered as in the file; Invalid where they are many."""
    seen = 0
    for number, cells in enumerate(lines, start=1):
        texts = [cell.strip()[: LONGEST_CELL + 1] for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        seen += 1
        if seen > MOST_ROWS or number > bounds.MOST_ROWS or len(texts) > bounds.MOST_COLUMNS:
            raise Invalid(
                _("The table has more than %(rows)s rows. Send it in parts.", rows=MOST_ROWS)
            )
        yield Row(number, tuple(texts))
