"""What higher packages tell about delegations."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from eventhub.events.models import Event

DEADLINES: list[Callable[[Event], Sequence[tuple[object, datetime]]]] = []
"""Deadlines of delegations beside that for names, as they come: what is awaited, as a text that
`str` says in the present language, and until when. Filled by `eventhub/parts.py`."""

COMPLETE: list[Callable[[Event], Collection[int]]] = []
"""Ids of the event's delegations whose people lack nothing (R1.34). Filled by
`eventhub/parts.py`."""

SEATS: list[Callable[[Event, Collection[int]], Mapping[int, str]]] = []
"""How many seats delegations have, in words of the present language, by delegation id; those
without a limit are left out. Filled by `eventhub/parts.py`."""
