"""Pages of places: pools and their rules for staff, heads and replacements for delegations."""

from eventhub.places.views import heads, pools, remote, replacing, seated, terms
from eventhub.places.views.blueprint import bp

__all__ = ["bp", "heads", "pools", "remote", "replacing", "seated", "terms"]
