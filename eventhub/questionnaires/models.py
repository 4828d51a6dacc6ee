"""Tables of questionnaires and answers."""

from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Pk, Ref
from eventhub.i18n import Translated, TranslatedText


class Questionnaire(Base):
    """One version of a questionnaire at one event; never changed once answered."""

    __tablename__ = "questionnaire"
    __table_args__ = (
        UniqueConstraint("event_id", "code", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[Code]
    number: Mapped[int] = mapped_column(default=1)
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    questions: Mapped[list[Any]] = mapped_column(Json)
    purpose: Mapped[Code] = mapped_column(default="registration")
    """registration (asked of whoever registers) or survey (sent by whoever was there)."""
    is_on: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Created]


class AnswerSet(Base):
    """What one registration answered to one questionnaire version."""

    __tablename__ = "answer_set"
    __table_args__ = (
        UniqueConstraint("registration_id", "questionnaire_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), index=True)
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    questionnaire_id: Mapped[int] = mapped_column(BigInt, ForeignKey("questionnaire.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Answers of class normal, by question code."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Answers of class sensitive, as JSON, enciphered."""
    changed_at: Mapped[Created]
