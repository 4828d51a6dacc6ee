"""How many seats of each pool a delegation uses, in words."""

from dataclasses import dataclass

from eventhub.i18n import _
from eventhub.registration.queries import seats_of_delegations
from eventhub.registration.queries.pools import pool_in_words
from eventhub.registration.views.desk import Desk


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
    return [Used(pool_in_words(desk.setup, one.pool), one.used, one.seats) for one in uses]
