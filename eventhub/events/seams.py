"""What higher packages contribute to events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eventhub.core.actor import Actor
from eventhub.mail.seams import Attachment
from eventhub.mail.services import Addressed

IdMap = dict[str, dict[int, int]]
"""By table name: ids of the copied rows to ids of their copies."""


class CopyRows(Protocol):
    """Copies rows of one feature from an event to another."""

    def __call__(
        self, from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class CloneStep:
    """Copies one feature's set-up (the tables named) from an event to another, never its people.

    The dates of the copy are already moved: what has dates of its own moves them by the
    difference of the two events' `starts_on`. The step reads what steps before it have put into
    `ids`, and adds its own.
    """

    tables: frozenset[str]
    copy: CopyRows


def clones(*tables: str) -> Callable[[CopyRows], CloneStep]:
    """Make a function the CloneStep of these tables."""
    return lambda copy: CloneStep(frozenset(tables), copy)


SUB_EVENTS: list[Callable[[Any], list[dict[str, Any]]]] = []
"""Functions of the Event: its parts in schema.org's words, in their order, for everybody; filled by
`eventhub/parts.py`."""
CLONE_STEPS: list[CloneStep] = []
"""In order; filled by `eventhub/parts.py`."""


@dataclass(frozen=True, slots=True)
class StageState:
    """How far a stage is: done or not, one sentence with a number, where to go on, late or not."""

    is_done: bool
    sentence: str
    url: str
    is_late: bool = False
    asks_nobody: bool = False
    """It goes on, or comes, by itself: nobody has to do anything for it now."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an event's life on its home page, in the order of `order`.

    Set up 10, publish 20, invite 30, accredit 40, programme 50, print 60, on the day 70, after
    80. `state` is asked with the Event and answers None where the stage is absent.
    """

    key: str
    order: int
    label: Callable[[], str]
    state: Callable[[Any], StageState | None]


STAGES: list[Stage] = []
"""Filled by `eventhub/parts.py`."""

AUDIENCES: list[Callable[[int], Sequence[Addressed]]] = []
"""Who is told when an event is postponed or cancelled: functions of the event's id; filled by
`eventhub/parts.py`."""


LETTER_FILES: list[Callable[[int, str], Attachment | None]] = []
"""Files that go with the mails about an event itself, by its id and the reader's language; filled
by `eventhub/parts.py`."""

USED_PLACES: list[Callable[[Any], int]] = []
"""How many of an event's places are used: functions of the Event; filled by
`eventhub/parts.py`."""


@dataclass(frozen=True, slots=True)
class PrivacyLine:
    """One line of the privacy notice: what is asked, what for, on what ground, kept how long."""

    what: str
    purpose: str
    basis: str
    kept: str


PRIVACY_FIELDS: list[Callable[[int], Sequence[PrivacyLine]]] = []
"""Lines of the privacy notice of an event, in the present language; filled by
`eventhub/parts.py`."""
