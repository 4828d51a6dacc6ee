"""Tables of gates and scans."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Instant, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class Gate(Base):
    """Where people are checked: the event's door, a zone, or a session."""

    __tablename__ = "gate"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    names: Mapped[Translated] = mapped_column(TranslatedText)
    kind: Mapped[Code] = mapped_column(default="door")
    """door, roll_call (tick list by person), states (tick list by State), remote (online)."""
    direction: Mapped[Code] = mapped_column(default="in")
    """in, out."""
    zone_code: Mapped[str | None] = mapped_column(String(10))
    session_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("session.id"))
    is_open: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int] = mapped_column(default=0)
    version: Mapped[Version]


class Scan(Base):
    """One thing that happened at a gate. Rows are added, and undone by a mark, never removed."""

    __tablename__ = "scan"
    __table_args__ = (
        Index(None, "event_id", "registration_id"),
        Index(None, "event_id", "gate_id", "at"),
        UniqueConstraint("event_id", "uid"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    uid: Mapped[str] = mapped_column(String(36))
    """Made by the device or the form; the same scan sent twice is one row."""
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    gate_id: Mapped[int] = mapped_column(BigInt, ForeignKey("gate.id"))
    registration_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("registration.id"))
    entity_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    """For "States in the room": the State that was ticked."""
    floor_card_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("floor_card.id"))
    """The card shown where it was no person's badge (R1.13)."""
    direction: Mapped[Code]
    answer: Mapped[Code]
    """enter, stop, desk; refused scans are kept too, those of unreadable codes without a person."""
    reason: Mapped[Code] = mapped_column(default="")
    source: Mapped[Code] = mapped_column(default="scan")
    """scan, camera, typed, search, tick, walk_in, self, paper, manual, join_log."""
    device_at: Mapped[Instant]
    at: Mapped[Created]
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
