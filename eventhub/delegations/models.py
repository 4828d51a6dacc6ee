"""Tables of delegations: focal points, contacts, notes, invitations, official letters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Long, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class Delegation(Base):
    """An entity at an event."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("event_id", "entity_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entity.id"))
    role: Mapped[Code] = mapped_column(default="participant")
    """host, co_host, participant, observer."""
    readiness: Mapped[Code] = mapped_column(default="open")
    """preparation: claimed by code, its letter not confirmed yet, so that nobody counts as
    nominated (R1.33); open: all others."""
    reply: Mapped[Code] = mapped_column(default="none")
    """none, regrets, attending, names_received (R1.34). The first name sets the last one; that a
    delegation is complete is worked out from its people when it is asked."""
    replied_at: Mapped[datetime | None]
    last_number: Mapped[int] = mapped_column(default=0)
    """The highest display number given so far (ZMB-07 has 7); never given twice."""
    next_step: Mapped[Line] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    version: Mapped[Version]
    created_at: Mapped[Created]


class FocalPoint(Base):
    """An account that looks after a delegation; its grant holds as long as the row does."""

    __tablename__ = "focal_point"
    __table_args__ = (
        Index(None, "event_id", "delegation_id"),
        Index(None, "account_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    account_id: Mapped[int] = mapped_column(BigInt, ForeignKey("account.id"))
    is_primary: Mapped[bool] = mapped_column(default=False)
    state: Mapped[Code] = mapped_column(default="confirmed")
    """review: a second claim, without rights until the secretariat decides; claimed: by code,
    works in preparation; confirmed; ended."""
    phone: Mapped[str] = mapped_column(String(60), default="")
    letter_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("official_letter.id"))
    """The letter that names this person."""
    reason: Mapped[Line] = mapped_column(default="")
    """Why it ended or was refused."""
    ended_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class DelegationContact(Base):
    """Somebody to write to or call: a mission's mailbox, a protocol office."""

    __tablename__ = "delegation_contact"
    __table_args__ = (Index(None, "event_id", "delegation_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    name: Mapped[Line] = mapped_column(default="")
    function: Mapped[Line] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[Created]


class DelegationNote(Base):
    """A note or a call about a delegation, and what is to be done next."""

    __tablename__ = "delegation_note"
    __table_args__ = (
        Index(None, "event_id", "delegation_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    kind: Mapped[Code] = mapped_column(default="note")
    """note, call."""
    text: Mapped[Long] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(60), default="")
    """The number that was called."""
    written_by: Mapped[Line]
    next_step: Mapped[Line] = mapped_column(default="")
    next_step_on: Mapped[date | None]
    at: Mapped[Created]


class Invitation(Base):
    """The letter that invites a delegation, with its one-time code (R1.33)."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("event_id", "delegation_id"),
        Index(None, "event_id", "code_hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    form: Mapped[Code] = mapped_column(default="note_verbale")
    """letter, note_verbale."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    reference_no: Mapped[str] = mapped_column(String(80), default="")
    dated_on: Mapped[date]
    state: Mapped[Code] = mapped_column(default="draft")
    """draft, cleared, sent."""
    code_number: Mapped[int] = mapped_column(default=1)
    """Raising it makes another code; the one printed before is worthless then."""
    code_key: Mapped[str] = mapped_column(String(16))
    """Id of the key that the code is made with."""
    code_hash: Mapped[str] = mapped_column(String(64))
    code_expires_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    how: Mapped[Code] = mapped_column(default="")
    """mail, by_hand, post, bag: how it was sent."""
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """The PDF as it was sent."""
    version: Mapped[Version]
    created_at: Mapped[Created]


class OfficialLetter(Base):
    """A letter of a delegation: who comes, who speaks for it. Whom it covers, registration says."""

    __tablename__ = "official_letter"
    __table_args__ = (
        UniqueConstraint("delegation_id", "version"),
        Index(None, "event_id", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    version: Mapped[int]
    """1, 2, 3 ... of the delegation's letters."""
    kind: Mapped[Code] = mapped_column(default="nomination")
    """nomination, credentials, note_verbale, focal_point."""
    reference_no: Mapped[str] = mapped_column(String(80), default="")
    dated_on: Mapped[date | None]
    signatory: Mapped[Line] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    state: Mapped[Code] = mapped_column(default="received")
    """received, verified, refused; superseded: verified once, a later verified one stands."""
    reason: Mapped[Code] = mapped_column(default="")
    reason_text: Mapped[Line] = mapped_column(default="")
    supersedes_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("official_letter.id"))
    sent_by: Mapped[Line] = mapped_column(default="")
    decided_by: Mapped[Line] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class LetterText(Base):
    """The wording of a kind of letter, where an institution or an event has its own."""

    __tablename__ = "letter_text"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        UniqueConstraint("institution_id", "kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    institution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("institution.id"))
    kind: Mapped[Code]
    """letter, note_verbale, reminder, information_note."""
    texts: Mapped[Translated] = mapped_column(TranslatedText)
    version: Mapped[Version]


class LetterRun(Base):
    """Letters made together by the worker: a PDF, a DOCX or a ZIP of them."""

    __tablename__ = "letter_run"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    what: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """{"kind": "invitation" | "reminder", "form": "pdf" | "docx" | "clearance" | "zip" | "mail",
    "invitations": [ids]}; of a text shown before it is kept {"kind": "text", "form": "pdf" |
    "clearance", "letter": kind of the text, "language", "text", "delegation": id}"""
    state: Mapped[Code] = mapped_column(default="waiting")
    """waiting, running, done."""
    letters: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None] = mapped_column(BigInt)
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    started_by: Mapped[Line]
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]


class InformationNote(Base):
    """An issue of the information note: frozen when it is made (R1.35)."""

    __tablename__ = "information_note"
    __table_args__ = (UniqueConstraint("event_id", "revision"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    revision: Mapped[int]
    """0 is INF.1, 1 is INF.1/Rev.1."""
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    """By language: [{"heading": ..., "paragraphs": [...]}]."""
    sha256: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By language: id of the stored PDF."""
    issued_by: Mapped[Line]
    issued_at: Mapped[Created]
