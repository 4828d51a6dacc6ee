"""The table of the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Pk, Ref


class OutboxMail(Base):
    """One message to one address.

    Its state: waiting, sent, dropped (nothing to say any more), caught (of a rehearsal: worded,
    but not let out) or failed.
    """

    __tablename__ = "outbox_mail"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    message: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    to: Mapped[str] = mapped_column("to_address", String(320))
    ids: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[Code] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    sent_at: Mapped[datetime | None]
