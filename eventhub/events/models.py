"""Tables of events and of what is set up for each of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Json, Line, Pk, Ref, Version, WallTime
from eventhub.i18n import Translated, TranslatedText


class Series(Base):
    """Meetings that recur, counted together (R6.7)."""

    __tablename__ = "series"

    id: Mapped[Pk]
    ref: Mapped[Ref]
    institution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("institution.id"))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    titles: Mapped[Translated] = mapped_column(TranslatedText)


class Event(Base):
    """One meeting. Local times stand with `zone`; the instants beside them are derived."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "institution_id", "starts_on"),
        Index(None, "series_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str] = mapped_column(String(20))
    """Short name for serials and rosette, such as XIAMEN-2024."""
    preset: Mapped[Code]
    """forum, side_event, seminar."""
    state: Mapped[Code] = mapped_column(default="draft")
    """draft, published, postponed, cancelled, archived."""
    institution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("institution.id"))
    series_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("series.id"))
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    summary: Mapped[Translated] = mapped_column(TranslatedText)
    notice: Mapped[Translated] = mapped_column(TranslatedText)
    """What the page says first when the event is postponed or cancelled."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    """Midnight at which the first day begins in `zone`, as an instant."""
    ends_at: Mapped[datetime]
    """Midnight that ends the last day in `zone`, as an instant."""
    city: Mapped[str] = mapped_column(String(120))
    cities: Mapped[Translated] = mapped_column(TranslatedText)
    country_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    venue_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("venue.id"))
    venue_names: Mapped[Translated] = mapped_column(TranslatedText)
    mode: Mapped[Code] = mapped_column(default="in_person")
    """in_person, hybrid, online."""
    online_url: Mapped[str | None] = mapped_column(String(500))
    languages: Mapped[list[str]] = mapped_column(Json)
    """Languages of the pages, in the order in which texts fall back."""
    working_languages: Mapped[list[str]] = mapped_column(Json, default=list)
    interpretation: Mapped[list[str]] = mapped_column(Json, default=list)
    contact_email: Mapped[str] = mapped_column(String(320))
    places: Mapped[int]
    registration_opens: Mapped[datetime | None] = mapped_column(WallTime)
    registration_closes: Mapped[datetime] = mapped_column(WallTime)
    registration_closes_fold: Mapped[int] = mapped_column(default=0)
    registration_closes_at: Mapped[datetime]
    registration_opens_at: Mapped[datetime | None]
    accent: Mapped[Code] = mapped_column(default="harbour")
    switches: Mapped[list[str]] = mapped_column(Json, default=list)
    touched: Mapped[list[str]] = mapped_column(Json, default=list)
    """Settings that somebody changed; all others are marked "default"."""
    rehearsal_of_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("event.id"))
    erased_on: Mapped[date | None]
    """For a rehearsal: the day on which it is erased by itself."""
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Created]
    published_at: Mapped[datetime | None]
    version: Mapped[Version]
    created_at: Mapped[Created]

    def title(self, language: str | None = None) -> str:
        """Return the title in this language (the reader's by default), or as it falls back."""
        return self.titles.pick(language, self.languages)


class OldSlug(Base):
    """An address that an event had before; it redirects."""

    __tablename__ = "old_slug"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))


class Host(Base):
    """A host or co-host of an event: an institution here, or an entity, printed in its order."""

    __tablename__ = "host"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    institution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("institution.id"))
    entity_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    names: Mapped[Translated] = mapped_column(TranslatedText)
    is_main: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int] = mapped_column(default=0)


class EventZone(Base):
    """A zone of the venue that a badge may open (Z0 to Z7 by default)."""

    __tablename__ = "event_zone"
    __table_args__ = (UniqueConstraint("event_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(10))
    names: Mapped[Translated] = mapped_column(TranslatedText)
    place: Mapped[int] = mapped_column(default=0)


class Category(Base):
    """A kind of participant at one event (R1.6)."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("event_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(10))
    names: Mapped[Translated] = mapped_column(TranslatedText)
    colour: Mapped[str] = mapped_column(String(7))
    mark: Mapped[str] = mapped_column(String(2))
    zones: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of the zones it opens."""
    vouched_by: Mapped[Code]
    """focal_point, organiser, none."""
    approver: Mapped[Code]
    """A desk (secretariat, protocol, media_desk ...), organiser, or none."""
    needs_letter: Mapped[bool] = mapped_column(default=False)
    photo_waived: Mapped[bool] = mapped_column(default=False)
    counts_as_participant: Mapped[bool] = mapped_column(default=True)
    in_list_of_participants: Mapped[bool] = mapped_column(default=True)
    default_quota: Mapped[int] = mapped_column(default=0)
    is_on: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=True)
    """Whether people may choose it themselves on the public form."""
    place: Mapped[int] = mapped_column(default=0)
    version: Mapped[Version]

    def name(self, language: str | None = None) -> str:
        """Return the category's word in this language, the reader's by default."""
        return self.names.pick(language)


class EventRoom(Base):
    """A room as this event uses it."""

    __tablename__ = "event_room"
    __table_args__ = (Index(None, "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    venue_room_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("venue_room.id"))
    code: Mapped[Code]
    names: Mapped[Translated] = mapped_column(TranslatedText)
    capacity: Mapped[int | None]
    layout: Mapped[Code] = mapped_column(default="theatre")
    """How it is set as a rule; `capacity` was counted for that."""
    seats: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Seats by each other layout it can be set in (R3.21); empty where nobody said."""
    opens: Mapped[str | None] = mapped_column(String(5))
    closes: Mapped[str | None] = mapped_column(String(5))
    """When it may be used, on each day, by the event's clock, "08:30"; one that closes before it
    opens does so after midnight."""
    booths: Mapped[list[str]] = mapped_column(Json, default=list)
    zone_code: Mapped[str | None] = mapped_column(String(10))
    place: Mapped[int] = mapped_column(default=0)
    version: Mapped[Version]


class EventSetting(Base):
    """What an event decided for one feature; read as that feature's frozen dataclass."""

    __tablename__ = "event_setting"

    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), primary_key=True)
    feature: Mapped[str] = mapped_column(String(40), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class InfoPage(Base):
    """A page of practical information, Markdown in each language."""

    __tablename__ = "info_page"
    __table_args__ = (UniqueConstraint("event_id", "slug"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    slug: Mapped[str] = mapped_column(String(60))
    titles: Mapped[Translated] = mapped_column(TranslatedText)
    bodies: Mapped[Translated] = mapped_column(TranslatedText)
    is_public: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int] = mapped_column(default=0)
    version: Mapped[Version]


class EventNote(Base):
    """What changed in an event's life: published, postponed, cancelled, told to how many."""

    __tablename__ = "event_note"
    __table_args__ = (Index(None, "event_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    kind: Mapped[Code]
    text: Mapped[Line]
    at: Mapped[Created]
