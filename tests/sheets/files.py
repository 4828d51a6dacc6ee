"""Files as several programs write them, and as nobody should."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Feuille1">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


def workbook(rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """Return XLSX as openpyxl writes it."""
    book = Workbook()
    for cells in rows:
        book.active.append(list(cells))
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the ZIP with some entries replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def with_sheet(inner: str, prolog: str = "") -> bytes:
    """Return XLSX whose sheet holds this XML between its sheetData."""
    xml = prolog + _SHEET.format(inner)
    return changed(workbook([["x"]]), {"xl/worksheets/sheet1.xml": xml.encode()})


def open_document(rows: str, prolog: str = "") -> bytes:
    """Return ODS whose table holds this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as file:
        file.writestr("mimetype", ODS)
        file.writestr("content.xml", prolog + _CONTENT.format(rows))
    return out.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return a row of texts for `open_document`."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'
