"""How many statements a meeting has room for, and what to do about too many (R3.11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

SHORTEST_S = 60
"""No shorter limit than this is offered."""
STEP_S = 10
"""Limits are offered in whole tens of seconds."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a list asks for, and what its meeting has room for.

    `over` is how many at the end do not fit; `limit_s` is the individual limit under which all
    would fit, None where it would be under a minute; `minutes` is how long the meeting must be.
    """

    capacity: int
    asked: int
    over: int
    minutes: int
    limit_s: int | None


def capacity(minutes: int, limit_s: int, turnover_s: int) -> int:
    """Return how many statements fit into a meeting (R3.11)."""
    return minutes * 60 // (limit_s + turnover_s)


def forecast(minutes: int, limits: Sequence[int], limit_s: int, turnover_s: int) -> Forecast:
    """Return whether statements of these limits in seconds, in their order, fit into a meeting.

    The shorter limit offered holds for each of them, group statements too.
    """
    ends = list(accumulate(limit + turnover_s for limit in limits))
    fitting = sum(end <= minutes * 60 for end in ends)
    shorter = None
    if limits:
        each = (minutes * 60 // len(limits) - turnover_s) // STEP_S * STEP_S
        shorter = each if each >= SHORTEST_S else None
    return Forecast(
        capacity=capacity(minutes, limit_s, turnover_s),
        asked=len(limits),
        over=len(limits) - fitting,
        minutes=-(-ends[-1] // 60) if ends else 0,
        limit_s=shorter,
    )
