"""Which registrations of one event look like the same person (R1.30)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from eventhub.core.text import fold

MOST_SHARING = 4
"""Registrations with one address; an address that more share is a mission's mailbox (R1.31)."""

EMAIL, NAME = "email", "name"
"""The reasons: the same address; the same names and State or organization."""


@dataclass(frozen=True, slots=True)
class Face:
    """What of a registration is compared."""

    id: int
    family_name: str
    given_names: str
    entity_id: int | None
    organisation: str
    email: str

    @property
    def name(self) -> tuple[object, ...]:
        """Return the folded names and whom the person represents."""
        whom = self.entity_id or fold(self.organisation)
        return whom, fold(self.family_name), fold(self.given_names)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two registrations that look like one person, the lower id first, and why."""

    first_id: int
    second_id: int
    reasons: tuple[str, ...]


def pairs_of(faces: Iterable[Face], parted: Collection[tuple[int, int]] = ()) -> list[Pair]:
    """Return the pairs that look like one person, but for those said not to be, by their ids."""
    by_email: dict[str, list[int]] = {}
    by_name: dict[tuple[object, ...], list[int]] = {}
    for face in faces:
        if face.email:
            by_email.setdefault(face.email.strip().casefold(), []).append(face.id)
        if any(face.name[1:]):
            by_name.setdefault(face.name, []).append(face.id)
    found: dict[tuple[int, int], list[str]] = {}
    few = (ids for ids in by_email.values() if len(ids) <= MOST_SHARING)
    for reason, groups in ((NAME, by_name.values()), (EMAIL, few)):
        for ids in groups:
            for pair in combinations(sorted(ids), 2):
                found.setdefault(pair, []).append(reason)
    return [Pair(*ids, tuple(why)) for ids, why in sorted(found.items()) if ids not in set(parted)]
