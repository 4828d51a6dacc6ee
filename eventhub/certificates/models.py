"""Tables of certificates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.certificates.rules import WithdrawalState
from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class Certificate(Base):
    """One version of one person's certificate; it outlives the registration's data (R5.6)."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("event_id", "number", "issue"),
        Index(None, "event_id", "registration_id"),
        Index(None, "registration_id"),
        Index(None, "sha256"),
        Index(None, "run_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("registration.id"))
    speaker_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("speaker.id"))
    """Of a certificate of appreciation, which speaks of sessions and not of attendance (R5.3)."""
    run_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("certificate_run.id"))
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


class Signatory(Base):
    """Who signs an event's certificates, at most three (R5.8)."""

    __tablename__ = "certificate_signatory"
    __table_args__ = (UniqueConstraint("event_id", "place"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    place: Mapped[int]
    """From 1, in the order in which they stand side by side."""
    names: Mapped[Translated] = mapped_column(TranslatedText)
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """The scanned signature; printed only while its use is permitted."""
    permitted_by: Mapped[Line] = mapped_column(default="")
    """Who permitted its use, in writing or before a witness; empty: nobody, so it is not used."""
    permitted_on: Mapped[date | None]
    recorded_by: Mapped[Line] = mapped_column(default="")
    version: Mapped[Version]


class CertificateRun(Base):
    """Certificates issued and made together: to whom, and how far it is (R5.9)."""

    __tablename__ = "certificate_run"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    what: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The filter: {"all": true}, {"level": "completion"}, {"category": ref} or {"speakers": true};
    with "categories", the ids of those that the starter's right reaches."""
    tells: Mapped[bool] = mapped_column(default=True)
    """Whether each holder gets a mail with the link."""
    state: Mapped[Code] = mapped_column(default="waiting")
    """waiting, making, done."""
    job_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("job.id"))
    made: Mapped[int] = mapped_column(default=0)
    started_by: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    started_label: Mapped[Line]
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]
