"""What is true of tables in files without opening one: addresses, guards, guesses."""

import csv
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program run a text, also written in full width."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030",
    "windows-1252": "Windows-1252",
    "windows-1251": "Windows-1251",
    "windows-1256": "Windows-1256",
}
"""Encodings of text files by Python's name: the first four are guessed, all can be chosen."""

SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 65_536
_PAIRED_ENOUGH = 0.85


@dataclass(frozen=True, slots=True)
class Row:
    """One row with anything in it: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: the kind of file (xlsx, ods, csv), the sheet's name, and its rows.

    Of a text file also how its letters were read, and what stands between its cells.
    """

    kind: str
    sheet: str
    rows: tuple[Row, ...]
    encoding: str = ""
    separator: str = ""


def address(column: int, row: int) -> str:
    """Return the address of a cell as spreadsheets write it: column 1 of row 5 is B5.

    Columns count from 0, rows from 1.
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def column_of(cell: str) -> int:
    """Return the column, from 0, of an address such as B5; -1 for what is none."""
    column = 0
    for letter in cell:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet program might run the text as a formula."""
    return text.startswith(FORMULA_BEGINS) or text.lstrip(" ").startswith(FORMULA_BEGINS)


def guarded(text: str) -> str:
    """Return the text; one that might be run as a formula gets a quote before it."""
    return f"'{text}" if is_risky(text) else text


def unguarded(text: str) -> str:
    """Return the text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and is_risky(text[1:]) else text


def as_text(cell: Cell) -> str:
    """Return a cell's value as a person would type it: 7, not 7.0; days as 1985-03-27."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case float():
            return f"{cell:.15g}"
        case _:
            return str(cell)


def guess_encoding(data: bytes) -> str:
    """Return the encoding, by Python's name, in which bytes of a text file make sense."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:_LOOKED_AT]
    if head.count(0) > len(head) // 8:  # every other byte of Latin text
        return "utf-16-be" if head[:200:2].count(0) > head[1:200:2].count(0) else "utf-16-le"
    if _decodes(data, "utf-8"):
        return "utf-8"
    return "gb18030" if _decodes(data, "gb18030") and _comes_in_pairs(data) else "windows-1252"


def guess_separator(text: str) -> str:
    """Return what stands between the cells: the mark that parts the first rows most evenly."""
    if named := re.match(r"sep=(.)\r?\n", text):
        return named[1]
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()][:20]
    best = (0.0, ",")
    for mark in SEPARATORS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=mark)]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if usual > 1:
            best = max(best, (widths.count(usual) / len(widths) * usual, mark))
    return best[1]


def guess_columns(
    headings: Sequence[str], names: Mapping[str, Collection[str]]
) -> list[str | None]:
    """Return for each heading the field it means, None where none does.

    `names` are all that each field is called, in any language. Case, accents and marks do not
    count. What is called so exactly comes first; then a heading that has all words of a name.
    Each field is given once.
    """
    found: list[str | None] = [None] * len(headings)
    keys = [_plain(heading) for heading in headings]
    called = {field: {_plain(name) for name in own} - {""} for field, own in names.items()}
    for place, key in enumerate(keys):
        fields = (field for field, own in called.items() if key in own and field not in found)
        found[place] = next(fields, None) if key else None
    for place, key in enumerate(keys):
        if found[place] is not None or not key:
            continue
        words = set(key.split())
        fits = [
            (len(name), field)
            for field, own in called.items()
            if field not in found
            for name in own
            if set(name.split()) <= words
        ]
        found[place] = max(fits)[1] if fits else None
    return found


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(" " if c == "_" else c for c in flat if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", kept).strip()


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _comes_in_pairs(data: bytes) -> bool:
    """Tell whether bytes above ASCII stand in twos, as Chinese does; accents stand alone."""
    runs = [len(run) for run in re.findall(rb"[\x81-\xfe]+", data)]
    high = sum(runs)
    return bool(high) and sum(run for run in runs if run % 2 == 0) / high >= _PAIRED_ENOUGH
