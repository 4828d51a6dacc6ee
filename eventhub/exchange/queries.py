"""Asking for the spreadsheets of a programme that were sent, and for the copy of an event."""

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.exchange.models import ProgrammeImport, StaticCopy
from eventhub.files.models import StoredFile


def get_import(event_id: int, ref: str) -> ProgrammeImport:
    """Return an import of the event by its ref; NotFound where there is none."""
    return one_of_event(ProgrammeImport, event_id, ProgrammeImport.ref == ref)


def imports_of(event_id: int, limit: int = 20) -> list[ProgrammeImport]:
    """Return the newest imports of the event."""
    query = select(ProgrammeImport).where(ProgrammeImport.event_id == event_id)
    return list(db.session.scalars(query.order_by(ProgrammeImport.id.desc()).limit(limit)))


def find_copy(event_id: int) -> tuple[StaticCopy, StoredFile] | None:
    """Return the copy of the event's public pages with its file, None where none is made."""
    query = (
        select(StaticCopy, StoredFile)
        .join(StoredFile, StoredFile.id == StaticCopy.file_id)
        .where(StaticCopy.event_id == event_id)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None
