"""The agenda as everybody reads it: its items, each with the sessions that take it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eventhub.agenda.rules import Programme, shows_content
from eventhub.agenda.showing import Line, View, Words, seen, show_session
from eventhub.i18n import times


@dataclass(frozen=True, slots=True)
class Item:
    """An item: number, title, annotation, and its public sessions, each with its day."""

    ref: str
    number: str
    is_below: bool
    title: Words
    annotation: Words
    sessions: tuple[tuple[str, Line], ...] = ()


def show_agenda(programme: Programme, view: View) -> list[Item]:
    """Return the items in the order of the paper."""
    under: dict[str, list[tuple[str, Line]]] = {}
    for session in seen(programme):
        if not session.items or not shows_content(session.access):
            continue
        day = times.day(date.fromisoformat(session.starts[:10]), year=False)
        line = show_session(programme, session, view)
        for ref in session.items:
            under.setdefault(ref, []).append((day, line))
    return [
        Item(
            ref=ref,
            number=said["number"],
            is_below=said["is_below"],
            title=view.words(said["titles"]),
            annotation=view.words(said["annotations"]),
            sessions=tuple(under.get(ref, ())),
        )
        for ref, said in in_order(programme)
    ]


def in_order(programme: Programme) -> list[tuple[str, Mapping[str, Any]]]:
    """Return ref and content of each item, in the order of the paper."""
    return sorted(programme.items.items(), key=lambda pair: pair[1]["place"])
