"""What features contribute to every page: places that addresses name, and menu entries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from eventhub.i18n import Translated


@dataclass(frozen=True, slots=True)
class Place:
    """The event or institution that an address names, as far as every page needs it."""

    slug: str
    title: Translated
    institution_id: int | None
    institution_name: Translated
    event_id: int | None = None
    code: str = ""
    """The event's code, from which its rosette is drawn."""
    ends_at: datetime | None = None
    switches: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    words: str = "forum"
    """The preset whose words the pages use: forum, side_event or seminar."""
    state: str = ""
    """Of an event: draft, published, postponed, cancelled or archived."""
    is_rehearsal: bool = False
    stylesheet: str | None = None
    """Address of the event's own style rules: its accent and the colours of its categories."""
    desk_categories: Callable[[str], frozenset[int]] = field(default=lambda _desk: frozenset())
    """Ids of the categories that a desk approves."""


PLACES: dict[str, Callable[[str], Place | None]] = {}
"""By the name of the address's part ("slug", "institution"); filled by `eventhub/parts.py`."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the menu: shown where the permission is held and the switch is on.

    `label` is a function, so that it speaks the reader's language and the preset's words;
    `order` places the entry (Home 0, Delegations 10, People 20, Programme 30, Papers 40, On the
    day 50, Messages 60, Certificates 70, Settings 80). `level` is "event" or "top".
    """

    endpoint: str
    label: Callable[[Place | None], str]
    permission: str
    order: int
    level: str = "event"
    switch: str | None = None
    prefixes: tuple[str, ...] = ()
    """Beginnings of endpoints that belong to this entry (it is then marked as current)."""
    under: str = ""
    """The endpoint of the entry whose part this is: a tab of its pages, no line of the menu."""
    tab: Callable[[Place | None], str] | None = None
    """What the entry is called among its own tabs, where that is not its label."""


NAV: list[NavEntry] = []
"""Filled by `eventhub/parts.py`."""
