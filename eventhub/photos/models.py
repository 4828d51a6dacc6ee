"""The table of photos."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref


class Photo(Base):
    """One portrait, 413 x 531 pixels JPEG or a square of 400, and a thumbnail for lists."""

    __tablename__ = "photo"
    __table_args__ = (Index(None, "event_id", "state"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    thumb_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    state: Mapped[Code] = mapped_column(default="pending")
    """pending, ok, redo."""
    doubts: Mapped[list[str]] = mapped_column(Json, default=list)
    """What its figures make a reviewer look at: blurred, dark_background, uneven_background."""
    reason: Mapped[Line] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    created_at: Mapped[Created]
