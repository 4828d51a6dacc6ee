"""Hosts, rooms, pages of practical information, and series."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events import rules
from eventhub.events.models import Event, EventRoom, Host, InfoPage, Series
from eventhub.events.queries import find_series, hosts_of
from eventhub.events.services.shared import (
    apply,
    change_row,
    check_open,
    check_version,
    subject,
)
from eventhub.i18n import Translated, _
from eventhub.venues.models import Venue, VenueRoom
from eventhub.venues.rules import LARGEST_ROOM, LAYOUTS
from eventhub.venues.services import check_room

_PAGE_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def set_hosts(event: Event, hosts: Sequence[Mapping[str, Any]], *, actor: Actor) -> list[Host]:
    """Replace the hosts by these and return them as printed.

    Each mapping has `names` and may have institution_id, entity_id, is_main. Co-hosts that give
    no `place` stand in English alphabetical order (R3.38); those that agreed otherwise give one.
    """
    check_open(event)
    if not any(host.get("is_main") for host in hosts):
        raise Invalid(_("Somebody must be the main host."), "hosts")
    before = [dict(host.names) for host in hosts_of(event.id)]
    for row in hosts_of(event.id):
        db.session.delete(row)
    db.session.flush()
    for host in hosts:
        if not host["names"]:
            raise Invalid(_("Write the name of the host."), "name")
        db.session.add(Host(event_id=event.id, **host))
    db.session.flush()
    return _in_order(event, [host.get("place") for host in hosts], before, actor)


def add_host(
    event: Event,
    *,
    names: Translated,
    institution_id: int | None = None,
    entity_id: int | None = None,
    actor: Actor,
) -> Host:
    """Add a co-host; it takes its place in English alphabetical order (R3.38)."""
    check_open(event)
    if not names:
        raise Invalid(_("Write the name of the host."), "name")
    before = [dict(host.names) for host in hosts_of(event.id)]
    host = Host(event_id=event.id, names=names, institution_id=institution_id, entity_id=entity_id)
    db.session.add(host)
    db.session.flush()
    _in_order(event, [], before, actor)
    return host


def remove_host(event: Event, host: Host, *, actor: Actor) -> None:
    """Take a co-host away; the main host stays."""
    check_open(event)
    if host.is_main:
        raise Conflict(_("The main host stays. Name another main host first."))
    before = [dict(one.names) for one in hosts_of(event.id)]
    db.session.delete(host)
    db.session.flush()
    _in_order(event, [], before, actor)


def _in_order(
    event: Event, places: Sequence[int | None], before: list[Any], actor: Actor
) -> list[Host]:
    rows = hosts_of(event.id)
    if not any(place is not None for place in places):
        ordered = sorted(rows, key=lambda host: rules.english_key(host.names.pick("en")))
        for place, host in enumerate(ordered, start=1):
            host.place = place
        db.session.flush()
    rows = hosts_of(event.id)
    changes = {"hosts": (before, [dict(host.names) for host in rows])}
    record(actor, "event.hosts", [subject("event", event.ref, changes)], event_id=event.id)
    return rows


def add_room(
    event: Event,
    *,
    code: str,
    names: Translated,
    capacity: int | None = None,
    layout: str = "theatre",
    booths: Sequence[str] = (),
    zone_code: str | None = None,
    venue_room_id: int | None = None,
    seats: Mapping[str, int] | None = None,
    opens: str | None = None,
    closes: str | None = None,
    actor: Actor,
) -> EventRoom:
    """Add a room after the others."""
    check_open(event)
    _check_room(event, None, code, names, capacity, layout)
    _check_use(seats or {}, opens, closes)
    room = EventRoom(
        event_id=event.id,
        venue_room_id=venue_room_id,
        code=code,
        names=names,
        capacity=capacity,
        layout=layout,
        booths=list(booths),
        zone_code=zone_code,
        seats=dict(seats or {}),
        opens=opens,
        closes=closes,
        place=_after_others(EventRoom, event),
    )
    db.session.add(room)
    db.session.flush()
    changes = {"code": (None, code), "capacity": (None, capacity)}
    record(actor, "room.add", [subject("room", room.ref, changes)], event_id=event.id)
    return room


def copy_rooms(event: Event, rooms: Sequence[VenueRoom], *, actor: Actor) -> list[EventRoom]:
    """Copy rooms of a venue into the event, those it has already left alone."""
    have = select(EventRoom.code).where(EventRoom.event_id == event.id)
    taken = set(db.session.scalars(have))
    return [
        add_room(
            event,
            code=room.code,
            names=room.names,
            capacity=room.capacity,
            layout=room.layout,
            booths=room.booths,
            zone_code=room.zone_code,
            venue_room_id=room.id,
            actor=actor,
        )
        for room in rooms
        if room.code not in taken
    ]


def use_venue(
    event: Event, venue: Venue, *, rooms: Sequence[VenueRoom] = (), actor: Actor
) -> Event:
    """Hold the event at a venue of the catalogue: its name, and copies of these rooms.

    City and zone of the event stay as they are: they were answered for the event.
    """
    check_open(event)
    values = {"venue_id": venue.id, "venue_names": venue.names}
    apply(event, values, action="event.venue", actor=actor)
    copy_rooms(event, rooms, actor=actor)
    return event


def change_room(
    event: Event, room: EventRoom, *, version: int | None = None, actor: Actor, **values: Any
) -> EventRoom:
    """Change the event's own copy of a room; the venue's catalogue stays as it is."""
    check_open(event)
    check_version(room, version, event_id=event.id)
    said = {n: values.get(n, getattr(room, n)) for n in ("code", "names", "capacity", "layout")}
    _check_room(event, room, **said)
    _check_use(*(values.get(name, getattr(room, name)) for name in ("seats", "opens", "closes")))
    change_row(event, room, values, kind="room", action="room.change", actor=actor)
    return room


def remove_room(event: Event, room: EventRoom, *, actor: Actor) -> None:
    """Take a room out of the event; Conflict where a session or a gate uses it."""
    check_open(event)
    told = subject("room", room.ref, {"code": (room.code, None)})
    try:
        with db.session.begin_nested():
            db.session.delete(room)
    except IntegrityError:
        raise Conflict(_("Sessions or gates use this room. Move them first.")) from None
    record(actor, "room.remove", [told], event_id=event.id)


def _check_room(
    event: Event,
    room: EventRoom | None,
    code: str,
    names: Translated,
    capacity: int | None,
    layout: str,
) -> None:
    check_room(code=code, names=names, capacity=capacity, layout=layout)
    taken = select(EventRoom.id).where(EventRoom.event_id == event.id, EventRoom.code == code)
    if db.session.scalar(taken.where(EventRoom.id != (room.id if room else 0))) is not None:
        raise Invalid(_("Another room of this event has this code."), "code")


def _check_use(seats: Mapping[str, int], opens: str | None, closes: str | None) -> None:
    for layout, count in seats.items():
        if layout not in LAYOUTS or not 0 < count <= LARGEST_ROOM:
            raise Invalid(_("Write how many seats the room has."), f"seats_{layout}")
    if (opens is None) != (closes is None):
        said = _("Write both hours, or none of them.")
        raise Invalid(said, "closes" if closes is None else "opens")
    if opens is not None and opens == closes:
        raise Invalid(_("The room must close at another time than it opens."), "closes")


def add_info_page(
    event: Event,
    *,
    slug: str,
    titles: Translated,
    bodies: Translated,
    is_public: bool = True,
    actor: Actor,
) -> InfoPage:
    """Add a page of practical information after the others."""
    check_open(event)
    _check_page(event, None, slug, titles)
    page = InfoPage(
        event_id=event.id,
        slug=slug,
        titles=titles,
        bodies=bodies,
        is_public=is_public,
        place=_after_others(InfoPage, event),
    )
    db.session.add(page)
    db.session.flush()
    told = subject("info_page", page.ref, {"titles": (None, titles), "slug": (None, slug)})
    record(actor, "page.add", [told], event_id=event.id)
    return page


def change_info_page(
    event: Event,
    page: InfoPage,
    *,
    version: int | None = None,
    slug: str,
    titles: Translated,
    bodies: Translated,
    is_public: bool,
    actor: Actor,
) -> InfoPage:
    """Change a page of practical information; Conflict where somebody did meanwhile."""
    check_open(event)
    check_version(page, version, event_id=event.id)
    _check_page(event, page, slug, titles)
    values = {"slug": slug, "titles": titles, "bodies": bodies, "is_public": is_public}
    change_row(event, page, values, kind="info_page", action="page.change", actor=actor)
    return page


def _after_others(kind: type[EventRoom | InfoPage], event: Event) -> int:
    """Return the place after the event's others of this kind."""
    last = select(func.max(kind.place)).where(kind.event_id == event.id)
    return (db.session.scalar(last) or 0) + 1


