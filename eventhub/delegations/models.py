"""The table of delegations."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Pk, Ref, Version


class Delegation(Base):
    """An entity at an event."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("event_id", "entity_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entity.id"))
    role: Mapped[Code] = mapped_column(default="participant")
    """host, co_host, participant, observer."""
    last_number: Mapped[int] = mapped_column(default=0)
    """The highest display number given so far (ZMB-07 has 7); never given twice."""
    version: Mapped[Version]
    created_at: Mapped[Created]
