"""What can be asked about events; everything below an event names the event."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.core.rows import one_of_event
from eventhub.entities.models import Entity
from eventhub.events import rules
from eventhub.events.models import (
    Category,
    Event,
    EventNote,
    EventRoom,
    EventSetting,
    EventZone,
    Host,
    InfoPage,
    OldSlug,
    Series,
)
from eventhub.i18n import Translated
from eventhub.institutions.models import Institution
from eventhub.venues.models import Venue

Setting = TypeVar("Setting")

# What nearly every page asks is put together once: that takes as long as to ask it.
_WITH_HOST = (
    select(Event, Institution)
    .join(Institution, Institution.id == Event.institution_id)
    .where(Event.slug == bindparam("slug"))
)
_CATEGORIES = (
    select(Category)
    .where(Category.event_id == bindparam("event_id"))
    .order_by(Category.place, Category.id)
)
_SETTING = select(EventSetting.values).where(
    EventSetting.event_id == bindparam("event_id"), EventSetting.feature == bindparam("feature")
)
_CATEGORIES_ON = _CATEGORIES.where(Category.is_on)


def find_event(slug: str) -> Event | None:
    """Return the event at this address, None where there is none."""
    return db.session.scalar(select(Event).where(Event.slug == slug))


def get_event(slug: str) -> Event:
    """Return the event at this address; NotFound where there is none."""
    event = find_event(slug)
    if event is None:
        raise NotFound
    return event


def get_event_by_id(event_id: int) -> Event:
    """Return the event; NotFound where there is none."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


def find_event_by_id(event_id: int) -> Event | None:
    """Return the event, None where there is none."""
    return db.session.get(Event, event_id)


def find_moved(slug: str) -> str | None:
    """Return the present address of the event that had this one before."""
    query = select(Event.slug).join(OldSlug, OldSlug.event_id == Event.id)
    return db.session.scalar(query.where(OldSlug.slug == slug))


def is_slug_taken(slug: str, *, but_of: int | None = None) -> bool:
    """Tell whether another event has or had this address."""
    now = select(Event.id).where(Event.slug == slug, Event.id != (but_of or 0))
    before = select(OldSlug.event_id).where(OldSlug.slug == slug, OldSlug.event_id != (but_of or 0))
    return db.session.scalar(now.union_all(before).limit(1)) is not None


def with_host(slug: str) -> tuple[Event, Institution] | None:
    """Return the event at this address and the institution that holds it, in one statement."""
    row = db.session.execute(_WITH_HOST, {"slug": slug}).first()
    return (row[0], row[1]) if row else None


def host_ref(event: Event) -> str:
    """Return the ref of the institution that holds the event."""
    query = select(Institution.ref).where(Institution.id == event.institution_id)
    return db.session.scalars(query).one()


def countries_of(entity_ids: Iterable[int | None]) -> list[str]:
    """Return the two-letter codes of these States, those that have one."""
    wanted = {one for one in entity_ids if one is not None}
    if not wanted:
        return []
    query = select(Entity.iso2).where(Entity.id.in_(wanted), Entity.iso2.is_not(None))
    return [code for code in db.session.scalars(query.order_by(Entity.id)) if code]


def host_names(institution_ids: Collection[int]) -> dict[int, Translated]:
    """Return the names of institutions by their ids."""
    if not institution_ids:
        return {}
    query = select(Institution.id, Institution.names).where(Institution.id.in_(institution_ids))
    return {row.id: row.names for row in db.session.execute(query)}


def public_events(instant: datetime, *, past: bool, limit: int = 100) -> list[Event]:
    """Return public events not yet over (soonest first), or past ones (newest first).

    Drafts and rehearsals are not public; cancelled and postponed events stay to be seen.
    """
    query = select(Event).where(
        Event.state != rules.EventState.DRAFT, Event.rehearsal_of_id.is_(None)
    )
    if past:
        query = query.where(Event.ends_at <= instant).order_by(Event.starts_at.desc(), Event.id)
    else:
        query = query.where(Event.ends_at > instant).order_by(Event.starts_at, Event.id)
    return list(db.session.scalars(query.limit(limit)))


def events_of(*, ids: Collection[int] = (), institution_ids: Collection[int] = ()) -> list[Event]:
    """Return these events and those of these institutions, the latest first day first."""
    query = select(Event).where(Event.id.in_(ids) | Event.institution_id.in_(institution_ids))
    return list(db.session.scalars(query.order_by(Event.starts_on.desc(), Event.id.desc())))


def categories_of(event_id: int, *, only_on: bool = False) -> list[Category]:
    """Return the event's categories in their order, those turned off too unless `only_on`."""
    query = _CATEGORIES_ON if only_on else _CATEGORIES
    return list(db.session.scalars(query, {"event_id": event_id}))


def get_category(event_id: int, ref: str) -> Category:
    """Return a category of the event by its ref; NotFound where it is not of this event."""
    return one_of_event(Category, event_id, Category.ref == ref)


def rule_of(event: Event, category: Category) -> rules.CategoryRule:
    """Return who vouches and who approves, as it counts with the event's switches."""
    return rules.effective_category(
        vouched_by=category.vouched_by,
        approver=category.approver,
        needs_letter=category.needs_letter,
        switches=event.switches,
    )


