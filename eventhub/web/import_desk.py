"""The course of an import: a table is sent, read, looked at, carried out, undone.

What the rows are about is the feature's; that they are taken in once, planned again before they
are written, and shown faults first is the same for all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import select
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from eventhub.core.db import db
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n import _, lazy_gettext, ngettext
from eventhub.i18n.times import moment
from eventhub.sheets.importing import Fault
from eventhub.sheets.reading import read_table
from eventhub.sheets.rules import ENCODINGS, Cell, Row, Table
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.context import say
from eventhub.web.forms import CHOOSE, BaseForm, show_error
from eventhub.web.importing import FaultShown, SheetForm, columns_shown, faults_shown
from eventhub.web.once import once
from eventhub.web.pages import PageOf, page_asked

PER_PAGE = 100
EMPTY_ROWS = 60

BRINGS = ("created", "updated", "asked")
"""Outcomes of a row that bring anything; the others are "unchanged" and "faulty"."""

KINDS = {
    "faulty": "stop",
    "created": "good",
    "updated": "note",
    "asked": "attention",
    "unchanged": "quiet",
}
STATES = {
    "sent": lazy_gettext("Not imported yet"),
    "applied": lazy_gettext("Imported"),
    "undone": lazy_gettext("Undone"),
}


class Field(Protocol):
    """A column that a table may have."""

    @property
    def code(self) -> str: ...
    @property
    def heading(self) -> str: ...


class Planned(Protocol):
    """What would become of a row."""

    @property
    def outcome(self) -> str: ...
    @property
    def faults(self) -> Sequence[Fault]: ...


class Import(Protocol):
    """An import as it is stored."""

    state: Any
    counts: Any
    applied_at: Any
    undone_at: Any


F = TypeVar("F", bound=Field)
L = TypeVar("L")
P = TypeVar("P", bound=Planned)
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Opened(Generic[F, L]):
    """A file that was read: its table, its headings, its columns by field, its rows."""

    table: Table
    head: Row
    fields: Sequence[F]
    columns: dict[str, int]
    lines: Sequence[L]

    @property
    def headings(self) -> dict[str, str]:
        """Return what each column is called, by the code of its field."""
        return {one.code: one.heading for one in self.fields}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One row as it is shown before it is carried out."""

    number: int
    name: str
    ref: str
    outcome: str
    kind: str
    changes: list[tuple[str, str, str]]
    faults: list[FaultShown]
    notes: Sequence[str] = ()


class ApplyForm(BaseForm):
    """Carrying out what was shown."""

    seen = HiddenField()
    which = RadioField(
        lazy_gettext("What to import"), validators=[InputRequired(CHOOSE)], choices={}
    )

    def offer(self, counts: Mapping[str, int]) -> None:
        """Fill in what may be chosen, and choose it: all rows, or the good ones if some are not."""
        good = _brought(counts)
        if counts["faulty"]:
            choice = "good"
            text = ngettext("Only the %(n)s good row", "Only the %(n)s good rows", good)
        else:
            choice, text = "all", ngettext("The one row", "All %(n)s rows", good)
        self.which.choices = {choice: text}
        self.which.data = choice


def table_to_fill(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], notes: Iterable[str]
) -> list[Sheet]:
    """Return a workbook to edit and send back: the rows there are, and what each column takes."""
    told = [
        [_("Everywhere"), _("An empty cell leaves what is there. A hyphen (-) empties it. "
                            "Columns may stand in any order; you may leave some out.")],
        *([one.heading, note] for one, note in zip(columns, notes, strict=True)),
    ]  # fmt: skip
    heads = [Column(_("Column"), width=32), Column(_("What to write"), width=90)]
    return [Sheet(title, columns, rows, EMPTY_ROWS), Sheet(_("Notes"), heads, told)]


