"""Credited minutes, records, levels, and the way that is left to them. Pure."""

from eventhub.attendance.rules.credit import Credit, Credited, Why, credited
from eventhub.attendance.rules.levels import (
    ATTENDED_FROM,
    SETTING,
    Excuses,
    OpenPolicy,
    Policy,
    Record,
    Verdict,
    level,
    possible_minutes,
    record_of,
)
from eventhub.attendance.rules.progress import Goal, MustSee, Progress, progress

__all__ = [
    "ATTENDED_FROM",
    "SETTING",
    "Credit",
    "Credited",
    "Excuses",
    "Goal",
    "MustSee",
    "OpenPolicy",
    "Policy",
    "Progress",
    "Record",
    "Verdict",
    "Why",
    "credited",
    "level",
    "possible_minutes",
    "progress",
    "record_of",
]
