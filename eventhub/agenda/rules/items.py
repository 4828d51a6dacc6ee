"""Agenda items: their order on the paper, their numbers, how one moves (R3.1).

A tree is a list of pairs (id, id of the item above or None) in the order of the paper: each
sub-item stands behind its item, and there is one level of sub-items.
"""

from collections.abc import Hashable, Sequence
from enum import StrEnum
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


class Move(StrEnum):
    """Where an item may go: before or behind its neighbour, below the item before it, out again."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def numbers(tree: Sequence[tuple[Id, Id | None]]) -> dict[Id, str]:
    """Return the number of each item: "3" of an item, "3 (a)" of a sub-item."""
    found: dict[Id, str] = {}
    count = below = 0
    for item, parent in tree:
        if parent is None:
            count, below = count + 1, 0
            found[item] = str(count)
        else:
            found[item] = f"{count} ({letters(below)})"
            below += 1
    return found


def letters(place: int) -> str:
    """Return the letters of a place counted from 0: a to z, then aa, ab."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def moved(
    tree: Sequence[tuple[Id, Id | None]], item: Id, move: Move
) -> list[tuple[Id, Id | None]] | None:
    """Return the tree with the item moved; None where it cannot go there."""
    tops = [one for one, parent in tree if parent is None]
    below = {top: [one for one, parent in tree if parent == top] for top in tops}
    parent = dict(tree)[item]
    if move == Move.IN:
        place = tops.index(item) if parent is None else 0
        if not place or below[item]:
            return None
        below[tops[place - 1]].append(item)
        tops.remove(item)
    elif move == Move.OUT:
        if parent is None:
            return None
        below[parent].remove(item)
        tops.insert(tops.index(parent) + 1, item)
    elif not _swapped(tops if parent is None else below[parent], item, move):
        return None
    return [
        pair for top in tops for pair in ((top, None), *((one, top) for one in below.get(top, ())))
    ]


def _swapped(siblings: list[Id], item: Id, move: Move) -> bool:
    place = siblings.index(item)
    other = place + (1 if move == Move.DOWN else -1)
    if not 0 <= other < len(siblings):
        return False
    siblings[place], siblings[other] = siblings[other], siblings[place]
    return True


def moves_of(tree: Sequence[tuple[Id, Id | None]], item: Id) -> list[Move]:
    """Return where an item may go."""
    return [move for move in Move if moved(tree, item, move) is not None]
