"""Taking a programme along when an event is copied or rehearsed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, inspect, select

from eventhub.agenda.models import Session, Slot, Speaker, Track
from eventhub.agenda.services.items import copy_items
from eventhub.agenda.services.zones import placed
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.ids import new_uuid
from eventhub.events.models import Event
from eventhub.events.seams import IdMap, clones


@clones("track", "session", "speaker", "slot", "agenda_item", "session_item")
def copy_programme(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy tracks, the items of the agenda, and sessions, moved by the days between the events.

    Cancelled sessions stay behind. Speakers are people, so they go along only to a rehearsal.
    """
    events = {
        event.id: event
        for event in db.session.scalars(
            select(Event).where(Event.id.in_((from_event_id, to_event_id)))
        )
    }
    old, new = events[from_event_id], events[to_event_id]
    ids["track"] = _copy_all(Track, old.id, new.id)
    sessions = db.session.scalars(
        select(Session)
        .where(Session.event_id == old.id, Session.status != "cancelled")
        .order_by(Session.id)
    ).all()
    rooms = ids.get("event_room", {})
    copies = [_moved(session, old, new, rooms, ids["track"]) for session in sessions]
    db.session.add_all(copies)
    db.session.flush()
    ids["session"] = {a.id: b.id for a, b in zip(sessions, copies, strict=True)}
    copy_items(old.id, new.id, ids)
    if new.rehearsal_of_id is not None:
        ids["speaker"] = _copy_all(Speaker, old.id, new.id)
        _copy_parts(old.id, new.id, ids)


def _moved(
    session: Session,
    old: Event,
    new: Event,
    rooms: Mapping[int, int],
    tracks: Mapping[int, int],
) -> Session:
    days = new.starts_on - old.starts_on
    fresh = {
        "uid": new_uuid(),
        "event_id": new.id,
        "zone": new.zone,
        **placed(session, new.zone, days=days),
        "room_id": rooms.get(session.room_id or 0),
        "track_id": tracks.get(session.track_id or 0),
        "changed_at": clock.now(),
        "version": 1,
    }
    return Session(**(_columns_of(session) | fresh))


def _copy_all(model: type[Track] | type[Speaker], old_id: int, new_id: int) -> dict[int, int]:
    query: Select[Any] = select(model).where(model.event_id == old_id).order_by(model.id)
    rows = db.session.scalars(query).all()
    copies: list[Any] = [model(**(_columns_of(row) | {"event_id": new_id})) for row in rows]
    for copy in copies:
        if isinstance(copy, Speaker):
            copy.portrait_id = None  # files are enciphered for their event alone
            copy.invited_at, copy.windows = None, []  # nobody was asked about these days
    db.session.add_all(copies)
    db.session.flush()
    return {a.id: b.id for a, b in zip(rows, copies, strict=True)}


def _copy_parts(old_id: int, new_id: int, ids: IdMap) -> None:
    sessions, speakers = ids["session"], ids["speaker"]
    slots = db.session.scalars(select(Slot).where(Slot.event_id == old_id).order_by(Slot.id))
    db.session.add_all(
        Slot(
            event_id=new_id,
            session_id=sessions[slot.session_id],
            speaker_id=speakers[slot.speaker_id],
            role=slot.role,
            place=slot.place,
            minutes=slot.minutes,
        )
        for slot in slots
        if slot.session_id in sessions
    )
    db.session.flush()


def _columns_of(row: Any) -> dict[str, Any]:
    names = (attribute.key for attribute in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in names if name not in ("id", "ref")}
