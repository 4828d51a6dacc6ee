"""Tables of registrations, decisions, change requests, seats and consents."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from eventhub.core.db import (
    Base,
    BigInt,
    Code,
    Created,
    Instant,
    Json,
    Line,
    Long,
    Pk,
    Ref,
    Version,
    WallTime,
)
from eventhub.i18n import Translated, TranslatedText


class Registration(Base):
    """One person at one event in one category, with its own copy of all that is printed."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(None, "event_id", "state", "category_id"),
        Index(None, "event_id", "delegation_id"),
        Index(None, "event_id", "email"),
        Index(None, "pass_id"),
        Index(None, "person_id"),
        UniqueConstraint("event_id", "entity_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref] = mapped_column(insert_sentinel=True)
    """Also tells which of many rows inserted at once got which id: one statement for all."""
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    category_id: Mapped[int] = mapped_column(BigInt, ForeignKey("category.id"))
    entity_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    delegation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("delegation.id"))
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    speaker_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("speaker.id"))
    photo_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("photo.id"))
    pass_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("pass.id"))
    replaces_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("registration.id"))
    number: Mapped[int | None]
    """With the entity's code the number people see and say: ZMB-07."""
    state: Mapped[Code] = mapped_column(default="draft")
    source: Mapped[Code] = mapped_column(default="self")
    """self, focal_point, organiser, invited, desk, loader."""

    honorific: Mapped[str] = mapped_column(String(60), default="")
    family_name: Mapped[Line] = mapped_column(default="")
    given_names: Mapped[Line] = mapped_column(default="")
    name_order: Mapped[Code] = mapped_column(default="given_first")
    """given_first, family_first."""
    display_name: Mapped[Line] = mapped_column(default="")
    display_caps: Mapped[Line] = mapped_column(default="")
    """The family name in capitals as its owner writes it; empty: worked out by language."""
    passport_latin: Mapped[Line] = mapped_column(default="")
    name_local: Mapped[Line] = mapped_column(default="")
    name_local_language: Mapped[str] = mapped_column(String(8), default="")
    gender: Mapped[Code] = mapped_column(default="undisclosed")
    """woman, man, another, undisclosed."""
    rank_level_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("rank_level.id"))
    functional_title: Mapped[Line] = mapped_column(default="")
    """In the language in which it was submitted, and never translated (R2.18)."""
    title_en: Mapped[Line] = mapped_column(default="")
    salutation: Mapped[Line] = mapped_column(default="")
    """The first line of letters; empty: worked out from the form of address."""
    order_number: Mapped[int | None]
    """The place inside role and delegation that its focal point chose (R2.9)."""
    in_office_since: Mapped[date | None]
    organisation: Mapped[Line] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    admission: Mapped[Code] = mapped_column(default="official_delegation")
    """valid_pass, needs_ticket, official_delegation, remote (R1.25)."""
    mode: Mapped[Code] = mapped_column(default="in_person")
    """in_person, remote (R1.27)."""

    draft: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was typed so far, by step, before the registration was sent."""
    returned_fields: Mapped[list[str]] = mapped_column(Json, default=list)
    return_until: Mapped[datetime | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    is_over_quota: Mapped[bool] = mapped_column(default=False)
    needs_new_badge: Mapped[bool] = mapped_column(default=False)
    link_number: Mapped[int] = mapped_column(default=1)
    ask_number: Mapped[int] = mapped_column(default=1)
    """Raising it makes every link that asks for what is missing worthless."""
    feed_number: Mapped[int] = mapped_column(default=1)
    search: Mapped[Long] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime | None]
    accredited_at: Mapped[datetime | None]
    state_since: Mapped[Created]
    erased_at: Mapped[datetime | None]
    """When the personal data were erased for ever; the row is kept for the figures."""
    version: Mapped[Version]
    created_at: Mapped[Created]


class Decision(Base):
    """One move from one state to another: who, when, why. Written once (R1.2)."""

    __tablename__ = "decision"
    __table_args__ = (
        Index(None, "registration_id", "id"),
        Index(None, "event_id", "outcome", "effective_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    from_state: Mapped[Code]
    to_state: Mapped[Code]
    reason: Mapped[Code] = mapped_column(default="")
    text: Mapped[Long] = mapped_column(Text, default="")
    fields: Mapped[list[str]] = mapped_column(Json, default=list)
    """For a return: what is to be corrected."""
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None] = mapped_column(BigInt)
    at: Mapped[Created]
    effective_at: Mapped[Created]
    outcome: Mapped[Code] = mapped_column(default="done")
    """held (takes effect later), done, cancelled: the one column that changes, once."""


class ChangeRequest(Base):
    """New values that wait for approval while the old ones stay in force (R1.4)."""

    __tablename__ = "change_request"
    __table_args__ = (Index(None, "event_id", "state"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    old: Mapped[dict[str, Any]] = mapped_column(Json)
    new: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[Code] = mapped_column(default="open")
    """open, accepted, refused, withdrawn."""
    text: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[Created]
    decided_at: Mapped[datetime | None]


class Pool(Base):
    """A limit of seats: locked, counted and taken from in one transaction (R1.8)."""

    __tablename__ = "pool"
    __table_args__ = (UniqueConstraint("event_id", "code"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    code: Mapped[Code]
    names: Mapped[Translated] = mapped_column(TranslatedText, default=Translated)
    scope: Mapped[Code] = mapped_column(default="per_event")
    """per_event, per_delegation, per_organisation, per_session."""
    session_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("session.id"))
    """The session whose seats they are, given one by one; None for all other scopes."""
    each: Mapped[int | None]
    """Of a session's seats, how many a delegation may have; None is no limit of its own."""
    categories: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of the categories it counts; empty is all that count as participants, without close
    protection where the seats are a delegation's (R1.11)."""
    modes: Mapped[list[str]] = mapped_column(Json, default=list)
    """Ways of taking part that it counts (R1.27); empty is all."""
    seats: Mapped[int]
    limits: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Per delegation, also in a session: seats of entities that have a limit of their own, by the
    entity's id as text (hosts, co-hosts); null is no limit."""
    when_full: Mapped[Code] = mapped_column(default="refuse")
    """refuse, waitlist, overflow."""
    lock: Mapped[Code] = mapped_column(default="hard")
    """hard does what when_full says; soft accepts and flags."""
    version: Mapped[Version]


