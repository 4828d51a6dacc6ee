"""Two uses of one room or one person at the same time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Use:
    """One use of one resource (a room, a speaker) from start to end.

    start and end are aware datetimes; the end is exclusive, so a session that ends at 10:00
    leaves the room free for one that starts at 10:00. `place` says where, for speakers.
    """

    session: str
    resource: str
    start: datetime
    end: datetime


def clashes(uses: Iterable[Use]) -> Iterator[tuple[Use, Use]]:
    """Yield each pair of uses of one resource that overlap, the earlier one first.

    Sorts once, then looks back only at uses still running: O(n log n + pairs).
    """
    running: dict[str, list[Use]] = {}
    for use in sorted(uses, key=attrgetter("start", "end")):
        still = [other for other in running.get(use.resource, []) if other.end > use.start]
        for other in still:
            if other.session != use.session:
                yield other, use
        running[use.resource] = [*still, use]
