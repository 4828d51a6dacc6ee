"""Asking for the items of the agenda."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from eventhub.agenda.models.items import AgendaItem, SessionItem
from eventhub.agenda.rules.items import numbers
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event, EventSetting

FEATURE = "agenda_items"


@dataclass(frozen=True)
class Agenda:
    """The items in the order of the paper, and ids of the items of each session (by its id)."""

    items: list[AgendaItem]
    taken_up: Mapping[int, list[int]]
    is_adopted: bool

    @property
    def tree(self) -> list[tuple[int, int | None]]:
        """Return the items as `rules.items` looks at them."""
        return [(item.id, item.parent_id) for item in self.items]

    @cached_property
    def numbers(self) -> dict[int, str]:
        """Return the number of each item, by its id."""
        return numbers(self.tree)

    def refs_of(self, session_id: int) -> list[str]:
        """Return the refs of the items of a session, in the order of the paper."""
        taken = set(self.taken_up.get(session_id, ()))
        return [item.ref for item in self.items if item.id in taken]


def agenda_of(event_id: int) -> Agenda:
    """Return the draft of the agenda; one statement."""
    decided = (EventSetting.event_id == Event.id) & (EventSetting.feature == FEATURE)
    query = (
        select(AgendaItem, SessionItem.session_id, EventSetting.values)
        .select_from(Event)
        .outerjoin(AgendaItem, AgendaItem.event_id == Event.id)
        .outerjoin(SessionItem, SessionItem.item_id == AgendaItem.id)
        .outerjoin(EventSetting, decided)
        .where(Event.id == event_id)
        .order_by(AgendaItem.place, AgendaItem.id)
    )
    items: dict[int, AgendaItem] = {}
    taken: dict[int, list[int]] = defaultdict(list)
    is_adopted = False
    for item, session_id, kept in db.session.execute(query):
        is_adopted = bool(kept and kept.get("is_adopted"))
        if item is not None:
            items[item.id] = item
        if session_id is not None:
            taken[session_id].append(item.id)
    return Agenda(list(items.values()), taken, is_adopted)


def get_item(event_id: int, ref: str) -> AgendaItem:
    """Return one item; NotFound where the event has none of that ref."""
    found = db.session.scalar(select(AgendaItem).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found
