"""Writing the provisional agenda, and saying which session takes up which item (R3.1)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select

from eventhub.agenda.models import Session
from eventhub.agenda.models.items import AgendaItem, SessionItem
from eventhub.agenda.queries.items import FEATURE, agenda_of
from eventhub.agenda.rules.items import Move, moved
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event, EventSetting
from eventhub.events.seams import IdMap
from eventhub.events.services.shared import check_open, check_version
from eventhub.i18n import Translated, _


def add_item(
    event: Event, titles: Translated, annotations: Translated, *, actor: Actor
) -> AgendaItem:
    """Add an item behind all others; Invalid without a title."""
    _check_title(event, titles)
    last = select(func.max(AgendaItem.place)).where(AgendaItem.event_id == event.id)
    place = (db.session.scalar(last) or 0) + 1
    item = AgendaItem(event_id=event.id, place=place, titles=titles, annotations=annotations)
    db.session.add(item)
    db.session.flush()
    _record(event, item, "agenda_item.add", {"titles": (None, dict(titles))}, actor)
    return item


def change_item(
    event: Event,
    item: AgendaItem,
    titles: Translated,
    annotations: Translated,
    *,
    version: int | None,
    actor: Actor,
) -> None:
    """Change an item's title and annotation; Conflict where somebody else changed it meanwhile."""
    check_version(item, version, event_id=event.id)
    _check_title(event, titles)
    changes = {"titles": (dict(item.titles), dict(titles))}
    item.titles, item.annotations = titles, annotations
    item.version += 1
    db.session.flush()
    _record(event, item, "agenda_item.change", changes, actor)


def move_item(event: Event, item: AgendaItem, move: Move, *, actor: Actor) -> None:
    """Move an item, and so number the others anew; Conflict where it cannot go there."""
    check_open(event)
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
    agenda = agenda_of(event.id)
    tree = moved(agenda.tree, item.id, move)
    if tree is None:
        raise Conflict(_("The item cannot go there."))
    before = agenda.numbers[item.id]
    _lay(agenda.items, tree)
    changes = {"number": (before, agenda_of(event.id).numbers[item.id])}
    _record(event, item, "agenda_item.move", changes, actor)


def remove_item(event: Event, item: AgendaItem, *, actor: Actor) -> None:
    """Take an item off the agenda; Conflict where sub-items or sessions stand under it."""
    check_open(event)
    if db.session.scalar(select(AgendaItem.id).where(AgendaItem.parent_id == item.id).limit(1)):
        raise Conflict(_("Sub-items stand under this item. Move them out first."))
    if db.session.scalar(select(SessionItem.id).where(SessionItem.item_id == item.id).limit(1)):
        raise Conflict(_("Sessions take up this item. Take it off them first."))
    _record(event, item, "agenda_item.remove", {"titles": (dict(item.titles), None)}, actor)
    db.session.delete(item)
    db.session.flush()


def take_up(event: Event, session: Session, refs: Sequence[str], *, actor: Actor) -> None:
    """Say which items a session takes up; Invalid where one is not of the event."""
    agenda = agenda_of(event.id)
    ids = {item.ref: item.id for item in agenda.items}
    if not set(refs) <= ids.keys():
        raise Invalid(_("Choose items of this agenda."), "items")
    before = agenda.refs_of(session.id)
    after = [ref for ref in ids if ref in set(refs)]
    if before == after:
        return
    db.session.execute(delete(SessionItem).where(SessionItem.session_id == session.id))
    db.session.add_all(
        SessionItem(event_id=event.id, session_id=session.id, item_id=ids[ref]) for ref in after
    )
    session.changed_at = clock.now()
    db.session.flush()
    changes = {"items": (before, after)}
    subject = Subject("session", session.ref, changes)
    record(actor, "session.take_up", [subject], event_id=event.id)


def say_adopted(event: Event, is_adopted: bool, *, actor: Actor) -> None:
    """Say whether the agenda is adopted or provisional."""
    check_open(event)
    row = db.session.get(EventSetting, (event.id, FEATURE))
    if row is None:
        row = EventSetting(event_id=event.id, feature=FEATURE, values={})
        db.session.add(row)
    changes = {"is_adopted": (bool(row.values.get("is_adopted")), is_adopted)}
    row.values = {**row.values, "is_adopted": is_adopted}
    db.session.flush()
    record(actor, "agenda.adopt", [Subject("event", event.ref, changes)], event_id=event.id)


def copy_items(from_event_id: int, to_event_id: int, ids: IdMap) -> None:
    """Take the items along to a copy of the event, with the sessions that went along."""
    agenda = agenda_of(from_event_id)
    copies: dict[int, AgendaItem] = {}
    for item in agenda.items:
        parent = copies.get(item.parent_id or 0)
        copies[item.id] = AgendaItem(
            event_id=to_event_id,
            parent_id=parent.id if parent else None,
            place=item.place,
            titles=item.titles,
            annotations=item.annotations,
        )
        db.session.add(copies[item.id])
        db.session.flush()
    db.session.add_all(
        SessionItem(
            event_id=to_event_id, session_id=ids["session"][session_id], item_id=copies[item_id].id
        )
        for session_id, item_ids in agenda.taken_up.items()
        if session_id in ids["session"]
        for item_id in item_ids
    )
    db.session.flush()


def _lay(items: Sequence[AgendaItem], tree: Sequence[tuple[int, int | None]]) -> None:
    rows = {item.id: item for item in items}
    for place, (item_id, parent_id) in enumerate(tree, start=1):
        rows[item_id].place, rows[item_id].parent_id = place, parent_id
    db.session.flush()


def _check_title(event: Event, titles: Translated) -> None:
    check_open(event)
    if not titles:
        raise Invalid(_("Write a title in at least one language."), "titles")


def _record(
    event: Event, item: AgendaItem, action: str, changes: dict[str, Any], actor: Actor
) -> None:
    record(actor, action, [Subject("agenda_item", item.ref, changes)], event_id=event.id)
