"""The clock of a speaker: limits, colours, words (R3.12)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

WORDS_PER_MINUTE = 110
EXTRA_S = 30
"""How much more time one press gives."""


class Phase(StrEnum):
    """What the colour of the clock says."""

    TIME = "time"
    WARNING = "warning"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one turn: when it started, how long it was stopped, what was granted.

    Times are aware. `stopped_at` is set while the clock stands still, `ended_at` once the turn is
    over; `stopped_s` is the time it stood still before.
    """

    started_at: datetime
    limit_s: int
    extra_s: int = 0
    stopped_at: datetime | None = None
    stopped_s: float = 0
    ended_at: datetime | None = None

    @property
    def allowed_s(self) -> int:
        """Return how many seconds may be spoken."""
        return self.limit_s + self.extra_s

    def spoken_s(self, now: datetime) -> float:
        """Return how many seconds were spoken by now, without those the clock stood still."""
        moments = [one for one in (self.stopped_at, self.ended_at, now) if one is not None]
        return max(0.0, (min(moments) - self.started_at).total_seconds() - self.stopped_s)

    def left_s(self, now: datetime) -> float:
        """Return how many seconds are left; negative once the time is over."""
        return self.allowed_s - self.spoken_s(now)


def phase_of(left_s: float, warning_s: int) -> Phase:
    """Return what the clock shows: warning from `warning_s` seconds on, over at 0."""
    if left_s <= 0:
        return Phase.OVER
    return Phase.WARNING if left_s <= warning_s else Phase.TIME


def written(left_s: float) -> str:
    """Write time left as "2:05"; time over counts up, "+0:12"."""
    seconds = ceil(left_s) if left_s > 0 else int(-left_s)
    sign = "+" if left_s < 0 and seconds else ""
    return f"{sign}{seconds // 60}:{seconds % 60:02d}"


def words_in(seconds: int) -> int:
    """Return how many words can be spoken in a time."""
    return seconds * WORDS_PER_MINUTE // 60
