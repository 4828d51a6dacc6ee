"""What still lacks in a delegation: seats left, photos and letters missing (R1.16)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.events.rules import PRESETS
from eventhub.registration.models import Registration
from eventhub.registration.queries.covered import without_letter
from eventhub.registration.queries.pools import PoolUse, seats_of_delegations
from eventhub.registration.queries.setup import Setup
from eventhub.registration.rules import SEAT_STATES, State
from eventhub.registration.seams import UNCHECKED


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a delegation has and lacks; `seats` is None where nothing limits it."""

    people: int
    seats: int | None
    photos: int
    letters: int
    returned: int
    """How many registrations wait for a correction."""
    unchecked: int | None = None
    """How many names nobody confirmed; None where the event does not ask for it."""

    @property
    def is_whole(self) -> bool:
        """Tell whether every seat is used and nothing lacks."""
        is_full = self.seats is not None and self.people >= self.seats
        return is_full and not (self.photos or self.letters or self.returned)


def lacks_photo(setup: Setup, row: Registration) -> bool:
    """Tell whether somebody still has to send a photo."""
    asked = "photo" in PRESETS[setup.event.preset].fields
    return asked and row.photo_id is None and not setup.categories[row.category_id].photo_waived


def lacking_in(setup: Setup, delegations: dict[int, int]) -> dict[int, Lacking]:
    """Return what lacks in each delegation, by its id; `delegations` gives the entity of each.

    Some seven statements for any number of delegations.
    """
    query = select(Registration).where(
        Registration.event_id == setup.event.id,
        Registration.delegation_id.in_(delegations),
        Registration.state.in_(SEAT_STATES),
    )
    rows = list(db.session.scalars(query))
    unlettered = {row.id for row in without_letter(setup, rows)}
    uses = seats_of_delegations(setup, set(delegations.values()))
    unchecked = _unchecked(setup, delegations)
    found = {}
    for delegation_id, entity_id in delegations.items():
        own = [row for row in rows if row.delegation_id == delegation_id]
        total = _total(uses[entity_id])
        found[delegation_id] = Lacking(
            people=total.used if total else len(own),
            seats=total.seats if total else None,
            photos=sum(lacks_photo(setup, row) for row in own),
            letters=sum(row.id in unlettered for row in own),
            returned=sum(row.state == State.RETURNED for row in own),
            unchecked=unchecked.get(delegation_id),
        )
    return found


def _unchecked(setup: Setup, delegations: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for count in UNCHECKED:
        found.update(count(setup.event, delegations) or {})
    return found


def _total(uses: Collection[PoolUse]) -> PoolUse | None:
    """Return the widest limit of a delegation, None without any."""
    limited = [use for use in uses if use.seats is not None]
    return max(limited, key=lambda use: use.seats or 0, default=None)
