"""What can be asked about attendance; every question names the event."""

from eventhub.attendance.queries.by_hand import corrections_of, get_correction, score_of
from eventhub.attendance.queries.ledger import Ledger, credits_of, ledger_of, policy_for, policy_of
from eventhub.attendance.queries.standings import (
    Standing,
    participants_of,
    standing_of,
    standings_of,
)

__all__ = [
    "Ledger",
    "Standing",
    "corrections_of",
    "credits_of",
    "get_correction",
    "ledger_of",
    "participants_of",
    "policy_for",
    "policy_of",
    "score_of",
    "standing_of",
    "standings_of",
]