def take_in(form: SheetForm, purpose: str, keep: Callable[[bytes, str], str]) -> str | None:
    """Keep the table that was sent, once, and return its ref.

    None where nothing was sent or it cannot be read, which the form then says.
    """
    if not form.is_good():
        return None
    data, name = form.table.data.read(), form.table.data.filename or ""
    try:
        read_table(data)
        return once(form.key.data, purpose, lambda: keep(data, name))
    except DomainError as error:
        show_error(form, type(error)(error.message, "table"))
        return None


def stored_table(event_id: int, file_id: int | None, encoding: str) -> Table:
    """Return the table of an import's stored file; NotFound where it is forgotten."""
    mine = (StoredFile.id == file_id, StoredFile.event_id == event_id)
    file = db.session.scalar(select(StoredFile).where(*mine))
    if file is None:
        raise NotFound
    return read_table(read_whole(file), encoding=encoding)


def carry_out(form: ApplyForm, purpose: str, act: Callable[[bool, str], str]) -> bool:
    """Carry the import out once; tell whether it is, with the reason in the form where not.

    `act` is told whether only the good rows are meant, and the digest of what was seen.
    """
    form.which.choices = {"all": "", "good": ""}
    if not form.is_good():
        return False
    only_good, seen = form.which.data == "good", form.seen.data or ""
    try:
        once(form.key.data, purpose, lambda: act(only_good, seen))
    except DomainError as error:
        show_error(form, error)
        return False
    return True


def once_or_say(form: BaseForm, purpose: str, act: Callable[[], str]) -> str | None:
    """Act once and return the answer; None after a conflict, which the next page says."""
    try:
        return once(form.key.data, purpose, act)
    except Conflict as error:
        say(error.message, "stop")
        return None


def plan_page(
    file: Opened[F, L],
    plan: Sequence[P],
    counts: Mapping[str, int],
    words: Mapping[Any, Any],
    show: Callable[[P], LineShown],
) -> dict[str, Any]:
    """Return what the page of a plan shows: rows with faults first, in pages."""
    page = _page_of(sorted(plan, key=lambda one: one.outcome != "faulty"))
    columns = columns_shown(file.table, file.head, file.columns)
    return {
        "file": file,
        "columns": columns,
        "unused": [one for one in columns if one.example and not one.code],
        "field_words": [("", _("Do not use")), *file.headings.items()],
        "encoding": ENCODINGS.get(file.table.encoding, ""),
        "counts": _said(counts, words),
        "has_work": _brought(counts) > 0,
        "faulty": counts["faulty"],
        "lines": [show(one) for one in page.rows],
        "page": page,
    }


def row_faults(file: Opened[F, L], number: int, faults: Sequence[Fault]) -> list[FaultShown]:
    """Return the faults of a row of the file, by its number, with what stands in each cell."""
    found = (one for one in file.table.rows if one.number == number)
    row = next(found, Row(number, ()))
    return faults_shown(faults, row, file.columns, file.headings)


def result_page(
    row: Import,
    zone: str,
    done: Sequence[D],
    untouched: int,
    words: Mapping[Any, Any],
    show: Callable[[Sequence[D]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return what the page of an import shows that was carried out, perhaps undone.

    `untouched` is of how many rows nobody changed since what they brought.
    """
    page = _page_of(done)
    return {
        "row": row,
        "when": moment(row.applied_at, zone) if row.applied_at else "",
        "undone": moment(row.undone_at, zone) if row.undone_at else "",
        "counts": _said(row.counts, words),
        "lines": show(page.rows),
        "page": page,
        "untouched": untouched,
        "may_undo": row.state == "applied" and untouched > 0,
        "form": BaseForm(),
    }


def _page_of(rows: Sequence[D]) -> PageOf[D]:
    number, pages = page_asked(), max(1, -(-len(rows) // PER_PAGE))
    return PageOf(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, pages, len(rows))


def _brought(counts: Mapping[str, int]) -> int:
    return sum(Counter(counts)[one] for one in BRINGS)


def _said(counts: Mapping[str, int], words: Mapping[Any, Any]) -> list[tuple[str, int]]:
    return [(str(word), counts.get(outcome, 0)) for outcome, word in words.items()]
