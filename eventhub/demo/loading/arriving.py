"""Who came to the forum by which flight: vehicles, liaison officer, courtesies, journeys."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta

from eventhub.access.services import give_role
from eventhub.arrivals.permissions import SWITCH
from eventhub.arrivals.queries.heads import heads_of
from eventhub.arrivals.queries.travel import FEATURE, Traveller, travellers_in
from eventhub.arrivals.rules import Courtesy, Leg
from eventhub.arrivals.services.courtesies import make_exception, set_courtesy
from eventhub.arrivals.services.liaison import ROLE, appoint
from eventhub.arrivals.services.travel import SaidLeg, TravelChange, enter_travel
from eventhub.arrivals.services.vehicles import VehicleValues, add_vehicle
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM, Actor
from eventhub.delegations.queries import Sent, delegations_of
from eventhub.demo.loading.crew import OF_FOCAL_POINT, Crew, acting
from eventhub.entities.queries import rank_levels
from eventhub.events.models import Event
from eventhub.events.services import change_setting

KEPT_DAYS = 36_500
"""Invented journeys of an event long past, which the clock would erase at once."""
OFFICER_MEETS = (OF_FOCAL_POINT, "BWA", "MOZ")
DELEGATIONS = 14
"""So many have said when they come; the others are still to be asked."""
ENTERED_BEFORE = timedelta(days=6)
CARS = (
    VehicleValues("Car 1", 3, "D-1001", "Chen Wei", "+86 592 555 0101"),
    VehicleValues("Car 2", 3, "D-1002", "Lin Hua", "+86 592 555 0102"),
    VehicleValues("Car 3", 3, "D-1003", "Wu Jun", "+86 592 555 0103"),
    VehicleValues("Minibus A", 12, "D-2001", "Zhang Min", "+86 592 555 0104"),
    VehicleValues("Minibus B", 12, "D-2002", "Huang Li", "+86 592 555 0105"),
)
GIVEN: Mapping[str, Courtesy] = {
    "DPM": Courtesy(lounge=True, car="own", escort=True, room="suite"),
    "MIN": Courtesy(lounge=True, car="own", escort=True, room="suite"),
    "VMIN": Courtesy(lounge=True, car="own", room="superior"),
    "AMB": Courtesy(lounge=True, car="shared", room="superior"),
    "CDA": Courtesy(car="shared", room="standard"),
    "DG": Courtesy(car="shared", room="standard"),
}
HOTELS = ("Lakeside Hotel", "Harbour Hotel")
FLIGHTS = (("XMN Xiamen", "9X 101", time(11, 35)), ("XMN Xiamen", "9X 215", time(16, 50)),
           ("HKG Hong Kong", "9X 340", time(9, 10)))  # fmt: skip


def let_arrive(event: Event, crew: Crew) -> None:
    """Let some delegations have said when they come, and the host what they are given."""
    if SWITCH not in event.switches:
        return
    actor = acting(crew["organiser"], event)
    with clock.at(event.starts_at - ENTERED_BEFORE):
        change_setting(event, FEATURE, {"keep_days": KEPT_DAYS}, actor=actor)
        for level in rank_levels():
            if level.code in GIVEN:
                set_courtesy(event, level, GIVEN[level.code], version=0, actor=actor)
        refs = [add_vehicle(event, one, actor=actor).ref for one in CARS]
        delegations = delegations_of(event.id, EVERYTHING, "en")
        _appoint_officer(event, crew, delegations)
        for place, sent in enumerate(_first(delegations)):
            _enter(event, sent, place, refs, actor)
        head = heads_of(event.id).lines[-1].row
        courtesy, note = Courtesy(lounge=True, car="own"), "Injured knee: car to the aircraft."
        make_exception(event, head, courtesy, note, version=0, actor=actor)


def _first(delegations: list[Sent]) -> list[Sent]:
    """Return those that have said it: the officer's, and others in the order of the list."""
    named = [one for one in delegations if one.entity.code in OFFICER_MEETS]
    hosts = ("host", "co_host")
    others = [one for one in delegations if one not in named and one.delegation.role not in hosts]
    return [*named, *others][:DELEGATIONS]


def _appoint_officer(event: Event, crew: Crew, delegations: list[Sent]) -> None:
    account = crew["liaison"]
    met = [one.delegation.id for one in delegations if one.entity.code in OFFICER_MEETS]
    scope = {"delegations": met}
    grant = give_role(account.id, ROLE, event_id=event.id, scope=scope, lasting=True, actor=SYSTEM)
    appoint(event, account, met, grant, phone="+86 592 555 0100", actor=SYSTEM)


def _enter(event: Event, sent: Sent, place: int, refs: list[str], actor: Actor) -> None:
    """Let a delegation come by one flight: whoever leads by car, the others by bus."""
    people = travellers_in(event.id, EVERYTHING, sent.delegation.id)
    airport, flight, at = FLIGHTS[place % len(FLIGHTS)]
    first = event.starts_on - timedelta(days=1 + place % 2)
    away = event.ends_on + timedelta(days=1)
    journey = TravelChange(
        arrival=_leg(datetime.combine(first, at), airport, flight),
        departure=_leg(datetime.combine(away, time(13, 20)), "XMN Xiamen", f"{flight}0"),
        hotel=HOTELS[place % len(HOTELS)],
    )
    for some, vehicle in _parts(people, place, refs):
        ids = [one.row.id for one in some]
        enter_travel(event, ids, journey, actor=actor)
        given = TravelChange(vehicle=vehicle, lounge=len(some) == 1)
        enter_travel(event, ids, given, actor=actor)


def _parts(
    people: list[Traveller], place: int, refs: list[str]
) -> Iterator[tuple[list[Traveller], str]]:
    cars, buses = refs[:3], refs[3:]
    if people:
        yield people[:1], cars[place % 3] if place < 3 else ""
    if people[1:]:
        yield people[1:], buses[place % 2] if place < 4 else ""


def _leg(wall: datetime, airport: str, flight: str) -> SaidLeg:
    zone = "Asia/Hong_Kong" if airport.startswith("HKG") else "Asia/Shanghai"
    return SaidLeg(Leg(wall, zone, airport=airport, flight=flight))
