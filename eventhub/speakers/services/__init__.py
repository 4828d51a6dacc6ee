"""What can be done with speakers: inviting them, and what they say."""

from eventhub.speakers.services.inviting import (
    Sent,
    arrange,
    invite,
    remind,
    remove,
    renew_link,
    see_news,
    set_lock,
)
from eventhub.speakers.services.replying import (
    Availability,
    Correction,
    SaidWindow,
    answer_parts,
    correct,
    say_availability,
)

__all__ = [
    "Availability",
    "Correction",
    "SaidWindow",
    "Sent",
    "answer_parts",
    "arrange",
    "correct",
    "invite",
    "remind",
    "remove",
    "renew_link",
    "say_availability",
    "see_news",
    "set_lock",
]
