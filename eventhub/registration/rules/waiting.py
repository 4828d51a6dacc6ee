"""Whose turn it is when a place becomes free (R1.12)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Turn(StrEnum):
    """Why somebody stands where they stand on the waiting list."""

    NOBODY_ACCREDITED = "nobody_accredited"
    EQUITY = "equity"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One registration on the waiting list."""

    id: int
    entity_id: int | None
    since: datetime


def in_turn(
    waiting: Iterable[Waiting],
    *,
    represented: Collection[int],
    favoured: Collection[int] = frozenset(),
) -> list[tuple[Waiting, Turn]]:
    """Return the waiting list in its order, each with the reason for the place.

    First come entities of whom nobody is accredited (`represented` are the others), then those
    in `favoured` (least developed, landlocked and small island States, where the event wants
    it), then everybody by the time of sending; equal times by id. A person of no entity stands
    by time.
    """

    def turn(one: Waiting) -> Turn:
        if one.entity_id is not None and one.entity_id not in represented:
            return Turn.NOBODY_ACCREDITED
        return Turn.EQUITY if one.entity_id in favoured else Turn.TIME

    def key(one: Waiting) -> tuple[bool, bool, datetime, int]:
        return (
            turn(one) != Turn.NOBODY_ACCREDITED,
            one.entity_id not in favoured,
            one.since,
            one.id,
        )

    return [(one, turn(one)) for one in sorted(waiting, key=key)]
