"""Tables of grants and of counted attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Instant, Json, Pk, Ref


class Grant(Base):
    """One role given to one account, at one place, for a scope."""

    __tablename__ = "access_grant"
    __table_args__ = (
        Index(None, "account_id"),
        Index(None, "event_id", "role"),
        CheckConstraint("event_id IS NULL OR institution_id IS NULL", name="one_place"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    account_id: Mapped[int] = mapped_column(BigInt, ForeignKey("account.id"))
    role: Mapped[Code]
    event_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    institution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("institution.id"))
    scope: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Ids by kind: {"categories": [...], "delegations": [...], "gates": [...]}; absent is all."""
    ends_at: Mapped[datetime | None]
    lasting: Mapped[bool] = mapped_column(default=False)
    """Demo accounts: the role does not end with the event."""
    created_at: Mapped[Created]


class Attempt(Base):
    """How often a key (an address, an account) was tried within a window of time."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "window_ends_at"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    window_ends_at: Mapped[Instant]
