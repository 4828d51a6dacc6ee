"""What higher packages contribute to the programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventhub.agenda.rules import Change, Programme
from eventhub.events.models import Event

if TYPE_CHECKING:
    from eventhub.agenda.made import Source


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from the public programme: its words, its address, a quiet phrase."""

    label: str
    url: str
    phrase: str = ""


PROGRAMME_WAYS: list[Callable[[Event], Way]] = []
"""From the whole programme, in the present language; filled by `eventhub/parts.py`."""
SESSION_WAYS: list[Callable[[Event, str], Way | None]] = []
"""From a session, by its ref, None where there is none; what changes the answer raises the event's
version, so that pages are made anew. Filled by `eventhub/parts.py`."""
PART_WAYS: list[Callable[[Event, str, str], Way]] = []
"""From a part of the programme: its kind (day, room or track) and its ISO date or ref; filled by
`eventhub/parts.py`."""
CHOICE_WAYS: list[Callable[[Event, str], Way]] = []
"""From the sessions that a reader chose, as their address carries them; filled by
`eventhub/parts.py`."""
PROGRAMME_FILES: list[Callable[[Source], None]] = []
"""Make what else there is of a published programme, in the present language, before it is asked
for; filled by `eventhub/parts.py`."""
PROGRAMME_PAPERS: list[Callable[[Source], None]] = []
"""Make what takes longer, such as PDFs, in the present language, by a job of its own after the
pages: until it has ended, the version is said to wait for its papers. Filled by
`eventhub/parts.py`."""


@dataclass(frozen=True, slots=True)
class News:
    """What one version of an event's programme says otherwise than an earlier one.

    `concerned` holds the changes by the uid of the session that they concern.
    """

    event: Event
    before: Programme
    after: Programme
    concerned: Mapping[str, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose own programme holds sessions that changed, and the letter that says so.

    `ids` are those of the letter (`message`), beside the numbers of the versions; `uids` are the
    sessions; `speaker_id` names the speaker who is the same person.
    """

    message: str
    ids: Mapping[str, Any]
    to: str
    language: str
    uids: frozenset[str]
    speaker_id: int | None = None
    lost: frozenset[str] = frozenset()
    """Of the uids those that are the reader's no more: what is said of them now is for others."""


READERS: list[Callable[[News], Iterable[Reader]]] = []
"""Who is to be told of news beside the speakers; filled by `eventhub/parts.py`."""
SESSION_HOLDS: dict[Any, Callable[[], str]] = {}
"""Models with `event_id` and `session_id` of what counts on a session, as seats, cards and doors
do, each with its words: such a session keeps a time. Filled by `connect()` in `parts.py` of those
features."""
LAST_WORDS: list[Callable[[News, list[Reader]], list[Reader]]] = []
"""Asked once, right before letters to these readers are written: may add ids, or leave somebody
out; filled by `eventhub/parts.py`."""
