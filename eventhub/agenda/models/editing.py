"""What the editor keeps for itself."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Instant, Json, Pk


class EditorAct(Base):
    """One thing that somebody did on the editor's board, kept so that it can be undone."""

    __tablename__ = "editor_act"
    __table_args__ = (Index(None, "event_id", "account_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    account_id: Mapped[int] = mapped_column(BigInt)
    """Whose act it is; no key, for nothing is asked of it but whether it is the same person."""
    kind: Mapped[Code]
    """move, copy."""
    steps: Mapped[list[Any]] = mapped_column(Json, default=list)
    """One for each session, see `services.undoing`."""
    is_undone: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[Created]


class EditorPresence(Base):
    """That somebody has the editor's board open; worth nothing a minute after `seen_at`."""

    __tablename__ = "editor_presence"

    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInt, primary_key=True)
    """Whose board it is; no key, as for `EditorAct`."""
    moving: Mapped[Code] = mapped_column(default="")
    """The ref of the session that is being dragged at this moment; empty otherwise."""
    seen_at: Mapped[Instant]
