"""Who comes when: journeys in clear, vehicles, liaison officers."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from eventhub.arrivals.models import LiaisonOfficer, TravelEntry, Vehicle
from eventhub.arrivals.rules import NOTHING, ArrivalSettings, Leg, Travel, is_kept, travel_of
from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.rows import one_of_event
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import setting
from eventhub.events.rules import local
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.people.models import Account
from eventhub.registration.models import Registration
from eventhub.registration.queries import within
from eventhub.registration.rules import ENDED, State

FEATURE = "arrivals"
KEY = "arrivals"
"""The class of data under whose key journeys are enciphered, and files with them."""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who comes, with what is known of the journey."""

    row: Registration
    travel: Travel
    vehicle: Vehicle | None
    officer_id: int | None
    version: int
    """Of what is known; 0 where nothing is."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A liaison officer with the account."""

    row: LiaisonOfficer
    account: Account

    @property
    def label(self) -> str:
        """Return the name, and the telephone number where one is known."""
        return " ".join(part for part in (self.account.label, self.row.phone) if part)


@dataclass(frozen=True, slots=True)
class Movement:
    """One arrival or departure."""

    who: Traveller
    leg: Leg
    at: datetime
    is_arrival: bool

    @property
    def day(self) -> date:
        """Return the day on the clocks of the airport."""
        return (self.leg.wall or self.at).date()


def travellers_of(event_id: int, scope: Scope) -> list[Traveller]:
    """Return all who come in person and lie within the scope, by id; one statement."""
    return _read(_coming(event_id, within([scope])))


def travellers_in(event_id: int, scope: Scope, delegation_id: int | None) -> list[Traveller]:
    """Return the same of one delegation; None is all who belong to none."""
    return _read(
        _coming(event_id, within([scope]), Registration.delegation_id == delegation_id)
        if delegation_id is not None
        else _coming(event_id, within([scope]), Registration.delegation_id.is_(None))
    )


def travellers_by_ref(event_id: int, scope: Scope, refs: Collection[str]) -> list[Traveller]:
    """Return these people; NotFound where one is not among those who come within the scope."""
    found = _read(_coming(event_id, within([scope]), Registration.ref.in_(refs)))
    if len(found) != len(set(refs)) or not found:
        raise NotFound
    return found


def traveller(registration: Registration) -> Traveller:
    """Return what is known of one person's journey; one statement."""
    return own_journey(registration)[0]


def own_journey(registration: Registration) -> tuple[Traveller, ArrivalSettings]:
    """Return what is known of one person's journey, and for how long it is kept; one statement."""
    decided = (EventSetting.event_id == Event.id) & (EventSetting.feature == FEATURE)
    query = (
        select(TravelEntry, Vehicle, EventSetting.values)
        .select_from(Event)
        .outerjoin(TravelEntry, TravelEntry.registration_id == registration.id)
        .outerjoin(Vehicle, Vehicle.id == TravelEntry.vehicle_id)
        .outerjoin(EventSetting, decided)
        .where(Event.id == registration.event_id)
    )
    entry, vehicle, values = db.session.execute(query).one()
    return _traveller(registration, entry, vehicle), ArrivalSettings(**(values or {}))


def movements(travellers: Iterable[Traveller]) -> list[Movement]:
    """Return all arrivals and departures whose time is known, in the order of time."""
    found = [
        Movement(one, leg, leg.at, is_arrival)
        for one in travellers
        for leg, is_arrival in ((one.travel.arrival, True), (one.travel.departure, False))
        if leg.at is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.who.row.id))


def soon(event: Event) -> frozenset[date]:
    """Return today and tomorrow on the clocks of the event."""
    today = local(clock.now(), event.zone).date()
    return frozenset({today, today + timedelta(days=1)})


def settings_of(event_id: int) -> ArrivalSettings:
    """Return what the event decided about arrivals."""
    return setting(event_id, FEATURE, ArrivalSettings)


def are_kept(event: Event) -> bool:
    """Tell whether journeys of the event can still be entered and are kept."""
    return is_kept(event.ends_at, settings_of(event.id).keep_days, clock.now())


