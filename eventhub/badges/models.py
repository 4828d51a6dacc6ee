"""Tables of print runs and printed badges."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref


class PrintRun(Base):
    """Badges made together: what was asked for, what became of it."""

    __tablename__ = "print_run"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    what: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The filter: {"all": true}, {"refs": [...]}, {"category": "DEL"}, {"delegation": "..."}."""
    job_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("job.id"))
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    state: Mapped[Code] = mapped_column(default="waiting")
    """waiting, running, done, failed, cancelled."""
    badges: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Whom the print gate held back: [ref, name, reasons]."""
    started_by: Mapped[Line]
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]


class PrintedBadge(Base):
    """One badge that was made: which pass, which issue, in which run."""

    __tablename__ = "printed_badge"
    __table_args__ = (
        Index(None, "event_id", "pass_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    pass_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pass.id"))
    issue: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("print_run.id"))
    at: Mapped[Created]
