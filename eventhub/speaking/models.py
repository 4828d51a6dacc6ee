"""Tables of the list of speakers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Instant, Json, Line, Pk, Ref, Version
from eventhub.speaking.rules import Clock


class SpeakerList(Base):
    """The list of one session, its limits, and how far it has come."""

    __tablename__ = "speaker_list"
    __table_args__ = (
        UniqueConstraint("session_id"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    limit_s: Mapped[int] = mapped_column(default=180)
    group_limit_s: Mapped[int] = mapped_column(default=300)
    turnover_s: Mapped[int] = mapped_column(default=30)
    warning_s: Mapped[int] = mapped_column(default=30)
    minutes: Mapped[int | None]
    """How long the list may take; None is as long as the session, without its breaks."""
    ordering: Mapped[Code] = mapped_column(default="plain")
    """plain (R3.8), balanced (R3.9)."""
    observers_apart: Mapped[bool] = mapped_column(default=True)
    """Whether observer States and the European Union speak after the Member States."""
    shows_names: Mapped[bool] = mapped_column(default=False)
    """Whether speakers' names stand on the wall and the public list (R3.16)."""
    is_open: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    link_number: Mapped[int] = mapped_column(default=1)
    """Raising it makes another address of the wall; the one before shows nothing any more."""
    live: Mapped[int] = mapped_column(default=0)
    """Counts what the operator does, so that two of them do not do the same thing twice."""
    acts: Mapped[list[Any]] = mapped_column(Json, default=list, deferred=True)
    """What can be undone, the last one last: see `services/undoing.py`."""
    version: Mapped[Version]
    """Counts every change of the list and its requests."""
    created_at: Mapped[Created]


class SpeakingRequest(Base):
    """Somebody's request for the floor."""

    __tablename__ = "speaking_request"
    __table_args__ = (Index(None, "event_id", "list_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    list_id: Mapped[int] = mapped_column(BigInt, ForeignKey("speaker_list.id"))
    entity_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    body: Mapped[Line] = mapped_column(default="")
    """Who speaks where it is no entity of the table."""
    for_group: Mapped[Line] = mapped_column(default="")
    """On whose behalf, where it is a group; empty is the own behalf."""
    speaker: Mapped[Line] = mapped_column(default="")
    registration_id: Mapped[int | None] = mapped_column(
        BigInt, ForeignKey("registration.id"), index=True
    )
    """The registration of the speaker, where one of that name was there."""
    gender: Mapped[Code] = mapped_column(default="")
    """woman, man, or empty; read by the balanced order alone."""
    language: Mapped[str] = mapped_column(String(8), default="")
    rank_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("rank_level.id"))
    block: Mapped[int]
    tier: Mapped[int]
    """The tier in which it stands; that of its rank once the rank is confirmed (R3.10)."""
    received_at: Mapped[Instant]
    queued_at: Mapped[Instant]
    """The time by which it stands in its tier: when it was received, skipped or put lower."""
    place: Mapped[int] = mapped_column(default=0)
    state: Mapped[Code] = mapped_column(default="inscribed")
    """inscribed, confirmed, skipped, speaking, done, written, withdrawn."""
    is_moved: Mapped[bool] = mapped_column(default=False)
    """Whether it stands where somebody put it, against the rule."""
    reason: Mapped[Line] = mapped_column(default="")
    """Why it was moved, swapped, withdrawn, or taken after the list was closed."""
    shifted: Mapped[Code] = mapped_column(default="")
    """What the balanced order avoided by taking it early: group, gender, group+gender."""
    passed: Mapped[int] = mapped_column(default=0)
    """How often in a row it was passed over as head of its tier (R3.9)."""
    version: Mapped[Version]
    created_at: Mapped[Created]


class SpeakingTurn(Base):
    """The floor taken once: the clock while it runs, afterwards the log of what was spoken."""

    __tablename__ = "speaking_turn"
    __table_args__ = (
        UniqueConstraint("list_id", "is_running"),
        Index(None, "event_id", "list_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    list_id: Mapped[int] = mapped_column(BigInt, ForeignKey("speaker_list.id"))
    request_id: Mapped[int] = mapped_column(BigInt, ForeignKey("speaking_request.id"))
    is_running: Mapped[bool | None] = mapped_column(default=True)
    """True, or None once it is over: no list has two at once."""
    started_at: Mapped[Instant]
    limit_s: Mapped[int]
    extra_s: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]
    stopped_ms: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(default=0)
    """How long was spoken, once it is over."""

    @property
    def clock(self) -> Clock:
        """Return the clock as the rules know it."""
        return Clock(
            self.started_at,
            self.limit_s,
            self.extra_s,
            self.stopped_at,
            self.stopped_ms / 1000,
            self.ended_at,
        )
