"""Tables of what an event says of an entity, and of the drawings of the first seat."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Line, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class EventEntity(Base):
    """What one event says of an entity: its names there, where it stands, whether it is extra."""

    __tablename__ = "event_entity"
    __table_args__ = (UniqueConstraint("event_id", "entity_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entity.id"), index=True)
    names: Mapped[Translated] = mapped_column(TranslatedText)
    """Names that replace those of the table, by language; others stay."""
    formal_names: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    """Formal names that replace those of the table, by language; others stay."""
    language: Mapped[str] = mapped_column(String(8), default="")
    """The language of letters to it; empty is that of the table."""
    sorts_by_name: Mapped[bool] = mapped_column(default=False)
    """Whether it stands under that name, and not where the table has it."""
    block: Mapped[Code] = mapped_column(default="")
    """The part of a list in which it stands; empty is by its kind."""
    observers: Mapped[Code] = mapped_column(default="")
    """For an observer State: after_members, interleaved; empty is as the event has it."""
    is_extra: Mapped[bool] = mapped_column(default=False)
    """Whether the entity is of this event alone."""
    version: Mapped[Version]
    created_at: Mapped[Created]


class SeatDraw(Base):
    """A drawing of the State that sits first: written once, never changed (R2.5)."""

    __tablename__ = "seat_draw"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entity.id"))
    method: Mapped[Code]
    """system, by_hand."""
    drawn_by: Mapped[Line]
    witness: Mapped[Line]
    drawn_at: Mapped[datetime]
    lots: Mapped[int]
    """How many States lay in the urn."""
    reason: Mapped[Line] = mapped_column(default="")
    """Why it was drawn again; empty for the first drawing."""
    created_at: Mapped[Created]
