"""Tables of what is arranged with speakers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Json, Pk, Version


class SpeakerInvitation(Base):
    """What is arranged with one speaker; the link is made again from the key ring, never kept."""

    __tablename__ = "speaker_invitation"
    __table_args__ = (
        UniqueConstraint("speaker_id"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    speaker_id: Mapped[int] = mapped_column(BigInt, ForeignKey("speaker.id"))
    link_number: Mapped[int] = mapped_column(default=1)
    """Raised to make every older link worthless."""
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    """When the speaker last said anything."""
    is_locked: Mapped[bool] = mapped_column(default=False)
    """Whether name, posts, biographies and portrait are closed to the speaker."""
    news: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the speaker changed since the team looked: by field, the value before."""
    zone: Mapped[str] = mapped_column(String(64), default="")
    """Of the speaker's clocks; empty is not said."""
    presence: Mapped[Code] = mapped_column(default="")
    """in_person, remote, either; empty is not said."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the speaker needs (access, equipment), enciphered with the event's key for speakers."""
    version: Mapped[Version]
