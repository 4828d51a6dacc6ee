"""What a delegation has to have done by when: the deadlines of an event (R1.14, R1.16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Due(StrEnum):
    """What is awaited of a delegation; the values but the first are names of settings."""

    NAMES = "names"
    PHOTOS = "photos_until"
    LETTERS = "letters_until"
    VISA = "visa_until"
    CHECK = "check_until"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is awaited, and until when."""

    what: Due
    at: datetime

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has passed."""
        return now >= self.at


def whole_left(at: datetime, now: datetime) -> tuple[int, str]:
    """Return how much time is left in whole units: days from two on, else hours, else minutes.

    (0, "") where nothing is left. The last minute counts as one.
    """
    left = at - now
    if left <= timedelta():
        return 0, ""
    if left >= timedelta(days=2):
        return left.days, "days"
    if left >= timedelta(hours=2):
        return int(left / timedelta(hours=1)), "hours"
    return max(1, int(left / timedelta(minutes=1))), "minutes"


def in_order(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Return deadlines as they come, those of one instant in the order of what is awaited."""
    places = {what: place for place, what in enumerate(Due)}
    return sorted(deadlines, key=lambda one: (one.at, places[one.what]))
