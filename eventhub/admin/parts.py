"""What the pages of the installation contribute: their place in the menu."""

from eventhub.i18n import _
from eventhub.web.seams import NAV, NavEntry

MENU = (
    NavEntry(
        "institutions.list_institutions",
        lambda _place: _("Institutions"),
        "institution.edit",
        94,
        level="top",
        prefixes=("institutions.",),
    ),
    NavEntry(
        "admin.show_installation",
        lambda _place: _("Installation"),
        "installation.manage",
        95,
        level="top",
        prefixes=("admin.",),
    ),
)


def connect() -> None:
    """Add the menu entries."""
    NAV.extend(entry for entry in MENU if entry not in NAV)
