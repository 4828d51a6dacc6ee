"""Tables of certificates."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.certificates.rules import WithdrawalState
from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref


class Certificate(Base):
    """One version of one person's certificate; it outlives the registration's data (R5.6)."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("event_id", "number", "issue"),
        Index(None, "event_id", "registration_id"),
        Index(None, "registration_id"),
        Index(None, "sha256"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("registration.id"))
    number: Mapped[int]
    issue: Mapped[int] = mapped_column(default=1)
    serial: Mapped[str] = mapped_column(String(60))
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    key_id: Mapped[str] = mapped_column(String(20))
    """The key from which the code can be made again for the mail that carries the link."""
    level: Mapped[Code]
    """attendance, participation, completion, appreciation."""
    quarter_hours: Mapped[int] = mapped_column(default=0)
    shown: Mapped[dict[str, Any]] = mapped_column(Json)
    """All that the document and the verification page say, frozen."""
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the file, also once it was erased with its holder's data; "" where it was never made."""
    state: Mapped[Code] = mapped_column(default="valid")
    """valid, replaced, revoked."""
    reason: Mapped[Line] = mapped_column(default="")
    issued_at: Mapped[Created]
    ended_at: Mapped[datetime | None]


class Withdrawal(Base):
    """A proposal to withdraw a certificate: who said why, and what a second person said (R5.7)."""

    __tablename__ = "certificate_withdrawal"
    __table_args__ = (
        Index(None, "event_id", "state"),
        Index(None, "certificate_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    certificate_id: Mapped[int] = mapped_column(BigInt, ForeignKey("certificate.id"))
    reason: Mapped[Line]
    state: Mapped[Code] = mapped_column(default=WithdrawalState.PENDING)
    """pending, confirmed, refused, taken_back."""
    proposed_by: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    proposed_label: Mapped[Line]
    """Who proposed it, as the audit log shows."""
    proposed_at: Mapped[Created]
    decided_by: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    decided_label: Mapped[Line] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
