"""What floor cards contribute: a tab of the day, and that their sessions keep a time."""

from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.floor_cards.models import FloorCard
from eventhub.i18n import _
from eventhub.web.seams import NAV, NavEntry

ENTRY = NavEntry(
    "floor_cards.list_sessions",
    lambda _place: _("Floor cards"),
    "floor_card.hand",
    57,
    switch="delegations",
    prefixes=("floor_cards.",),
    under="checkin.show_floor",
)


def connect() -> None:
    """Put the menu entry where pages look for it; twice is harmless."""
    SESSION_HOLDS[FloorCard] = lambda: _("floor cards")
    if ENTRY not in NAV:
        NAV.append(ENTRY)
