"""The programme for conference apps."""

from eventhub.exchange.views import public
from eventhub.exchange.views.blueprint import bp

__all__ = ["bp", "public"]
