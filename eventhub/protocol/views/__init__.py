"""Pages of the order of States and of groups of States."""

from eventhub.protocol.views import draw, entities, groups, order
from eventhub.protocol.views.blueprint import bp

__all__ = ["bp", "draw", "entities", "groups", "order"]
