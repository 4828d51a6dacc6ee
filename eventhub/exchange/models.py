"""Tables of the exchange: spreadsheets of the programme that were sent, copies for keeping."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref


class ProgrammeImport(Base):
    """A spreadsheet of the programme: kept as it was sent, tried, carried out, perhaps undone."""

    __tablename__ = "programme_import"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """None once it was carried out: the file is removed then."""
    name: Mapped[Line]
    """Of the file, as it was sent."""
    started_by: Mapped[Line]
    encoding: Mapped[Code] = mapped_column(default="")
    """Chosen for a text file; empty where it is guessed."""
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Columns of the file from 0, as text, by what they are; empty where they are guessed."""
    makes: Mapped[list[str]] = mapped_column(Json, default=list)
    """rooms, tracks, speakers: what is made where the event has none of that name."""
    state: Mapped[Code] = mapped_column(default="sent")
    """sent, applied, undone."""
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Rows by outcome, once it was carried out."""
    created_at: Mapped[Created]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportedSession(Base):
    """What one row did to which session, which version that left, and what stood there before."""

    __tablename__ = "imported_session"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), index=True)
    import_id: Mapped[int] = mapped_column(BigInt, ForeignKey("programme_import.id"), index=True)
    session_ref: Mapped[str] = mapped_column(String(10))
    """No key: the session may be removed, and the import is still told."""
    number: Mapped[int]
    """Of the row in the file."""
    outcome: Mapped[Code]
    """created, updated."""
    version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """All that was said of a session that was changed, its parts and its status."""


class StaticCopy(Base):
    """The copy of an event's public pages as a ZIP; a new one takes the place of the one before."""

    __tablename__ = "static_copy"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), unique=True)
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    files: Mapped[int]
    """How many files it holds."""
    made_by: Mapped[Line]
    made_at: Mapped[Created]
