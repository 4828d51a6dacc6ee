"""What figures contribute to the pages around them."""

from eventhub.i18n import _
from eventhub.web.seams import NAV, NavEntry

ENTRY = NavEntry(
    "reports.show_figures", lambda _place: _("Figures"), "figures.view", 5, prefixes=("reports.",)
)


def connect() -> None:
    """Put the menu entry where pages look for it; twice is harmless."""
    if ENTRY not in NAV:
        NAV.append(ENTRY)
