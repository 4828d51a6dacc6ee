"""Pages of attendance: the list, one person, corrections, what it takes, tables to save."""

from eventhub.attendance.views import lists, person, policy, scores, survey
from eventhub.attendance.views.blueprint import bp

__all__ = ["bp", "lists", "person", "policy", "scores", "survey"]
