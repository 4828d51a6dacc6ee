"""What ticket lists contribute: what they hold of a person, and how it is forgotten."""

from eventhub.people.seams import PERSONAL_DATA
from eventhub.tickets.personal import PERSONAL


def connect() -> None:
    """Answer for the tables of this feature; twice is harmless."""
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
