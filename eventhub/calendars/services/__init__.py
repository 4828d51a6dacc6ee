"""What can be done with one's own calendar."""

from eventhub.calendars.services.choosing import (
    choose_calendar,
    choose_sessions,
    reset_feed,
    want_letters,
)
from eventhub.calendars.services.telling import add_files, queue_news, tell_news

__all__ = [
    "add_files",
    "choose_calendar",
    "choose_sessions",
    "queue_news",
    "reset_feed",
    "tell_news",
    "want_letters",
]
