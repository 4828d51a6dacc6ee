"""What accounts contribute: the words of their letters, what is held of people."""

from eventhub.mail.seams import MESSAGES
from eventhub.people import messages
from eventhub.people.holding import PERSONAL
from eventhub.people.seams import PERSONAL_DATA


def connect() -> None:
    """Register messages; twice is harmless."""
    MESSAGES["people.code"] = messages.code
    MESSAGES["people.password_changed"] = messages.password_changed
    MESSAGES["people.email_changed"] = messages.email_changed
    MESSAGES["people.invited"] = messages.invited
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
