"""What higher packages contribute to the programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
SESSION_WAYS: list[Callable[[Event, str], Way]] = []
"""From a session, by its ref; filled by `eventhub/parts.py`."""
PROGRAMME_FILES: list[Callable[[Source], None]] = []
"""Make what else there is of a published programme, in the present language, before it is asked
for; filled by `eventhub/parts.py`."""
