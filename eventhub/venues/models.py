"""Tables of venues and rooms."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Code, Json, Pk, Ref, Version
from eventhub.i18n import Translated, TranslatedText


class Venue(Base):
    """A building or campus, with its city, country and IANA time zone."""

    __tablename__ = "venue"
    __table_args__ = (Index(None, "institution_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    institution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("institution.id"))
    names: Mapped[Translated] = mapped_column(TranslatedText)
    address: Mapped[Translated] = mapped_column(TranslatedText)
    city: Mapped[str] = mapped_column(String(120))
    country_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entity.id"))
    zone: Mapped[str] = mapped_column(String(64))
    version: Mapped[Version]


class VenueRoom(Base):
    """A room of a venue: how many seats in its usual layout, which booths it has."""

    __tablename__ = "venue_room"
    __table_args__ = (Index(None, "venue_id"), {"sqlite_autoincrement": True})

    id: Mapped[Pk]
    ref: Mapped[Ref]
    venue_id: Mapped[int] = mapped_column(BigInt, ForeignKey("venue.id"))
    code: Mapped[Code]
    names: Mapped[Translated] = mapped_column(TranslatedText)
    capacity: Mapped[int | None]
    layout: Mapped[Code]
    booths: Mapped[list[str]] = mapped_column(Json, default=list)
    zone_code: Mapped[str | None] = mapped_column(String(10))
    place: Mapped[int] = mapped_column(default=0)
