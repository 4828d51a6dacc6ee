"""The order in which those who wait take the floor (R3.8, R3.9)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from eventhub.entities.rules import Kind

WINDOW = 4
"""How many waiting requests the balanced order looks at."""
SAME_GROUP, SAME_GENDER = 2, 1
LAST_RANK = 10_000
"""The English rank of what is in no table."""

OBSERVERS = frozenset({Kind.OBSERVER_STATE, Kind.REGIONAL_INTEGRATION_ORGANIZATION})
ORGANIZATIONS = frozenset(
    {
        Kind.IGO,
        Kind.UN_SECRETARIAT,
        Kind.UN_REGIONAL_COMMISSION,
        Kind.UN_PROGRAMME,
        Kind.SPECIALIZED_AGENCY,
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the order sees it.

    `group` is the regional group and `gender` what is known of the speaker, both empty where
    unknown; `passed` is how often, as head of its tier, it was passed over in a row so far.
    """

    id: int
    block: int
    tier: int
    queued_at: datetime
    rank_en: int = LAST_RANK
    group: str = ""
    gender: str = ""
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A request where the balanced order puts it; `why` says what was avoided by taking it early.

    why: "group", "gender", or both, of whoever would have followed the last speaker.
    """

    asked: Asked
    why: tuple[str, ...] = ()


def block_of(kind: Kind | None, *, is_for_group: bool, observers_apart: bool) -> int:
    """Return the block (R3.8): 0 group statements and States, 1 observers where they stand apart,
    2 intergovernmental organizations and the United Nations, 3 all others."""
    if is_for_group or kind == Kind.MEMBER_STATE:
        return 0
    if kind in OBSERVERS:
        return 1 if observers_apart else 0
    return 2 if kind in ORGANIZATIONS else 3


def plain(requests: Iterable[Asked]) -> list[Asked]:
    """Return requests by block, tier, time of request and English rank (R3.8)."""
    return sorted(requests, key=attrgetter("block", "tier", "queued_at", "rank_en", "id"))


def balanced(
    requests: Iterable[Asked], last: Asked | None = None, window: int = WINDOW
) -> list[Choice]:
    """Return requests so that regional groups and genders take turns inside a tier (R3.9).

    Again and again the first `window` of a tier are looked at, and whoever resembles the last
    speaker least is taken, the earliest of equals. The head of a tier is passed over at most
    `window` - 1 times in a row. `last` is who spoke before, of whatever tier.
    """
    chosen: list[Choice] = []
    for _tier, members in groupby(plain(requests), key=attrgetter("block", "tier")):
        queue = list(members)
        passed = queue[0].passed
        while queue:
            head = queue[0]
            seen = queue[:1] if passed >= window - 1 else queue[:window]
            one = min(seen, key=lambda asked: sum(_likeness(asked, last).values()))
            why: tuple[str, ...] = ()
            if one is head:
                passed = queue[1].passed if len(queue) > 1 else 0
            else:
                passed += 1
                why = tuple(sorted(_likeness(head, last).keys() - _likeness(one, last).keys()))
            queue.remove(one)
            chosen.append(Choice(one, why))
            last = one
    return chosen


def _likeness(asked: Asked, last: Asked | None) -> dict[str, int]:
    found = {}
    if last is not None and asked.group and asked.group == last.group:
        found["group"] = SAME_GROUP
    if last is not None and asked.gender and asked.gender == last.gender:
        found["gender"] = SAME_GENDER
    return found


def laid_out(current: Sequence[int], fixed: Collection[int], ruled: Iterable[int]) -> list[int]:
    """Return ids in the order of the rule, those moved by hand at the place where they stand now.

    `current` and `ruled` hold the same ids.
    """
    free = iter([one for one in ruled if one not in fixed])
    return [one if one in fixed else next(free) for one in current]


def moved_to(current: Sequence[int], one: int, place: int) -> list[int]:
    """Return ids with one of them moved to a place, from 0; too far is the end."""
    others = [other for other in current if other != one]
    others.insert(place, one)
    return others
