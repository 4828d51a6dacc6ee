"""What the pages of places show: how full each pool is, and whose seats they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.entities.models import Entity
from eventhub.entities.queries import find_by_names, names_of
from eventhub.i18n import current
from eventhub.registration.models import Pool
from eventhub.registration.queries import (
    PER_SESSION,
    WHOLE_EVENT,
    PoolUse,
    Setup,
    limit_of,
    pools_of,
    used_seats,
)


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A pool with what is used of it; where each has its own seats, by holder from the fullest."""

    pool: Pool
    used: int
    uses: tuple[PoolUse, ...]

    @property
    def free(self) -> int | None:
        """Return the free seats of the whole event or a session; None where each has its own."""
        if self.pool.scope == PER_SESSION:
            return max(0, self.pool.seats - self.used)
        return self.uses[0].free if self.pool.scope == "per_event" else None

    @property
    def full(self) -> int:
        """Return how many have no free seat."""
        return sum(use.free == 0 for use in self.uses)

    @property
    def above(self) -> int:
        """Return how many use more seats than they have."""
        is_above = self.pool.scope == PER_SESSION and self.used > self.pool.seats
        return is_above + sum(use.is_above for use in self.uses)


def pool_lines(setup: Setup) -> list[PoolLine]:
    """Return the event's pools with what is used of them; two statements."""
    return lines_of(setup, pools_of(setup.event.id))


def lines_of(setup: Setup, pools: Sequence[Pool]) -> list[PoolLine]:
    """Return the same for these pools; one statement."""
    used = used_seats(setup, pools)
    return [_line(setup, pool, dict(used[pool.id])) for pool in pools]


def get_pool(event_id: int, code: str) -> Pool:
    """Return the pool of this code at the event; else NotFound."""
    return one_of_event(Pool, event_id, Pool.code == code)


def holder_names(line: PoolLine) -> dict[int | str | None, str]:
    """Return what those who hold seats of the pool are called."""
    ids = [use.holder for use in line.uses if isinstance(use.holder, int)]
    names = names_of(ids, current()) if ids else {}
    return {
        use.holder: names[use.holder] if isinstance(use.holder, int) else str(use.holder)
        for use in line.uses
    }


def exemptions_of(pool: Pool) -> str:
    """Return the pool's exceptions as the form takes them, by code."""
    ids = [int(key) for key in pool.limits if key.isdigit()]
    query = select(Entity.id, Entity.code).where(Entity.id.in_(ids)).order_by(Entity.code)
    return "\n".join(
        f"{code} {pool.limits[str(entity_id)] if pool.limits[str(entity_id)] is not None else ''}"
        .strip()
        for entity_id, code in db.session.execute(query)
    )  # fmt: skip


def entities_named(texts: Sequence[str]) -> dict[str, int]:
    """Return the ids of entities by the code or name that was typed; unknown ones are absent."""
    codes = {text: text.strip().upper() for text in texts}
    query = select(Entity.code, Entity.id).where(Entity.code.in_(set(codes.values())))
    known = dict(db.session.execute(query).all()) if texts else {}
    found = {text: known[code] for text, code in codes.items() if code in known}
    others = find_by_names(text for text in texts if text not in found)
    return found | {text: entity.id for text, entity in others.items()}


def _line(setup: Setup, pool: Pool, used: dict[int | str | None, int]) -> PoolLine:
    if pool.scope == "per_event":
        seats = setup.event.places if pool.code == WHOLE_EVENT else pool.seats
        use = PoolUse(pool, None, used.get(None, 0), seats)
        return PoolLine(pool, use.used, (use,))
    uses = [PoolUse(pool, one, number, limit_of(pool, one)) for one, number in used.items()]
    uses.sort(key=lambda use: (use.free is None, use.free or 0, -use.used, str(use.holder)))
    return PoolLine(pool, sum(used.values()), tuple(uses))
