"""The table of test scores: its columns, and what each row means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from eventhub.attendance.rules.scores import Line, read_score
from eventhub.core.text import fold, tidy
from eventhub.i18n import _, lazy_gettext
from eventhub.sheets.importing import EMPTY, Fault
from eventhub.sheets.rules import Row, Table
from eventhub.sheets.words import in_all

LONGEST = 250


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its code, its heading in the reader's words, and what it takes."""

    code: str
    heading: str
    note: str
    width: int = 18


HEADINGS = {
    "ref": lazy_gettext("Reference"),
    "name": lazy_gettext("Name"),
    "email": lazy_gettext("E-mail"),
    "score": lazy_gettext("Score of the test, %"),
}
ALSO = {
    "ref": ("ref", "id", "number", "no"),
    "name": ("full name", "participant", "person"),
    "email": ("mail", "e-mail address", "email address"),
    "score": ("score", "result", "points", "grade", "test", "post-test", "post test", "per cent"),
}


def fields_of() -> list[Field]:
    """Return the columns in their order, headed in the reader's words."""
    notes = {
        "ref": _("It tells who is meant: do not change it. ZMB-07 does as well."),
        "name": _(
            "Where there is no reference: as on the screen of a meeting, or only to read by."
        ),
        "email": _("Where there is no reference, and only one person has it."),
        "score": _("72, 72.5 or 72 % are per cent; 18/25 does as well."),
    }
    widths = {"ref": 14, "name": 32, "email": 28, "score": 20}
    return [Field(code, str(word), notes[code], widths[code]) for code, word in HEADINGS.items()]


def names_by_field() -> dict[str, Collection[str]]:
    """Return all that each column is called, in any language, to guess them by."""
    return {
        code: in_all(partial(str, word)) | frozenset(map(fold, ALSO[code]))
        for code, word in HEADINGS.items()
    }


def lines_of(table: Table, head: Row, columns: Mapping[str, int]) -> list[Line]:
    """Return what the rows below the headings mean; rows without a score are left out."""
    found = []
    for row in table.rows:
        cells = {
            code: tidy(row.cells[at])[:LONGEST]
            for code, at in columns.items()
            if at < len(row.cells) and row.cells[at].strip()
        }
        if row.number > head.number and "score" in cells:
            found.append(_line(row.number, cells))
    return found


def _line(number: int, cells: Mapping[str, str]) -> Line:
    line = Line(number, cells.get("ref", ""), cells.get("name", ""), cells.get("email", ""))
    if cells["score"] == EMPTY:
        return line
    score = read_score(cells["score"])
    if score is None:
        sentence = _("Write the score in per cent, from 0 to 100, such as 72.")
        return replace(line, faults=(Fault("score", sentence),))
    return replace(line, score=score)
