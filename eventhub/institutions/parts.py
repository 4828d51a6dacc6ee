"""What institutions contribute: the place that an address names."""

from eventhub.institutions.queries import place_of
from eventhub.web.seams import PLACES


def connect() -> None:
    """Let addresses name institutions."""
    PLACES["institution"] = place_of
