"""Zones as bits, and how long a pass lasts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LASTS_AFTER_EVENT = timedelta(days=1)

SIGNS_FOR = timedelta(days=365)
"""How long a key signs new passes; what it signed is good until that pass's own end."""

TOLD_BEFORE = timedelta(weeks=4)
"""How long before a key's end somebody is told, so that scanners learn its successor in time."""

REISSUE_REASONS = ("lost", "stolen", "damaged", "misprinted")
LOSSES = frozenset({"lost", "stolen"})

DOCUMENTS = ("passport", "identity_card", "official_card")
"""What somebody shows who asks for a new badge."""


def zone_bits(codes: Iterable[str]) -> int:
    """Return the zones Z0 to Z15 as one number, Z0 the lowest bit; other codes have no bit."""
    bits = 0
    for code in codes:
        number = code.removeprefix("Z")
        if number.isdigit() and int(number) < 16:
            bits |= 1 << int(number)
    return bits


def opens(bits: int, code: str) -> bool:
    """Tell whether the zones of a pass include this one."""
    return bool(bits & zone_bits([code]))


def expires(event_ends_at: datetime) -> datetime:
    """Return when passes of an event end: a day after it."""
    return event_ends_at + LASTS_AFTER_EVENT


def key_ends_at(made_at: datetime) -> datetime:
    """Return when a key made then stops signing."""
    return made_at + SIGNS_FOR
