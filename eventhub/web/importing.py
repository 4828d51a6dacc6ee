"""Pages of imports: the file that is sent, which of its columns is which, what is wrong where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from wtforms import FileField
from wtforms.validators import InputRequired

from eventhub.i18n import _, lazy_gettext
from eventhub.sheets.importing import Fault
from eventhub.sheets.rules import ENCODINGS, Row, Table, address
from eventhub.web.forms import BaseForm, select_field

COLUMN = "column-"
MOST_COLUMNS = 60
_LOOKED_AT = 100


class SheetForm(BaseForm):
    """The spreadsheet."""

    table = FileField(
        lazy_gettext("Spreadsheet"),
        description=lazy_gettext("XLSX, ODS or CSV, up to 10 MB. Only its first sheet is read."),
        validators=[InputRequired(lazy_gettext("Choose a file."))],
    )


class ColumnsForm(BaseForm):
    """Which field each column of the file is, and how the letters of a text file are read."""

    encoding = select_field(
        lazy_gettext("Letters are written as"),
        choices=lambda: {"": _("Guess"), **ENCODINGS},
        optional=True,
    )

    def chosen(self) -> dict[str, str]:
        """Return the columns chosen, by field; a field chosen twice is an error."""
        found: dict[str, str] = {}
        for name, code in request.form.items():
            at = name.removeprefix(COLUMN)
            if not (name.startswith(COLUMN) and code and at.isdecimal() and len(at) < 5):
                continue
            if code in found:
                self.form_errors.append(_("Each field can be only one column. Choose again."))
            found[code] = at
        if not found:
            self.form_errors.append(_("Choose at least one column."))
        return found


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the file: its letter and heading, an example, and the field it is."""

    name: str
    letter: str
    heading: str
    example: str
    code: str


@dataclass(frozen=True, slots=True)
class FaultShown:
    """What is wrong in a cell: its address, what its column is called, what stands there, why."""

    cell: str
    heading: str
    text: str
    sentence: str


def columns_shown(table: Table, head: Row, columns: Mapping[str, int]) -> list[ColumnShown]:
    """Return the columns of a file in which anything stands, and the field each is."""
    by_column = {at: code for code, at in columns.items()}
    width = max(len(one.cells) for one in table.rows[:_LOOKED_AT])
    below = [one for one in table.rows if one.number > head.number][:_LOOKED_AT]
    found = []
    for at in range(min(width, MOST_COLUMNS)):
        heading = head.cells[at] if at < len(head.cells) else ""
        example = next(
            (one.cells[at] for one in below if at < len(one.cells) and one.cells[at]), ""
        )
        if heading or example:
            letter = address(at, 1).rstrip("1")
            code = by_column.get(at, "")
            found.append(ColumnShown(f"{COLUMN}{at}", letter, heading, example[:60], code))
    return found


def faults_shown(
    faults: Sequence[Fault],
    row: Row,
    columns: Mapping[str, int],
    headings: Mapping[str, str],
) -> list[FaultShown]:
    """Return the faults of a row with the address of each cell and what stands in it."""
    found = []
    for one in faults:
        at = columns.get(one.field)
        text = row.cells[at] if at is not None and at < len(row.cells) else ""
        where = _("Row %(row)s", row=row.number) if at is None else address(at, row.number)
        found.append(FaultShown(where, headings.get(one.field, ""), text[:80], one.sentence))
    return found
