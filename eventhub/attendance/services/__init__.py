"""What can be done about attendance."""

from eventhub.attendance.services.correcting import correct, undo_correction
from eventhub.attendance.services.policy import change_policy
from eventhub.attendance.services.results import write_results, write_scores

__all__ = ["change_policy", "correct", "undo_correction", "write_results", "write_scores"]
