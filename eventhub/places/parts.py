"""What the pages of places contribute to the menu."""

from eventhub.i18n import _
from eventhub.registration.permissions import VIEW
from eventhub.web.seams import NAV, NavEntry

ENTRY = NavEntry(
    "places.list_pools",
    lambda _place: _("Places"),
    VIEW,
    22,
    under="registration.list_people",
    prefixes=(
        "places.new_pool",
        "places.show_pool",
        "places.change_rules",
        "places.change_remote",
        "tickets.show_lists",
    ),
)


def connect() -> None:
    """Put the menu entry where pages look for it; twice is harmless."""
    if ENTRY not in NAV:
        NAV.append(ENTRY)
