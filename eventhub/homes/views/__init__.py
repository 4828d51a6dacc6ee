"""Pages where people begin: the front page, the home of an event, its outbox."""

from eventhub.homes.views import event, front, outbox
from eventhub.homes.views.blueprint import bp

__all__ = ["bp", "event", "front", "outbox"]
