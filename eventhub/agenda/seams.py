"""What higher packages contribute to the programme."""

from collections.abc import Callable
from dataclasses import dataclass

from eventhub.events.models import Event


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
