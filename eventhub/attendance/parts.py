"""What attendance contributes to the packages around it."""

from eventhub.attendance.personal import PERSONAL
from eventhub.people.seams import PERSONAL_DATA


def connect() -> None:
    """Put the parts where lower packages look for them."""
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
