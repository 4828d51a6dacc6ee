"""Folding what one person did again and again into one line of a history."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

Row = TypeVar("Row")

TOGETHER = timedelta(minutes=30)
"""How far apart two saves may lie that stand as one."""


def folded(
    rows: Iterable[Row],
    *,
    subject: Callable[[Row], Hashable],
    act: Callable[[Row], Hashable],
    at: Callable[[Row], datetime],
) -> list[list[Row]]:
    """Return rows, given newest first, in runs of the same act on the same subject.

    A run ends where another act on that subject comes between, or more than half an hour; what
    happens to others meanwhile does not matter. Runs stand where their newest row stood.
    """
    runs: list[list[Row]] = []
    latest: dict[Hashable, list[Row]] = {}
    for row in rows:
        run = latest.get(subject(row))
        if run is not None and act(run[-1]) == act(row) and at(run[-1]) - at(row) <= TOGETHER:
            run.append(row)
            continue
        latest[subject(row)] = run = [row]
        runs.append(run)
    return runs
