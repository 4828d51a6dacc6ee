"""The table of jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core import clock
from eventhub.core.db import Base, BigInt, Code, Created, Instant, Json, Pk, Ref, UtcDateTime


class Job(Base):
    """One piece of work: waiting, running, done, failed (a dead letter) or cancelled."""

    __tablename__ = "job"
    __table_args__ = (
        Index(None, "state", "priority", "run_at", "id"),
        Index(None, "event_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    name: Mapped[str] = mapped_column(String(80))
    args: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    event_id: Mapped[int | None] = mapped_column(BigInt)
    state: Mapped[Code] = mapped_column(default="waiting")
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    """A job of this name is queued once while it waits or runs; emptied when it ends."""
    priority: Mapped[int] = mapped_column(default=0)
    """The lowest goes first, whatever has waited longer: see `rules`."""
    run_at: Mapped[Instant] = mapped_column(UtcDateTime(), default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    most_attempts: Mapped[int] = mapped_column(default=8)
    owner: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]
