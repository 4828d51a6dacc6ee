"""Pages on which names are looked over: one's own, a delegation's, everybody's."""

from eventhub.name_checks.views import delegation, own, staff
from eventhub.name_checks.views.blueprint import bp

__all__ = ["bp", "delegation", "own", "staff"]
