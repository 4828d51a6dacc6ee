"""What accounts contribute: the words of their letters."""

from eventhub.mail.seams import MESSAGES
from eventhub.people import messages


def connect() -> None:
    """Register messages; twice is harmless."""
    MESSAGES["people.code"] = messages.code
    MESSAGES["people.password_changed"] = messages.password_changed
    MESSAGES["people.email_changed"] = messages.email_changed
    MESSAGES["people.invited"] = messages.invited
