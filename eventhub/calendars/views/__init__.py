"""Calendar files for everybody, and each person's own."""

from eventhub.calendars.views import chosen, documents, letters, own, public
from eventhub.calendars.views.blueprint import bp

__all__ = ["bp", "chosen", "documents", "letters", "own", "public"]
