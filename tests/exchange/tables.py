"""Tables of sessions, looked at and brought into a programme."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import load_workbook

from eventhub.agenda import queries
from eventhub.agenda.models import Session
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.exchange import services
from eventhub.exchange.models import ProgrammeImport
from eventhub.exchange.rules import Outlook
from eventhub.exchange.views.importing import opened
from tests.agenda.programmes import (
    EDITOR,
)
from tests.browser import Browser
from tests.sheets.files import workbook

HEADS = ("Code", "Title", "Day", "Starts", "Ends", "Room")


def kept(event: Event, data: bytes, *, makes: Sequence[str] = ()) -> ProgrammeImport:
    """Return an import of this file."""
    with transaction():
        row = services.keep_import(event.id, data=data, name="p.xlsx", actor=EDITOR)
        services.read_as(row, encoding="", columns={}, makes=makes)
    return row


def outlook(event: Event, row: ProgrammeImport) -> Outlook:
    """Return what would become of its rows."""
    file = opened(event, row)
    return services.look(event, file.fields, file.lines, makes=row.makes)


def look(event: Event, *rows: Sequence[Any], heads: Sequence[str] = HEADS, **how: Any) -> Outlook:
    """Return what would become of these rows."""
    return outlook(event, kept(event, workbook([heads, *rows]), **how))


def bring(event: Event, *rows: Sequence[Any], heads: Sequence[str] = HEADS, only_good: bool = False,
          **how: Any) -> ProgrammeImport:  # fmt: skip
    """Carry these rows out."""
    row = kept(event, workbook([heads, *rows]), **how)
    seen, file = outlook(event, row).digest, opened(event, row)
    with transaction():
        return services.apply_import(
            event, row, file.fields, file.lines, only_good=only_good, seen=seen, actor=EDITOR
        )


def faults(found: Outlook) -> list[tuple[int, str, str]]:
    """Return row, column and sentence of each fault."""
    return [(one.line.number, f.field, f.sentence) for one in found.rows for f in one.faults]


def sessions(event: Event) -> dict[str, Session]:
    """Return the sessions of the draft by code."""
    return {one.code: one for one in queries.sessions_of(event.id)}


def exported(browser: Browser) -> Any:
    """Return the workbook that an editor fetches."""
    return load_workbook(io.BytesIO(browser.get("/manage/f1/programme/table.xlsx").response.data))
