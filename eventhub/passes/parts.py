"""What passes contribute to lower packages: what they hold of a person."""

from eventhub.passes.personal import PERSONAL
from eventhub.people.seams import PERSONAL_DATA


def connect() -> None:
    """Fill the seam; twice is harmless."""
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
