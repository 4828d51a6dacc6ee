"""The tables of starred sessions, and of what a person chose of the own calendar."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Json


class Star(Base):
    """A session that a person wants in the own agenda."""

    __tablename__ = "star"
    __table_args__ = (Index(None, "event_id"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))


class CalendarChoice(Base):
    """What a person chose of the own calendar; without a row, all is as it is by default."""

    __tablename__ = "calendar_choice"
    __table_args__ = (Index(None, "event_id", "by_mail"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True, autoincrement=False
    )
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    language: Mapped[str] = mapped_column(String(8), default="")
    """Of the entries; "" is the language of the person's letters."""
    alarm_minutes: Mapped[int | None]
    shows_all: Mapped[bool] = mapped_column(default=False)
    """Whether it holds all sessions that are open to the person, whatever is starred."""
    by_mail: Mapped[bool] = mapped_column(default=False)
    """Whether changes are also sent by mail, for calendars that follow no address."""
    told: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By a session's uid what the person's calendar was last told by mail (`rules.Told`)."""
    by_letter: Mapped[bool] = mapped_column(default=True)
    """Whether a letter says in words what changed in the own programme (R3.5)."""
