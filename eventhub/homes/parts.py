"""What the homes contribute to the menu."""

from eventhub.i18n import _
from eventhub.web.seams import NAV, NavEntry

MENU = (
    NavEntry("homes.show_event", lambda _place: _("Home"), "event.view", 0, prefixes=("reports.",)),
    NavEntry(
        "homes.show_messages",
        lambda _place: _("Messages"),
        "message.view",
        60,
        prefixes=("homes.show_message",),
    ),
)


def connect() -> None:
    """Put the menu entries where pages look for them; twice is harmless."""
    for entry in MENU:
        if entry not in NAV:
            NAV.append(entry)
