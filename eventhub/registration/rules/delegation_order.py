"""The order of people inside a delegation (R2.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROLES = ("VIP", "HOD", "DHOD", "DEL", "ALT", "ADV")
"""Codes of categories in the order of a delegation's list; all others follow, in their own."""

NO_RANK = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """What decides a person's place: role, the focal point's own number, rank, name."""

    id: int
    category: str
    category_place: int
    number: int | None = None
    """The focal point's order number inside the role; None where nobody chose one."""
    rank: int = NO_RANK
    name: tuple[str, str] = ("", "")


def in_delegation_order(people: Iterable[Placed]) -> list[Placed]:
    """Return head, deputy, delegates, alternates, advisers, others; inside a role as chosen.

    Whoever has an order number stands before those who have none, and is never sorted anew;
    those without follow by rank, then by name, then by id.
    """
    return sorted(people, key=_key)


def role_of(category: str, category_place: int) -> tuple[int, int, str]:
    """Return what sorts roles: the named ones first, then by the event's own order."""
    if category in ROLES:
        return ROLES.index(category), 0, ""
    return len(ROLES), category_place, category


def moved(people: Sequence[Placed], person_id: int, by: int) -> dict[int, int]:
    """Return the order numbers by id after a person moves up (-1) or down (1) in the own role.

    All of the role are numbered, so that what was seen stays. Empty where the person stands at
    the end of the role already or is not there.
    """
    ordered = in_delegation_order(people)
    mine = next((one for one in ordered if one.id == person_id), None)
    if mine is None:
        return {}
    role = role_of(mine.category, mine.category_place)
    same = [one.id for one in ordered if role_of(one.category, one.category_place) == role]
    here = same.index(person_id)
    there = here + by
    if not 0 <= there < len(same):
        return {}
    same[here], same[there] = same[there], same[here]
    return {one: number for number, one in enumerate(same, start=1)}


def _key(one: Placed) -> tuple[tuple[int, int, str], bool, int, int, tuple[str, str], int]:
    return (
        role_of(one.category, one.category_place),
        one.number is None,
        one.number or 0,
        one.rank,
        one.name,
        one.id,
    )
