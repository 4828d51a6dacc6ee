"""Tables of what is published: frozen versions, and what one person proposes to another."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Created, Json, Line, Pk, Ref


class ProgrammeVersion(Base):
    """The programme as it was published: compressed JSON that is never changed (decision 12).

    The latest one that is under no embargo is in force: everybody reads it.
    """

    __tablename__ = "programme_version"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    number: Mapped[int]
    """0 is the first publication, 1 is "Rev.1"."""
    schema: Mapped[int] = mapped_column(default=1)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    changes: Mapped[list[Any]] = mapped_column(Json, default=list)
    note: Mapped[Line] = mapped_column(default="")
    published_by: Mapped[Line]
    published_at: Mapped[Created]
    public_at: Mapped[datetime | None]
    """When its embargo ends; None: it had none."""
    told_at: Mapped[datetime | None]
    """When those whom it concerns were told, or that nobody was to be."""


class ProgrammeProposal(Base):
    """A programme that one person wants to publish and another one has yet to confirm."""

    __tablename__ = "programme_proposal"
    __table_args__ = (UniqueConstraint("event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    number: Mapped[int]
    """What it becomes."""
    schema: Mapped[int] = mapped_column(default=1)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[Line] = mapped_column(default="")
    public_from: Mapped[datetime | None]
    """When the public shall read it; None is at once."""
    back_to: Mapped[int | None]
    """The number of the version whose programme it brings back; None where it is the draft."""
    proposed_by_id: Mapped[int | None] = mapped_column(BigInt)
    """The id of the account."""
    proposed_by: Mapped[Line]
    proposed_at: Mapped[Created]
