"""Tables of the agenda: the draft, and its frozen versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core import ids
from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref, Version, WallTime
from eventhub.i18n import Translated, TranslatedText


class Track(Base):
    """A thread of sessions that belong together."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("event_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[Code]
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    place: Mapped[int] = mapped_column(default=0)


class Session(Base):
    """One session. Wall times and zone are the truth; the instants beside them are derived."""

    __tablename__ = "session"
    __table_args__ = (
        Index(None, "event_id", "starts_at"),
        UniqueConstraint("event_id", "code"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=ids.new_uuid)
    """In calendars and exports; never changes."""
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[Code]
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    descriptions: Mapped[Translated] = mapped_column(TranslatedText)
    kind: Mapped[Code]
    """opening, ceremony, high_level, plenary, parallel, panel, keynote, floor, drafting, bilateral,
    press, social, break, logistics, lecture, workshop, study_visit, closing."""
    track_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("track.id"))
    room_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event_room.id"))
    place_note: Mapped[Translated] = mapped_column(TranslatedText)
    """Where it is when it is in no room of the event ("off site")."""
    zone: Mapped[str] = mapped_column(String(64))
    starts: Mapped[datetime] = mapped_column(WallTime)
    starts_fold: Mapped[int] = mapped_column(default=0)
    ends: Mapped[datetime] = mapped_column(WallTime)
    ends_fold: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    access: Mapped[Code] = mapped_column(default="open")
    """open, pass_holders, by_invitation, closed, private (R3.2)."""
    admit: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of the categories admitted to a closed or by_invitation session; empty is all."""
    floor_languages: Mapped[list[str]] = mapped_column(Json, default=list)
    interpretation: Mapped[list[str]] = mapped_column(Json, default=list)
    counts_for_certificate: Mapped[bool] = mapped_column(default=False)
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    credit_minutes: Mapped[int] = mapped_column(default=0)
    breaks: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Pairs of wall-clock times, ["15:30", "15:45"]."""
    status: Mapped[Code] = mapped_column(default="confirmed")
    """confirmed, tentative, cancelled."""
    changed_at: Mapped[Created]
    version: Mapped[Version]

    def title(self, language: str | None = None) -> str:
        """Return the session's title in this language, the reader's by default."""
        return self.titles.pick(language)


class Speaker(Base):
    """Somebody on the programme, with name, post and biography of their own as printed."""

    __tablename__ = "speaker"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    printed_name: Mapped[Line]
    sort_name: Mapped[Line]
    posts: Mapped[Translated] = mapped_column(TranslatedText)
    entity_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    biographies: Mapped[Translated] = mapped_column(TranslatedText)
    portrait_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    email: Mapped[str | None] = mapped_column(String(320))
    version: Mapped[Version]


class Slot(Base):
    """A speaker's part in a session: the role, and the order in which the page names it."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("session_id", "speaker_id", "role"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"))
    speaker_id: Mapped[int] = mapped_column(BigInt, ForeignKey("speaker.id"))
    role: Mapped[Code]
    """chair, moderator, keynote, panellist, discussant, rapporteur, speaker, lecturer,
    master_of_ceremonies."""
    place: Mapped[int] = mapped_column(default=0)


class ProgrammeVersion(Base):
    """The programme as it was published: compressed JSON that is never changed (decision 12)."""

    __tablename__ = "programme_version"
    __table_args__ = (UniqueConstraint("event_id", "number"), {"sqlite_autoincrement": True})

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


class AcceptedFinding(Base):
    """Something found in the programme that may stay as it is: who said so, and why."""

    __tablename__ = "accepted_finding"
    __table_args__ = (UniqueConstraint("event_id", "key"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    key: Mapped[str] = mapped_column(String(120))
    """What `rules.Finding.key` gives: check, what it is about, refs of the sessions."""
    reason: Mapped[Line]
    accepted_by: Mapped[Line]
    accepted_at: Mapped[Created]
