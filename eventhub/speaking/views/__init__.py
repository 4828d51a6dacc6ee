"""Pages of the list of speakers."""

from eventhub.speaking.views import head, lists, own, requests, running, wall
from eventhub.speaking.views.blueprint import bp

__all__ = ["bp", "head", "lists", "own", "requests", "running", "wall"]
