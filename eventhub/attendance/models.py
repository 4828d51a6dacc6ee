"""Tables of what counts beside scans: corrections by hand, tests, the survey."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref


class AttendanceCorrection(Base):
    """What a hand said of one person in one session; the newest that is not undone counts."""

    __tablename__ = "attendance_correction"
    __table_args__ = (
        Index(None, "event_id", "registration_id"),
        Index(None, "session_id"),
        CheckConstraint("minutes >= 0", name="minutes_are_not_negative"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    minutes: Mapped[int | None]
    """Credited minutes; None for an excused absence, which leaves what the scans say."""
    reason: Mapped[Line]
    made_by: Mapped[Line]
    made_at: Mapped[Created]
    undone_by: Mapped[Line] = mapped_column(default="")
    undone_at: Mapped[datetime | None]


class CourseResult(Base):
    """What a level needs beside attendance: a test score from 0 to 1, and the survey sent."""

    __tablename__ = "course_result"
    __table_args__ = (UniqueConstraint("registration_id"), Index(None, "event_id"))

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    post_test: Mapped[float | None]
    survey_sent: Mapped[bool] = mapped_column(default=False)


class ScoreImport(Base):
    """A spreadsheet of test scores: kept as it was sent, tried, carried out, perhaps undone."""

    __tablename__ = "score_import"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """None once it was carried out: the file is removed then."""
    name: Mapped[Line]
    """Of the file, as it was sent."""
    started_by: Mapped[Line]
    encoding: Mapped[Code] = mapped_column(default="")
    """Chosen for a text file; empty where it is guessed."""
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Columns of the file from 0, as text, by what they are; empty where they are guessed."""
    state: Mapped[Code] = mapped_column(default="sent")
    """sent, applied, undone."""
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Rows by outcome, once it was carried out."""
    created_at: Mapped[Created]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportedScore(Base):
    """What one row wrote for whom, and what stood there before."""

    __tablename__ = "imported_score"
    __table_args__ = (
        Index(None, "event_id", "registration_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    import_id: Mapped[int] = mapped_column(BigInt, ForeignKey("score_import.id"), index=True)
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    number: Mapped[int]
    """Of the row in the file."""
    outcome: Mapped[Code]
    """created, updated."""
    score: Mapped[float | None]
    before: Mapped[float | None]


class SurveyReceipt(Base):
    """That somebody sent the survey; not when, so that no order joins it to an answer."""

    __tablename__ = "survey_receipt"
    __table_args__ = (Index(None, "event_id"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))


class SurveyAnswer(Base):
    """What one survey says; of an anonymous one with nobody's name, no time, in no order."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index(None, "event_id"), {"sqlite_with_rowid": False})

    ref: Mapped[str] = mapped_column(String(36), primary_key=True)
    """Random, and the only key: rows lie by it."""
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    questionnaire_id: Mapped[int] = mapped_column(BigInt, ForeignKey("questionnaire.id"))
    registration_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("registration.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