def vehicles_of(event_id: int) -> list[Vehicle]:
    """Return the vehicles of an event by name."""
    query = select(Vehicle).where(Vehicle.event_id == event_id)
    return list(db.session.scalars(query.order_by(Vehicle.name, Vehicle.id)))


def get_vehicle(event_id: int, ref: str) -> Vehicle:
    """Return a vehicle of the event by its ref; else NotFound."""
    return one_of_event(Vehicle, event_id, Vehicle.ref == ref)


def riders_of(event_id: int) -> dict[int, list[Registration]]:
    """Return who rides in each vehicle, by its id; who does not come any more is left out."""
    query = (
        select(TravelEntry.vehicle_id, Registration)
        .join(Registration, Registration.id == TravelEntry.registration_id)
        .where(
            TravelEntry.event_id == event_id,
            TravelEntry.vehicle_id.is_not(None),
            Registration.state.not_in(ENDED),
        )
        .order_by(Registration.family_name, Registration.id)
    )
    found: dict[int, list[Registration]] = {}
    for vehicle_id, row in db.session.execute(query):
        found.setdefault(vehicle_id or 0, []).append(row)
    return found


def officers_of(event_id: int, *, delegation_id: int | None = None) -> dict[int, list[Officer]]:
    """Return the liaison officers by delegation id, or those of one; one statement."""
    query = (
        select(LiaisonOfficer, Account)
        .join(Account, Account.id == LiaisonOfficer.account_id)
        .where(LiaisonOfficer.event_id == event_id)
        .order_by(LiaisonOfficer.id)
    )
    if delegation_id is not None:
        query = query.where(LiaisonOfficer.delegation_id == delegation_id)
    found: dict[int, list[Officer]] = {}
    for row, account in db.session.execute(query):
        found.setdefault(row.delegation_id, []).append(Officer(row, account))
    return found


def get_officer(event_id: int, ref: str) -> LiaisonOfficer:
    """Return a liaison officer of the event by the ref; else NotFound."""
    return one_of_event(LiaisonOfficer, event_id, LiaisonOfficer.ref == ref)


def meeting(one: Traveller, officers: dict[int, list[Officer]]) -> list[Officer]:
    """Return who meets a person: the officer named for them, else all of the delegation."""
    those = officers.get(one.row.delegation_id or 0, [])
    named = [officer for officer in those if officer.row.id == one.officer_id]
    return named or those


def seal_context(registration_id: int) -> bytes:
    """Return what binds an enciphered journey to its person."""
    return f"travel:{registration_id}".encode()


def unsealed(entry: TravelEntry) -> Travel:
    """Return a journey in clear; nothing where its key was destroyed."""
    try:
        key = ring().event_key(entry.event_id, KEY)
    except KeyDestroyed:
        return NOTHING
    text = ring().decipher(key, entry.sealed, seal_context(entry.registration_id))
    return travel_of(json.loads(text))


def _coming(
    event_id: int, *conditions: ColumnElement[bool]
) -> Select[Registration, TravelEntry, Vehicle]:
    """Return the query of people who come in person, with journey and vehicle, by id.

    Drafts that people began themselves are theirs alone and left out.
    """
    return (
        select(Registration, TravelEntry, Vehicle)
        .outerjoin(TravelEntry, TravelEntry.registration_id == Registration.id)
        .outerjoin(Vehicle, Vehicle.id == TravelEntry.vehicle_id)
        .where(
            Registration.event_id == event_id,
            Registration.state.not_in(ENDED),
            or_(Registration.state != State.DRAFT, Registration.source != "self"),
            Registration.mode != "remote",
            *conditions,
        )
        .order_by(Registration.id)
    )


def _read(query: Select[Registration, TravelEntry, Vehicle]) -> list[Traveller]:
    return [_traveller(*found) for found in db.session.execute(query)]


def _traveller(row: Registration, entry: TravelEntry | None, vehicle: Vehicle | None) -> Traveller:
    if entry is None:
        return Traveller(row, NOTHING, None, None, 0)
    return Traveller(row, unsealed(entry), vehicle, entry.officer_id, entry.version)
