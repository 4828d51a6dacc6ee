"""The programme for conference apps."""

from eventhub.exchange.views import copying, importing, public
from eventhub.exchange.views.blueprint import bp

__all__ = ["bp", "copying", "importing", "public"]
