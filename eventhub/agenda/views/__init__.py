"""Pages of the programme: the public ones, and those on which it is made."""

from eventhub.agenda.views import editor, findings, people, public, publishing, rooms, sessions
from eventhub.agenda.views.blueprint import bp

__all__ = ["bp", "editor", "findings", "people", "public", "publishing", "rooms", "sessions"]
