"""The table of documents that sessions carry."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class SessionDocument(Base):
    """A file that a session carries; another file is another document, the title may change."""

    __tablename__ = "session_document"
    __table_args__ = (Index(None, "event_id", "session_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    language: Mapped[Code] = mapped_column(default="")
    """Of the file; empty where it has none of its own, like a plan."""
    visibility: Mapped[Code]
    """public, admitted, organisers."""
    created_at: Mapped[Created]
    version: Mapped[Version]
