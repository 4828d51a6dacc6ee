"""What can be done with venues and their rooms."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from sqlalchemy import func, select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import Translated, _
from eventhub.venues.models import Venue, VenueRoom
from eventhub.venues.rules import LARGEST_ROOM, LAYOUTS


def create_venue(
    *,
    institution_id: int | None,
    names: Translated,
    city: str,
    zone: str,
    country_id: int | None = None,
    address: Translated | None = None,
    actor: Actor,
) -> Venue:
    """Add a venue to an institution's catalogue (None: the installation's), and return it."""
    _check_venue(names, city, zone)
    venue = Venue(
        institution_id=institution_id,
        names=names,
        city=city,
        zone=zone,
        country_id=country_id,
        address=address or Translated(),
    )
    db.session.add(venue)
    db.session.flush()
    changes = {"names": (None, dict(names)), "city": (None, city)}
    record(actor, "venue.create", [Subject("venue", venue.ref, changes)], event_id=None)
    return venue


def change_venue(
    venue: Venue,
    *,
    version: int,
    names: Translated,
    city: str,
    zone: str,
    country_id: int | None,
    address: Translated,
    actor: Actor,
) -> Venue:
    """Change a venue; Conflict where somebody changed it meanwhile. Events keep their copies."""
    _check_venue(names, city, zone)
    if venue.version != version:
        raise Conflict(
            _("Somebody changed this venue meanwhile. Nothing of yours is lost: save again.")
        )
    changes = {
        "names": (dict(venue.names), dict(names)),
        "city": (venue.city, city),
        "zone": (venue.zone, zone),
    }
    venue.names, venue.city, venue.zone, venue.address = names, city, zone, address
    venue.country_id = country_id
    venue.version += 1
    db.session.flush()
    record(actor, "venue.change", [Subject("venue", venue.ref, changes)], event_id=None)
    return venue


def add_room(
    venue: Venue,
    *,
    code: str,
    names: Translated,
    capacity: int | None,
    layout: str = "theatre",
    booths: Sequence[str] = (),
    zone_code: str | None = None,
    actor: Actor,
) -> VenueRoom:
    """Add a room after the venue's others; `booths` are the languages that have one."""
    check_room(code=code, names=names, capacity=capacity, layout=layout)
    _check_code(venue, code)
    last = select(func.max(VenueRoom.place)).where(VenueRoom.venue_id == venue.id)
    room = VenueRoom(
        venue_id=venue.id,
        code=code,
        names=names,
        capacity=capacity,
        layout=layout,
        booths=list(booths),
        zone_code=zone_code,
        place=(db.session.scalar(last) or 0) + 1,
    )
    db.session.add(room)
    db.session.flush()
    changes = {"code": (None, code), "capacity": (None, capacity)}
    record(actor, "venue.add_room", [Subject("venue_room", room.ref, changes)], event_id=None)
    return room


def _check_venue(names: Translated, city: str, zone: str) -> None:
    if not names:
        raise Invalid(_("Write the name of the venue."), "name")
    if not city.strip():
        raise Invalid(_("Write the city."), "city")
    if zone not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."), "zone")


def check_room(*, code: str, names: Translated, capacity: int | None, layout: str) -> None:
    """Raise Invalid by field where a room of a venue, or an event's copy, cannot be like this."""
    if not names:
        raise Invalid(_("Write the name of the room."), "name")
    if not code.strip():
        raise Invalid(_("Write a short code for the room."), "code")
    if layout not in LAYOUTS:
        raise Invalid(_("Choose how the room is set."), "layout")
    if capacity is not None and not 0 < capacity <= LARGEST_ROOM:
        raise Invalid(_("Write how many seats the room has."), "capacity")


def _check_code(venue: Venue, code: str) -> None:
    taken = select(VenueRoom.id).where(VenueRoom.venue_id == venue.id, VenueRoom.code == code)
    if db.session.scalar(taken) is not None:
        raise Invalid(_("Another room of this venue has this code."), "code")
