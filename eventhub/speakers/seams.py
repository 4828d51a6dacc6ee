"""What higher packages contribute to speakers."""

from collections.abc import Callable
from dataclasses import dataclass

from eventhub.agenda.models import Speaker
from eventhub.events.models import Event


@dataclass(frozen=True, slots=True)
class Step:
    """What a speaker who comes does next, elsewhere: a sentence, a label, where it leads."""

    sentence: str
    label: str
    url: str


NEXT_STEPS: list[Callable[[Event, Speaker, str], Step | None]] = []
"""Given the event, a speaker who confirmed something, and the token of the link, in the present
language; None where there is nothing. Filled by `eventhub/parts.py`."""
