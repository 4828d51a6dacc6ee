"""What photos contribute to lower packages: what they hold of a person."""

from eventhub.people.seams import PERSONAL_DATA
from eventhub.photos.personal import PERSONAL


def connect() -> None:
    """Fill the seam; twice is harmless."""
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
