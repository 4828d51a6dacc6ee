"""The table of passes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Instant, Line, Pk, Ref


class Pass(Base):
    """What the holder shows at a door, in whatever form it is printed."""

    __tablename__ = "pass"
    __table_args__ = (Index(None, "event_id", "state"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref] = mapped_column(insert_sentinel=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    issue: Mapped[int] = mapped_column(default=1)
    state: Mapped[Code] = mapped_column(default="issued")
    """issued, activated, void."""
    void_reason: Mapped[Line] = mapped_column(default="")
    zone_bits: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[Instant]
    key_id: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[Created]
    reissued_at: Mapped[datetime | None]
    """When the present issue was made; nothing for the first."""
    voided_at: Mapped[datetime | None]


class Reissue(Base):
    """That a pass got a new issue, and why: the log of lost badges (R4.5)."""

    __tablename__ = "pass_reissue"
    __table_args__ = (
        UniqueConstraint("pass_id", "issue"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    pass_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pass.id"))
    issue: Mapped[int]
    """The issue that was made; all before it are void since."""
    reason: Mapped[Code]
    """lost, stolen, damaged, misprinted."""
    document: Mapped[Code]
    """passport, identity_card, official_card: what the holder showed."""
    made_by: Mapped[Line]
    at: Mapped[Created]