class _InSession:
    """That somebody is named once for the limit of one session."""

    @declared_attr.directive
    def __table_args__(self) -> tuple[Any, ...]:
        """Return the constraints and indexes, the same for both tables."""
        return (
            UniqueConstraint("pool_id", "registration_id"),
            Index(None, "event_id"),
            Index(None, "registration_id"),
            {"sqlite_autoincrement": True},
        )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    pool_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pool.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    created_at: Mapped[Created]


class SessionSeat(_InSession, Base):
    """That somebody has a seat in a session whose seats are limited (R1.8)."""

    __tablename__ = "session_seat"

    is_over: Mapped[bool] = mapped_column(default=False)
    """Given although the seats were used up: accepted and flagged (R1.11)."""


class SessionWait(_InSession, Base):
    """That somebody waits for a seat in a session; the place is worked out when read (R1.12)."""

    __tablename__ = "session_wait"


class HeadAbsence(Base):
    """From when on a delegation's head is away and the highest deputy acts (R1.10)."""

    __tablename__ = "head_absence"
    __table_args__ = (UniqueConstraint("event_id", "delegation_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    since: Mapped[datetime] = mapped_column(WallTime)
    since_at: Mapped[Instant]


class Reminder(Base):
    """That a focal point was reminded of a delegation, so many days before the deadline (R1.16)."""

    __tablename__ = "delegation_reminder"
    __table_args__ = (
        UniqueConstraint("delegation_id", "account_id", "what", "days"),
        Index(None, "account_id", "on_day"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    account_id: Mapped[int] = mapped_column(BigInt, ForeignKey("account.id"))
    what: Mapped[Code] = mapped_column(default="names")
    """Which deadline: a value of `rules.due.Due`."""
    days: Mapped[int]
    """30, 14, 7 or 2 days before."""
    on_day: Mapped[date]
    """The day, in UTC, on which the digest left."""


class Consent(Base):
    """One purpose agreed to or not: text version, language, time, by whom declared (R7.5)."""

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("registration_id", "purpose"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    purpose: Mapped[Code]
    is_given: Mapped[bool]
    text_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    declared_by: Mapped[Code]
    """self, focal_point, organiser."""
    at: Mapped[Created]


class LetterCover(Base):
    """A person whom an official letter names; a verified letter lets them be accredited."""

    __tablename__ = "letter_cover"
    __table_args__ = (Index(None, "event_id", "letter_id"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True
    )
    letter_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("official_letter.id"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))


class PhotoOffer(Base):
    """A photo somebody sent for a delegation, not put to anybody before it was looked at."""

    __tablename__ = "photo_offer"
    __table_args__ = (Index(None, "event_id", "delegation_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    photo_id: Mapped[int] = mapped_column(BigInt, ForeignKey("photo.id"))
    name: Mapped[Line]
    """The name of the file as it was sent."""
    registration_id: Mapped[int | None] = mapped_column(BigInt)
    """Whose it seems to be: a guess only, so nothing is bound by it."""
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    """Who sent it, and alone sees it."""
    created_at: Mapped[Created]


class PeopleImport(Base):
    """A spreadsheet of people: kept as it was sent, tried, carried out, perhaps undone (R1.32)."""

    __tablename__ = "people_import"
    __table_args__ = (Index(None, "event_id", "delegation_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("delegation.id"))
    """Whose people it brings; None where each row names its own entity."""
    account_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("account.id"))
    file_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    """None once it was removed."""
    name: Mapped[Line]
    """Of the file, as it was sent."""
    started_by: Mapped[Line]
    encoding: Mapped[Code] = mapped_column(default="")
    """Chosen for a text file; empty where it is guessed."""
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Fields by the column's number from 0, as text; empty where they are guessed."""
    state: Mapped[Code] = mapped_column(default="sent")
    """sent, applied, undone."""
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Rows by outcome, once it was carried out."""
    created_at: Mapped[Created]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportedRow(Base):
    """What one row of a spreadsheet did to whom, and which version that left."""

    __tablename__ = "imported_row"
    __table_args__ = (Index(None, "registration_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), index=True)
    import_id: Mapped[int] = mapped_column(BigInt, ForeignKey("people_import.id"), index=True)
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    number: Mapped[int]
    """Of the row in the file."""
    outcome: Mapped[Code]
    """created, updated, asked."""
    version: Mapped[int]


class NotTwins(Base):
    """Two registrations that look like one person and are not, as somebody said (R1.30)."""

    __tablename__ = "not_twins"

    first_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"), primary_key=True)
    """The lower id of the two."""
    second_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), index=True)
    said_by: Mapped[Line]
    at: Mapped[Created]


class RemoteSession(Base):
    """A session that somebody whose place is in the hall follows remotely (R1.27)."""

    __tablename__ = "remote_session"
    __table_args__ = (Index(None, "event_id", "session_id"),)

    registration_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("registration.id"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(BigInt, ForeignKey("session.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
