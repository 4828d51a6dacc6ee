"""What accounts contribute: the words of their letters, the team's place in the menu."""

from eventhub.i18n import _
from eventhub.mail.seams import MESSAGES
from eventhub.people import messages
from eventhub.web.seams import NAV, NavEntry

MENU = (
    NavEntry(
        "people.show_event_team",
        lambda _place: _("Team"),
        "team.manage",
        85,
        prefixes=("people.take_event_role",),
    ),
)


def connect() -> None:
    """Register messages and menu entries."""
    MESSAGES["people.code"] = messages.code
    MESSAGES["people.password_changed"] = messages.password_changed
    MESSAGES["people.email_changed"] = messages.email_changed
    MESSAGES["people.invited"] = messages.invited
    NAV.extend(entry for entry in MENU if entry not in NAV)
