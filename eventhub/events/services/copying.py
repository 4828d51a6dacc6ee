"""Copying an event's set-up, rehearsing an event, and erasing a rehearsal or draft whole."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, inspect, select

from eventhub.access.services import give_role
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import Base, db
from eventhub.core.errors import Conflict
from eventhub.core.ids import new_ref
from eventhub.events import rules, seams, signals
from eventhub.events.models import (
    Category,
    Event,
    EventRoom,
    EventSetting,
    EventZone,
    Host,
    InfoPage,
)
from eventhub.events.queries import is_slug_taken
from eventhub.events.rules import EventState
from eventhub.events.services.creating import check_days, free_slug
from eventhub.events.services.life import audience
from eventhub.events.services.shared import instant_of, log, note
from eventhub.i18n import Translated, _
from eventhub.keys.ring import ring

REHEARSAL_DAYS = 14

COPIED: tuple[type[Base], ...] = (Category, EventZone, EventRoom, Host, InfoPage, EventSetting)
"""What every copy takes along, as it stands."""

KEPT = frozenset({"audit_entry", "job"})
"""Tables that name an event and outlive it: the log is append-only, work at hand ends itself."""


def copy_event(
    event: Event,
    *,
    starts_on: date,
    title: str | None = None,
    slug: str | None = None,
    actor: Actor,
) -> Event:
    """Make a draft with the event's set-up, never its people; days and deadlines are moved."""
    titles = event.titles
    if title:
        language = event.titles.language(None, event.languages) or event.languages[0]
        titles = Translated({language: title})
    address = free_slug(
        slug,
        title=title or event.title(),
        city=event.city,
        preset=event.preset,
        year=starts_on.year,
    )
    values = {
        "titles": titles,
        "slug": address,
        "code": rules.code_of(address),
        "state": str(EventState.DRAFT),
    }
    return _copy(event, starts_on, values, action="event.copy", actor=actor)


def rehearse_event(event: Event, *, starts_on: date, actor: Actor) -> Event:
    """Make a hidden copy that starts on this day, live at once, its mails caught (decision 25).

    It is erased by itself 14 days from today.
    """
    if event.rehearsal_of_id is not None:
        raise Conflict(_("This is a rehearsal already."))
    address = rules.first_free(f"{event.slug}-rehearsal", is_slug_taken)
    today = rules.local(clock.now(), event.zone).date()
    values = {
        "slug": address,
        "code": event.code,
        "state": str(EventState.PUBLISHED),
        "published_at": clock.now(),
        "rehearsal_of_id": event.id,
        "erased_on": today + timedelta(days=REHEARSAL_DAYS),
        "registration_opens": None,
    }
    copy = _copy(event, starts_on, values, action="event.rehearse", actor=actor)
    _open_registration(copy, today)
    note(copy, "rehearsal", event.slug)
    signals.published.send(copy)
    return copy


def _copy(
    event: Event, starts_on: date, values: dict[str, Any], *, action: str, actor: Actor
) -> Event:
    moved = starts_on - event.starts_on
    ends_on = event.ends_on + moved
    check_days(starts_on, ends_on)
    opens = values.get("registration_opens", event.registration_opens)
    closes = event.registration_closes + moved
    fresh = {
        "ref": new_ref(),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "starts_at": rules.day_begins(starts_on, event.zone),
        "ends_at": rules.day_ends(ends_on, event.zone),
        "registration_opens": opens + moved if opens else None,
        "registration_opens_at": instant_of(opens + moved, event.zone) if opens else None,
        "registration_closes": closes,
        "registration_closes_fold": 0,
        "registration_closes_at": instant_of(closes, event.zone, field="starts_on"),
        "notice": Translated(),
        "published_at": None,
        "calendar_sequence": 0,
        "changed_at": clock.now(),
        "created_at": clock.now(),
        "version": 1,
        "rehearsal_of_id": None,
        "erased_on": None,
    }
    copy = Event(**(_columns_of(event) | fresh | values))
    db.session.add(copy)
    db.session.flush()
    ids: seams.IdMap = {"event": {event.id: copy.id}}
    for model in COPIED:
        _copy_rows(model, event.id, copy.id, ids)
    for step in seams.CLONE_STEPS:
        step.copy(event.id, copy.id, ids, actor=actor)
    if actor.kind == "account" and actor.id is not None:
        give_role(actor.id, "event_owner", event_id=copy.id, actor=actor)
    log(actor, action, copy, {"from": (None, event.slug), "slug": (None, copy.slug)})
    signals.created.send(copy)
    return copy


def _columns_of(row: Any) -> dict[str, Any]:
    names = (attribute.key for attribute in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in names if name not in ("id", "ref")}


def _copy_rows(model: type[Base], from_id: int, to_id: int, ids: seams.IdMap) -> None:
    rows: Sequence[Any] = db.session.scalars(
        select(model).where(model.__table__.c.event_id == from_id)
    ).all()
    copies: list[Any] = [model(**(_columns_of(row) | {"event_id": to_id})) for row in rows]
    db.session.add_all(copies)
    db.session.flush()
    ids[model.__tablename__] = {
        old.id: new.id for old, new in zip(rows, copies, strict=True) if hasattr(old, "id")
    }


def _open_registration(copy: Event, today: date) -> None:
    """Keep registration of a rehearsal open until its last day, so that it can be tried."""
    last = datetime.combine(max(copy.ends_on, today), time(23, 59))
    if copy.registration_closes_at <= clock.now():
        copy.registration_closes = last
        copy.registration_closes_at = min(instant_of(last, copy.zone), copy.ends_at)
        db.session.flush()


def delete_draft(event: Event, *, actor: Actor) -> list[int]:
    """Delete a draft that was never public, as `erase_event` does; Conflict where it was."""
    if event.published_at is not None or event.state != EventState.DRAFT:
        raise Conflict(_("Only a draft that was never published can be deleted."))
    if audience(event.id):
        raise Conflict(_("People are registered in this draft already."))
    return erase_event(event, actor=actor)


def erase_event(event: Event, *, actor: Actor) -> list[int]:
    """Erase every row of the event and of its rehearsals; the log's stay.

    Tables are emptied from the last to the first, so that nothing refers to what is gone; the
    bytes of files go with the next sweep. Returns the ids of the events erased: destroy their
    keys with `destroy_keys` once the transaction is through. Conflict for an event that was
    public and is no rehearsal: that is archived.
    """
    if event.rehearsal_of_id is None and event.published_at is not None:
        raise Conflict(_("Only a rehearsal or a draft can be erased."))
    rehearsals = db.session.scalars(select(Event).where(Event.rehearsal_of_id == event.id)).all()
    erased = [gone for rehearsal in rehearsals for gone in erase_event(rehearsal, actor=actor)]
    changes = {"slug": (event.slug, None)}
    record(actor, "event.erase", [Subject("event", event.ref, changes)], event_id=None)
    event_id = event.id
    db.session.flush()
    for table in reversed(Base.metadata.sorted_tables):
        if "event_id" in table.c and table.name not in KEPT:
            db.session.execute(delete(table).where(table.c.event_id == event_id))
    db.session.execute(delete(Event).where(Event.id == event_id))
    db.session.expire_all()
    return [*erased, event_id]


def destroy_keys(event_ids: Sequence[int]) -> None:
    """Destroy the keys of events that were erased; what they enciphered is gone for good."""
    for event_id in event_ids:
        ring().destroy_event_keys(event_id)
