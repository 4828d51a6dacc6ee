"""How many seats of each pool a delegation uses, in words."""

from dataclasses import dataclass

from eventhub.i18n import _
from eventhub.registration.models import Pool
from eventhub.registration.queries import pool_name, seats_of_delegations
from eventhub.registration.views.desk import Desk

MOST_NAMED = 3
"""A pool of more categories than these is called the whole delegation."""


@dataclass(frozen=True, slots=True)
class Used:
    """A pool: its name, the seats used, and how many there are (None without a limit)."""

    name: str
    used: int
    seats: int | None

    @property
    def sentence(self) -> str:
        """Return "9 of 12"."""
        if self.seats is None:
            return str(self.used)
        return _("%(used)s of %(seats)s", used=self.used, seats=self.seats)

    @property
    def is_full(self) -> bool:
        """Tell whether no seat is left."""
        return self.seats is not None and self.used >= self.seats


def seats_used(desk: Desk) -> list[Used]:
    """Return the delegation's pools with what its people use of them; two statements."""
    entity_id = desk.sent.entity.id
    uses = seats_of_delegations(desk.setup, [entity_id])[entity_id]
    return [Used(_name(desk, one.pool), one.used, one.seats) for one in uses]


def _name(desk: Desk, pool: Pool) -> str:
    """Return what the pool is called; without a name of its own, whom it counts."""
    if pool.names:
        return pool_name(pool)
    if len(pool.categories) > MOST_NAMED:
        return _("The whole delegation")
    categories = {one.code: one.name() for one in desk.setup.categories.values()}
    counted = [categories.get(code, code) for code in pool.categories]
    return ", ".join(counted) or _("The whole delegation")
