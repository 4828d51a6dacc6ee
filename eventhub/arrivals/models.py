"""Tables of travel, vehicles, liaison officers and courtesies."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Created, Line, Pk, Ref, Version


class TravelEntry(Base):
    """A person's journey, enciphered; plain is only which vehicle and officer are meant."""

    __tablename__ = "travel_entry"
    __table_args__ = (
        UniqueConstraint("registration_id"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """`rules.Travel` as JSON, enciphered with the event's key for arrivals."""
    vehicle_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("vehicle.id"))
    officer_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("liaison_officer.id"))
    """Who meets this person; None is every officer of the delegation."""
    version: Mapped[Version]
    changed_at: Mapped[Created]


class Vehicle(Base):
    """A car or bus of the host, and who drives it."""

    __tablename__ = "vehicle"
    __table_args__ = (UniqueConstraint("event_id", "name"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    name: Mapped[Line]
    seats: Mapped[int | None]
    """For passengers."""
    plate: Mapped[str] = mapped_column(String(60), default="")
    driver: Mapped[Line] = mapped_column(default="")
    driver_phone: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[Version]
    created_at: Mapped[Created]


class LiaisonOfficer(Base):
    """An account that looks after the arrivals of one delegation; its grant goes with the row."""

    __tablename__ = "liaison_officer"
    __table_args__ = (
        UniqueConstraint("delegation_id", "account_id"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    ref: Mapped[Ref]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    delegation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("delegation.id"))
    account_id: Mapped[int] = mapped_column(BigInt, ForeignKey("account.id"))
    phone: Mapped[str] = mapped_column(String(60), default="")
    told_at: Mapped[datetime | None]
    """When the last digest of changes left."""
    created_at: Mapped[Created]


class TravelNews(Base):
    """That somebody's journey changed and an officer was not told yet."""

    __tablename__ = "travel_news"
    __table_args__ = (
        UniqueConstraint("officer_id", "registration_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"), index=True)
    officer_id: Mapped[int] = mapped_column(BigInt, ForeignKey("liaison_officer.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"), index=True)


class RankCourtesy(Base):
    """What people of a level of rank are given at an event."""

    __tablename__ = "rank_courtesy"
    __table_args__ = (
        UniqueConstraint("event_id", "rank_level_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    rank_level_id: Mapped[int] = mapped_column(BigInt, ForeignKey("rank_level.id"))
    lounge: Mapped[bool] = mapped_column(default=False)
    car: Mapped[Code] = mapped_column(default="")
    """shared, own; empty is none."""
    escort: Mapped[bool] = mapped_column(default=False)
    room: Mapped[Code] = mapped_column(default="")
    """standard, superior, suite; empty is none."""
    version: Mapped[Version]


class CourtesyException(Base):
    """What one person is given in place of what the rank is due, and why."""

    __tablename__ = "courtesy_exception"
    __table_args__ = (
        UniqueConstraint("registration_id"),
        Index(None, "event_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    lounge: Mapped[bool] = mapped_column(default=False)
    car: Mapped[Code] = mapped_column(default="")
    escort: Mapped[bool] = mapped_column(default=False)
    room: Mapped[Code] = mapped_column(default="")
    note: Mapped[Line]
    version: Mapped[Version]
