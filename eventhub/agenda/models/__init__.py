"""Tables of the agenda: the draft, and its frozen versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.agenda.models.versions import ProgrammeProposal, ProgrammeVersion
from eventhub.core import ids
from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref, Version, WallTime
from eventhub.i18n import Translated, TranslatedText

__all__ = [
    "AcceptedFinding",
    "ProgrammeProposal",
    "ProgrammeVersion",
    "Session",
    "Slot",
    "Speaker",
    "Track",
]


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
    """One of `rules.KINDS`: opening, plenary, panel, break ..."""
    track_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("track.id"))
    room_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event_room.id"))
    place_note: Mapped[Translated] = mapped_column(TranslatedText)
    """Where it is when it is in no room of the event ("off site")."""
    layout: Mapped[Code] = mapped_column(default="")
    """How the room is set for it; empty is as the room usually is."""
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
    hides_title: Mapped[bool] = mapped_column(default=False)
    """The public reads "Closed meeting" in place of a closed session's title (R3.2)."""
    floor_languages: Mapped[list[str]] = mapped_column(Json, default=list)
    interpretation: Mapped[list[str]] = mapped_column(Json, default=list)
    counts_for_certificate: Mapped[bool] = mapped_column(default=False)
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    credit_minutes: Mapped[int] = mapped_column(default=0)
    breaks: Mapped[list[Any]] = mapped_column(Json, default=list)
    """Pairs of wall-clock times, ["15:30", "15:45"]."""
    status: Mapped[Code] = mapped_column(default="confirmed")
    """confirmed, tentative, cancelled."""
    is_placed: Mapped[bool] = mapped_column(default=True)
    """False in the tray: only the length of its times means anything, and nobody else sees it."""
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
    language: Mapped[Code] = mapped_column(default="")
    """Of letters; empty is the event's first language."""
    links: Mapped[list[str]] = mapped_column(Json, default=list)
    """At most three addresses of pages, https only."""
    publishes: Mapped[bool | None]
    """Whether the speaker agreed that portrait, biography and links are public; None: not asked."""
    invited_at: Mapped[datetime | None]
    """When the speaker was last asked to confirm."""
    windows: Mapped[list[Any]] = mapped_column(Json, default=list)
    """When the speaker can or cannot speak, each {"can": bool, "zone", "starts", "ends"} with wall
    times of the zone, ISO to the minute; `speakers.queries.windows_of` reads them."""
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
    answer: Mapped[Code] = mapped_column(default="")
    """What the speaker said to this part: confirmed, declined, withdrawn; empty is nothing yet."""
    answer_note: Mapped[Line] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    """How long the part may last, where that is agreed."""


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
