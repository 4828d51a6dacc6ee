"""The table of passes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
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
