"""Vehicles of the host: added, changed, taken away."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from eventhub.arrivals.models import TravelEntry, Vehicle
from eventhub.arrivals.queries.travel import are_kept, riders_of
from eventhub.arrivals.services.travel import note_news
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import _, ngettext

MOST_SEATS = 200


@dataclass(frozen=True, slots=True)
class VehicleValues:
    """What is said of a vehicle; `seats` None where nobody counted them."""

    name: str
    seats: int | None = None
    plate: str = ""
    driver: str = ""
    driver_phone: str = ""


def add_vehicle(event: Event, values: VehicleValues, *, actor: Actor) -> Vehicle:
    """Add a vehicle; Invalid where another one of the event has the name."""
    if not are_kept(event):
        raise Conflict(_("The event is long over. Arrivals are no longer kept."))
    _check(event.id, values, None)
    vehicle = Vehicle(event_id=event.id, **asdict(values))
    db.session.add(vehicle)
    db.session.flush()
    _log(event, vehicle, "vehicle.add", actor, tuple(asdict(values)))
    return vehicle


def change_vehicle(
    event: Event, vehicle: Vehicle, values: VehicleValues, *, version: int, actor: Actor
) -> None:
    """Change a vehicle, and let the officers of those who ride in it know."""
    if vehicle.version != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    _check(event.id, values, vehicle.id)
    changed = [name for name, new in asdict(values).items() if getattr(vehicle, name) != new]
    if not changed:
        return
    for name in changed:
        setattr(vehicle, name, getattr(values, name))
    vehicle.version += 1
    db.session.flush()
    _log(event, vehicle, "vehicle.change", actor, tuple(changed))
    note_news(event.id, riders_of(event.id).get(vehicle.id, []), but=actor)


def remove_vehicle(event: Event, vehicle: Vehicle, *, actor: Actor) -> None:
    """Take away a vehicle in which nobody rides; Conflict where somebody does."""
    riders = len(riders_of(event.id).get(vehicle.id, []))
    if riders:
        raise Conflict(
            ngettext(
                "%(n)s person rides in this vehicle. Choose another one first.",
                "%(n)s people ride in this vehicle. Choose another one first.",
                riders,
            )
        )
    query = select(TravelEntry).where(
        TravelEntry.event_id == event.id, TravelEntry.vehicle_id == vehicle.id
    )
    for entry in db.session.scalars(query):
        entry.vehicle_id = None
    _log(event, vehicle, "vehicle.remove", actor, ())
    db.session.delete(vehicle)
    db.session.flush()


def _check(event_id: int, values: VehicleValues, own_id: int | None) -> None:
    if values.seats is not None and not 1 <= values.seats <= MOST_SEATS:
        raise Invalid(_("Write a number from 1 to %(most)s.", most=MOST_SEATS), "seats")
    same = select(Vehicle.id).where(
        Vehicle.event_id == event_id, Vehicle.name == values.name, Vehicle.id != (own_id or 0)
    )
    if db.session.scalar(same) is not None:
        raise Invalid(_("Another vehicle has this name. Choose a different one."), "name")


def _log(event: Event, vehicle: Vehicle, act: str, actor: Actor, fields: tuple[str, ...]) -> None:
    record(actor, act, [Subject("vehicle", vehicle.ref, hidden=fields)], event_id=event.id)