def stylesheet_of(accent: str, categories: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the event's own style rules, and the digest that stands in their address.

    categories are (code, colour).
    """
    return _stylesheet(accent, tuple(categories))


@lru_cache(maxsize=256)
def _stylesheet(accent: str, categories: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    text = rules.stylesheet(accent, categories)
    return text, digest(text)[:12]


def zones_of(event_id: int) -> list[EventZone]:
    """Return the zones of the event in their order; a zone's bit on a pass is its `place`."""
    query = select(EventZone).where(EventZone.event_id == event_id)
    return list(db.session.scalars(query.order_by(EventZone.place, EventZone.id)))


def rooms_of(event_id: int) -> list[EventRoom]:
    """Return the rooms that the event uses, in their order."""
    query = select(EventRoom).where(EventRoom.event_id == event_id)
    return list(db.session.scalars(query.order_by(EventRoom.place, EventRoom.id)))


def get_room(event_id: int, ref: str) -> EventRoom:
    """Return a room of the event by its ref; NotFound where it is not of this event."""
    return one_of_event(EventRoom, event_id, EventRoom.ref == ref)


def hosts_of(event_id: int) -> list[Host]:
    """Return hosts and co-hosts as they are printed: main hosts first, then in order (R3.38)."""
    query = select(Host).where(Host.event_id == event_id)
    return list(db.session.scalars(query.order_by(Host.is_main.desc(), Host.place, Host.id)))


def get_host(event_id: int, ref: str) -> Host:
    """Return a host of the event by its ref; NotFound where it is not of this event."""
    return one_of_event(Host, event_id, Host.ref == ref)


def info_pages_of(event_id: int, *, only_public: bool = False) -> list[InfoPage]:
    """Return the pages of practical information in their order."""
    query = select(InfoPage).where(InfoPage.event_id == event_id)
    if only_public:
        query = query.where(InfoPage.is_public)
    return list(db.session.scalars(query.order_by(InfoPage.place, InfoPage.id)))


def get_info_page(event_id: int, ref: str) -> InfoPage:
    """Return a page of practical information by its ref."""
    return one_of_event(InfoPage, event_id, InfoPage.ref == ref)


def find_info_page(event_id: int, slug: str) -> InfoPage | None:
    """Return a page of practical information by its address."""
    query = select(InfoPage).where(InfoPage.event_id == event_id, InfoPage.slug == slug)
    return db.session.scalar(query)


def series_of(institution_id: int) -> list[Series]:
    """Return the series of an institution, oldest first."""
    query = select(Series).where(Series.institution_id == institution_id)
    return list(db.session.scalars(query.order_by(Series.id)))


def find_series(slug: str) -> Series | None:
    """Return a series by its address."""
    return db.session.scalar(select(Series).where(Series.slug == slug))


def events_of_series(series_id: int) -> list[Event]:
    """Return the events of a series, the first held first; rehearsals are not of it."""
    query = select(Event).where(Event.series_id == series_id, Event.rehearsal_of_id.is_(None))
    return list(db.session.scalars(query.order_by(Event.starts_on, Event.id)))


def notes_of(event_id: int) -> list[EventNote]:
    """Return what happened in the event's life, newest first."""
    query = select(EventNote).where(EventNote.event_id == event_id)
    return list(db.session.scalars(query.order_by(EventNote.id.desc())))


def venue_of(event: Event) -> Venue | None:
    """Return the venue of the event, where one of the catalogue was chosen."""
    return db.session.get(Venue, event.venue_id) if event.venue_id else None


def country_of(event: Event) -> Entity | None:
    """Return the country in which the event is held, where it is known."""
    return db.session.get(Entity, event.country_id) if event.country_id else None


def setting(event_id: int, feature: str, cls: type[Setting]) -> Setting:
    """Return what the event decided for a feature, as the feature's frozen dataclass.

    What was not decided has the dataclass's default; what it no longer knows is left out.
    """
    stored = db.session.scalar(_SETTING, {"event_id": event_id, "feature": feature})
    return as_setting(stored, cls)


def as_setting(stored: Mapping[str, Any] | None, cls: type[Setting]) -> Setting:
    """Return what was decided as the feature's frozen dataclass."""
    if not is_dataclass(cls):
        raise TypeError("a setting is read as a dataclass")
    names = {one.name for one in fields(cls) if one.init}
    known = {name: value for name, value in (stored or {}).items() if name in names}
    return cls(**known)


def due_rehearsals(day: date) -> Sequence[int]:
    """Return the ids of the rehearsals that are to be erased on this day."""
    query = select(Event.id).where(Event.rehearsal_of_id.is_not(None), Event.erased_on <= day)
    return list(db.session.scalars(query.order_by(Event.id)))


def is_rehearsal(event_id: int | None) -> bool:
    """Tell whether the event is a rehearsal."""
    if event_id is None:
        return False
    query = select(Event.id).where(Event.id == event_id, Event.rehearsal_of_id.is_not(None))
    return db.session.scalar(query) is not None
