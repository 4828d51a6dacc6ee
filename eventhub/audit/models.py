"""Tables of the audit log, and the triggers that keep it append-only."""

from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk


class AuditLabel(Base):
    """How the log calls an actor; the one thing of the log that erasure may replace."""

    __tablename__ = "audit_label"
    __table_args__ = (UniqueConstraint("kind", "actor_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    kind: Mapped[Code]
    actor_id: Mapped[int] = mapped_column(BigInt)
    label: Mapped[Line]


class AuditSecret(Base):
    """What the values of one human being are enciphered with, beside the event's key.

    Erasure empties it: the entries stay, and nobody can read their values any more.
    """

    __tablename__ = "audit_secret"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)


class AuditEntry(Base):
    """One thing done to one subject."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "event_id", "id"),
        Index(None, "subject_kind", "subject_ref"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    at: Mapped[Created]
    event_id: Mapped[int | None] = mapped_column(BigInt)
    label_id: Mapped[int] = mapped_column(ForeignKey("audit_label.id"))
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[Code]
    subject_ref: Mapped[str] = mapped_column(String(64))
    fields: Mapped[list[Any]] = mapped_column(Json, default=list)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


SQLITE_TRIGGERS = [
    f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for verb in ("update", "delete")
]
POSTGRESQL_TRIGGERS = [
    "CREATE OR REPLACE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()",
]

for _dialect, _statements in (("sqlite", SQLITE_TRIGGERS), ("postgresql", POSTGRESQL_TRIGGERS)):
    for _statement in _statements:
        event.listen(
            AuditEntry.__table__,
            "after_create",
            DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
