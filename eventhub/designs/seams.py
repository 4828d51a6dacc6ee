"""What higher packages tell designs."""

from collections.abc import Callable, Sequence
from typing import Any

from eventhub.core.actor import Scope
from eventhub.designs.rules import Face

SAMPLES: list[Callable[[Any, Scope], Sequence[Face]]] = []
"""The people of an Event, within a scope, whose badges are hardest to set; filled by
`eventhub/parts.py`."""
