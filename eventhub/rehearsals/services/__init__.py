"""What can be done: make a rehearsal, fill it with stand-ins, let invented people register."""

from eventhub.rehearsals.services.entering import (
    Known,
    confirm,
    enter_people,
    entry_of,
    fill_in,
    known_of,
    needs_vouching,
)
from eventhub.rehearsals.services.letters import (
    office_of,
    send_letter,
    verified_letter,
    verify_letters,
)
from eventhub.rehearsals.services.life import Happening, Life
from eventhub.rehearsals.services.making import FILL, fill, rehearse
from eventhub.rehearsals.services.photographing import Photograph, photograph, photographed

__all__ = [
    "FILL",
    "Happening",
    "Known",
    "Life",
    "Photograph",
    "confirm",
    "enter_people",
    "entry_of",
    "fill",
    "fill_in",
    "known_of",
    "needs_vouching",
    "office_of",
    "photograph",
    "photographed",
    "rehearse",
    "send_letter",
    "verified_letter",
    "verify_letters",
]
