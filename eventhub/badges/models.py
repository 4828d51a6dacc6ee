"""Tables of print runs and printed badges."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
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
    """What was asked for: `rules.Choice` as a mapping; categories are the ids of the scope."""
    job_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("job.id"))
    design_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """The design as it was when the run was asked for; kept until the run has ended."""
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """The badges; None before the run has ended, and once they are removed."""
    covers_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """The cover sheets of its envelopes, where they were asked for (R4.12)."""
    state: Mapped[Code] = mapped_column(default="waiting")
    """waiting, running, done; that it failed or was cancelled, its job says."""
    badges: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """How it was set: see `rules.told`. People by ref."""
    left_out: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Whom the print gate held back: [ref, name, reasons]."""
    started_by: Mapped[Line]
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    """When its files were removed because their time was over."""


class HandOver(Base):
    """Badges given away against signature: one to its holder, or a whole envelope (R4.12)."""

    __tablename__ = "badge_hand_over"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("delegation.id"))
    """Whose envelope it was; None for badges of nobody's delegation."""
    taken_by: Mapped[Line]
    """The name of whoever signed, as typed; "" once the person was forgotten."""
    badges: Mapped[int]
    handed_by: Mapped[Line]
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    """Who worked the desk."""
    at: Mapped[Created]
    taken_back_at: Mapped[datetime | None]
    """When it turned out that they were not handed over after all."""


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
    face: Mapped[str] = mapped_column(String(64), default="")
    """Digest of all that was printed on it; "" for badges of old, and once it was forgotten."""
    hand_over_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("badge_hand_over.id"))
    sticker: Mapped[str] = mapped_column(String(40), default="")
    """Serial of the hologram sticker on it (R4.6)."""
    at: Mapped[Created]
