"""The pages of arrivals; each module hangs its own on the blueprint."""

from eventhub.arrivals.views import courtesies, entering, heads, lists, officers, sheets, vehicles
from eventhub.arrivals.views.blueprint import bp

__all__ = ["bp", "courtesies", "entering", "heads", "lists", "officers", "sheets", "vehicles"]
