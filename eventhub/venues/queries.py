"""What can be asked about venues."""

from collections.abc import Collection

from sqlalchemy import or_, select

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.venues.models import Venue, VenueRoom


def venues_of(institution_id: int) -> list[Venue]:
    """Return the venues of an institution and those of the whole installation, oldest first."""
    query = select(Venue).where(
        or_(Venue.institution_id == institution_id, Venue.institution_id.is_(None))
    )
    return list(db.session.scalars(query.order_by(Venue.id)))


def venues_of_all(institution_ids: Collection[int]) -> list[Venue]:
    """Return the venues of these institutions, oldest first."""
    query = select(Venue).where(Venue.institution_id.in_(institution_ids))
    return list(db.session.scalars(query.order_by(Venue.id)))


def get_venue(ref: str, *, institution_ids: Collection[int]) -> Venue:
    """Return a venue of one of these institutions by its ref; NotFound where it is not theirs."""
    venue = db.session.scalar(
        select(Venue).where(Venue.ref == ref, Venue.institution_id.in_(institution_ids))
    )
    if venue is None:
        raise NotFound
    return venue


def find_venue_by_id(venue_id: int | None) -> Venue | None:
    """Return the venue, None where none is named."""
    return db.session.get(Venue, venue_id) if venue_id is not None else None


def rooms_of(venue_id: int) -> list[VenueRoom]:
    """Return the rooms of a venue in their order."""
    query = select(VenueRoom).where(VenueRoom.venue_id == venue_id)
    return list(db.session.scalars(query.order_by(VenueRoom.place, VenueRoom.id)))


def get_room(venue_id: int, ref: str) -> VenueRoom:
    """Return a room of the venue by its ref; NotFound where it is not of this venue."""
    room = db.session.scalar(
        select(VenueRoom).where(VenueRoom.venue_id == venue_id, VenueRoom.ref == ref)
    )
    if room is None:
        raise NotFound
    return room
