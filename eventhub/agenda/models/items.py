"""Tables of the agenda in the narrow sense: its items, and which sessions take them up."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class AgendaItem(Base):
    """An item of the agenda, or a sub-item; the number follows from the order (R3.1)."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index(None, "event_id", "place"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    parent_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("agenda_item.id"))
    place: Mapped[int] = mapped_column(default=0)
    """In the order of the paper, sub-items counted."""
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    annotations: Mapped[Translated] = mapped_column(TranslatedText)
    """What the annotated agenda explains, Markdown."""
    version: Mapped[Version]


class SessionItem(Base):
    """An item that a session takes up."""

    __tablename__ = "session_item"
    __table_args__ = (
        UniqueConstraint("event_id", "session_id", "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    item_id: Mapped[int] = mapped_column(BigInt, ForeignKey("agenda_item.id"))
