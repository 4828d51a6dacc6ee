"""Pages of badges."""

from eventhub.badges.views import handing, held, plates, runs  # they add their pages
from eventhub.badges.views.blueprint import bp

__all__ = ["bp", "handing", "held", "plates", "runs"]