def remove_info_page(event: Event, page: InfoPage, *, actor: Actor) -> None:
    """Remove a page of practical information."""
    check_open(event)
    changes = {"titles": (page.titles, None), "bodies": (page.bodies, None)}
    told = subject("info_page", page.ref, changes)
    db.session.delete(page)
    db.session.flush()
    record(actor, "page.remove", [told], event_id=event.id)


def _check_page(event: Event, page: InfoPage | None, slug: str, titles: Translated) -> None:
    if not titles:
        raise Invalid(_("Write the title of the page."), "title")
    if not _PAGE_SLUG.fullmatch(slug) or len(slug) > 60:
        raise Invalid(_("Use small letters, digits and single hyphens, like arrival."), "slug")
    taken = select(InfoPage.id).where(InfoPage.event_id == event.id, InfoPage.slug == slug)
    if db.session.scalar(taken.where(InfoPage.id != (page.id if page else 0))) is not None:
        raise Invalid(_("Another page has this address."), "slug")


def create_series(*, institution_id: int, slug: str, titles: Translated, actor: Actor) -> Series:
    """Make a series of an institution's events, which are then counted together."""
    if not titles:
        raise Invalid(_("Write the title of the series."), "title")
    if not _PAGE_SLUG.fullmatch(slug) or len(slug) > 80 or find_series(slug):
        raise Invalid(_("Choose another address for the series."), "slug")
    series = Series(institution_id=institution_id, slug=slug, titles=titles)
    db.session.add(series)
    db.session.flush()
    changes = {"titles": (None, dict(titles))}
    record(actor, "series.create", [Subject("series", series.ref, changes)], event_id=None)
    return series
