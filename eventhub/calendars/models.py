"""The table of starred sessions."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt


class Star(Base):
    """A session that a person wants in the own agenda."""

    __tablename__ = "star"
    __table_args__ = (Index(None, "event_id"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
