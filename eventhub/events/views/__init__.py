"""Pages of events: public ones, the three screens that make one, settings, and its life."""

from eventhub.events.views import content, life, public, settings, wizard
from eventhub.events.views.blueprint import bp

__all__ = ["bp", "content", "life", "public", "settings", "wizard"]
