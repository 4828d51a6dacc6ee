"""What features contribute: parts of an event for which a role may be given."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """A kind of part ("categories", "gates"): its label, and its (id, name) rows at an event."""

    kind: str
    label: Callable[[], str]
    options: Callable[[int], list[tuple[int, str]]]


SCOPES: dict[str, ScopeKind] = {}
"""By kind; filled by `eventhub/parts.py`."""
