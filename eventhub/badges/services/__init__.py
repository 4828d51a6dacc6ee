"""Print runs, and badges handed over; inside a transaction."""

from eventhub.badges.services.handing import hand_over, take_back
from eventhub.badges.services.plating import keep_plates, remove_plates, start_plates
from eventhub.badges.services.running import (
    cancel_run,
    choose,
    close_run,
    design_in,
    end_run,
    ended_before,
    job_of,
    kept_until,
    remove_files,
    retry_run,
    start_run,
    wait_for,
)

__all__ = [
    "cancel_run",
    "choose",
    "close_run",
    "design_in",
    "end_run",
    "ended_before",
    "hand_over",
    "job_of",
    "keep_plates",
    "kept_until",
    "remove_files",
    "remove_plates",
    "retry_run",
    "start_plates",
    "start_run",
    "take_back",
    "wait_for",
]
