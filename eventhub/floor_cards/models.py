"""The table of floor cards."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Pk, Ref


class FloorCard(Base):
    """One numbered card of a delegation for a session."""

    __tablename__ = "floor_card"
    __table_args__ = (
        UniqueConstraint("session_id", "delegation_id", "number"),
        UniqueConstraint("pass_id"),
        Index(None, "event_id", "session_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    pass_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pass.id"))
    number: Mapped[int]
    state: Mapped[Code] = mapped_column(default="made")
    """made, handed, returned, void."""
    handed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    inside_since: Mapped[datetime | None]
    """When somebody entered with it who has not left; None: nobody is inside with it."""
    created_at: Mapped[Created]
