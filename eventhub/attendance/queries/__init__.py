"""What can be asked about attendance; every question names the event."""

from eventhub.attendance.queries.by_hand import corrections_of, get_correction, score_of
from eventhub.attendance.queries.ledger import (
    Known,
    Ledger,
    credits_of,
    known_of,
    ledger_for,
    ledger_of,
    policy_of,
)
from eventhub.attendance.queries.standings import (
    Standing,
    participants_of,
    standing_of,
    standings_of,
)

__all__ = [
    "Known",
    "Ledger",
    "Standing",
    "corrections_of",
    "credits_of",
    "get_correction",
    "known_of",
    "ledger_for",
    "ledger_of",
    "participants_of",
    "policy_of",
    "score_of",
    "standing_of",
    "standings_of",
]
