"""The sheet of a delegation: its people by vehicle, with journeys, hotel and dues (R2.19)."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventhub.arrivals.models import Vehicle
from eventhub.arrivals.queries.courtesies import Due, dues_of
from eventhub.arrivals.queries.travel import (
    Officer,
    Traveller,
    meeting,
    officers_of,
    travellers_in,
)
from eventhub.arrivals.words import gifts, whole
from eventhub.core.actor import Scope
from eventhub.delegations.queries import Sent
from eventhub.i18n import _, current
from eventhub.registration.queries import Setup, printed_name
from eventhub.registration.queries.workspace import placed_of
from eventhub.registration.rules.delegation_order import in_delegation_order


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody on the sheet, in words."""

    who: Traveller
    name: str
    role: str
    arrival: str
    departure: str
    due: Due
    officers: Sequence[Officer]

    @property
    def lounge(self) -> str:
        """Return whether the lounge is due, asked for, or asked for and not due."""
        is_due, is_asked = self.due.courtesy.lounge, self.who.travel.lounge
        if is_due:
            return _("Lounge")
        return _("Lounge asked for, not due") if is_asked else ""

    @property
    def dues(self) -> str:
        """Return all that is due, as words between points."""
        return " · ".join(gifts(self.due.courtesy))


@dataclass(frozen=True, slots=True)
class Ride:
    """A vehicle with who of the sheet rides in it; None is those who have none yet."""

    vehicle: Vehicle | None
    lines: list[SheetLine]

    @property
    def title(self) -> str:
        """Return the name and plate of the vehicle."""
        if self.vehicle is None:
            return _("No vehicle yet")
        return " · ".join(part for part in (self.vehicle.name, self.vehicle.plate) if part)

    @property
    def driver(self) -> str:
        """Return the driver's name and number."""
        if self.vehicle is None:
            return ""
        return " ".join(one for one in (self.vehicle.driver, self.vehicle.driver_phone) if one)

    @property
    def is_too_full(self) -> bool:
        """Tell whether more ride in it than it has seats."""
        seats = self.vehicle.seats if self.vehicle else None
        return seats is not None and len(self.lines) > seats


@dataclass(frozen=True, slots=True)
class DelegationSheet:
    """All of a sheet: rides by the vehicle's name, those without one last, and who meets them."""

    rides: list[Ride]
    officers: list[Officer]

    @property
    def lines(self) -> list[SheetLine]:
        """Return all people in the order of the sheet."""
        return [line for ride in self.rides for line in ride.lines]

    @property
    def silent(self) -> int:
        """Return how many have not said when they arrive."""
        return sum(line.who.travel.arrival.wall is None for line in self.lines)


def sheet_of(setup: Setup, scope: Scope, sent: Sent | None) -> DelegationSheet:
    """Return the sheet of a delegation, or of all who belong to none, as far as the scope reaches.

    Inside a vehicle people stand in the delegation's order (R2.9). Four statements.
    """
    event = setup.event
    delegation_id = sent.delegation.id if sent else None
    travellers = {one.row.id: one for one in travellers_in(event.id, scope, delegation_id)}
    officers = officers_of(event.id, delegation_id=delegation_id) if sent else {}
    dues = dues_of(event.id)
    ranks = {one.id: one.level for one in dues.levels}
    placed = in_delegation_order(placed_of(setup, [one.row for one in travellers.values()], ranks))
    rides: dict[int, Ride] = {}
    for place in placed:
        one = travellers[place.id]
        vehicle = one.vehicle
        ride = rides.setdefault(vehicle.id if vehicle else 0, Ride(vehicle, []))
        ride.lines.append(
            SheetLine(
                who=one,
                name=printed_name(one.row, current()) or one.row.ref,
                role=setup.categories[one.row.category_id].name(),
                arrival=whole(one.travel.arrival, event.zone),
                departure=whole(one.travel.departure, event.zone),
                due=dues.of(one.row),
                officers=meeting(one, officers),
            )
        )
    ordered = sorted(rides.values(), key=lambda ride: (ride.vehicle is None, ride.title))
    return DelegationSheet(ordered, officers.get(delegation_id or 0, []))
