"""Published programmes that this process read a moment ago, ready to be searched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from eventhub.agenda.queries import find_programme
from eventhub.agenda.rules import FrozenSession, Programme, shows_content, turns
from eventhub.agenda.showing import seen
from eventhub.core.errors import NotFound
from eventhub.core.text import fold
from eventhub.events.models import Event

KEPT = 2
"""Programmes at once: one of 1,000 sessions takes some megabytes."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A programme, what the public may know of it, the words to find it by, and its turns."""

    programme: Programme
    sessions: tuple[FrozenSession, ...]
    texts: tuple[str, ...]
    turns: tuple[datetime, ...]

    def search(self, asked: str) -> list[FrozenSession]:
        """Return the sessions in which every word stands, in any language, in the order of time.

        Words may be parts of longer ones, as Chinese needs it.
        """
        words = fold(asked).split()
        if not words:
            return []
        return [
            session
            for session, text in zip(self.sessions, self.texts, strict=True)
            if all(word in text for word in words)
        ]


def recall(event: Event, number: int) -> Recalled:
    """Return a published version; NotFound where there is none of that number."""
    return _recall(event.ref, event.id, number)


@lru_cache(maxsize=KEPT)
def _recall(_event_ref: str, event_id: int, number: int) -> Recalled:
    programme = find_programme(event_id, number)
    if programme is None:
        raise NotFound
    sessions = seen(programme)
    texts = tuple(fold(" \n ".join(_words(programme, session))) for session in sessions)
    takes_place = tuple(session for session in sessions if session.status != "cancelled")
    return Recalled(programme, sessions, texts, turns(takes_place))


def _words(programme: Programme, session: FrozenSession) -> Iterator[str]:
    """Yield all that the public may read of a session, in every language."""
    yield session.code
    if session.room:
        yield from programme.rooms[session.room]["names"].values()
    else:
        yield from session.place_note.values()
    if session.is_untold:
        return
    yield from session.titles.values()
    if session.track:
        yield from programme.tracks[session.track]["titles"].values()
    if not shows_content(session.access):
        return
    yield from session.descriptions.values()
    for ref, _role in session.speakers:
        speaker = programme.speakers[ref]
        yield speaker["name"]
        yield from speaker["posts"].values()
        yield from speaker["entity"].values()
