"""A forum with arrivals: Zambia with its head and two delegates, Kenya with one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from eventhub.arrivals.models import LiaisonOfficer, Vehicle
from eventhub.arrivals.queries.travel import Traveller, traveller
from eventhub.arrivals.rules import Leg
from eventhub.arrivals.services import liaison, vehicles
from eventhub.arrivals.services.travel import SaidLeg, TravelChange, enter_travel
from eventhub.arrivals.services.vehicles import VehicleValues
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.entities.models import RankLevel
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.people.models import Account
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_category
from tests.registration.factories import accredited
from tests.registration.world import World, world

__all__ = ["world"]


@dataclass
class Party:
    """Who comes: the event starts on 1 April 2026 in Shanghai time."""

    event: Event
    zambia: Delegation
    kenya: Delegation
    head: Registration
    delegates: list[Registration]
    kenyan: Registration

    def url(self, rest: str) -> str:
        """Return an address of the event's pages."""
        return f"/manage/{self.event.slug}/{rest}"


@pytest.fixture
def minister(app: Flask) -> RankLevel:
    """Return the level of ministers."""
    level: RankLevel = keep(
        RankLevel(level=30, code="MIN", names=Translated(en="Minister"), speaker_tier=2)
    )
    return level


@pytest.fixture
def party(world: World, minister: RankLevel) -> Party:
    """Return the forum with its people, all accredited."""
    event = world.event
    with transaction():
        event.switches = ["delegations", "arrivals"]
    head = make_category(event, "HOD", mark="HD", names=Translated(en="Head of delegation"))
    zambia = {"entity_id": world.zambia.id}
    (first,) = accredited(event, head, rank_level_id=minister.id, family_name="Banda", **zambia)
    delegates = accredited(event, world.delegate, 2, **zambia)
    (kenyan,) = accredited(event, world.delegate, entity_id=world.kenya.id, family_name="Otieno")
    return Party(
        event,
        db.session.get_one(Delegation, first.delegation_id),
        db.session.get_one(Delegation, kenyan.delegation_id),
        first,
        delegates,
        kenyan,
    )


def leg(wall: str, zone: str = "Asia/Shanghai", **more: Any) -> SaidLeg:
    """Return a way at this time; `fold` where somebody said which of two."""
    fold = more.pop("fold", None)
    return SaidLeg(Leg(datetime.fromisoformat(wall), zone, **more), fold)


def enter(party: Party, *rows: Registration, actor: Any = SYSTEM, **said: Any) -> int:
    """Enter the same for these people; return of how many something changed."""
    ids = [row.id for row in rows]
    with transaction():
        return enter_travel(party.event, ids, TravelChange(**said), actor=actor)


def journey(row: Registration) -> Traveller:
    """Return what is kept of somebody's journey now."""
    db.session.rollback()
    return traveller(row)


def make_vehicle(party: Party, name: str = "Car 1", **given: Any) -> Vehicle:
    """Return a vehicle of the event."""
    with transaction():
        return vehicles.add_vehicle(party.event, VehicleValues(name, **given), actor=SYSTEM)


def make_officer(
    party: Party, *delegations: Delegation, email: str = "lin@example.org"
) -> tuple[Account, list[LiaisonOfficer]]:
    """Return an account that meets these delegations, and its rows."""
    with transaction():
        rows = liaison.name_officer(
            party.event,
            delegations,
            email=email,
            name="Lin Mei",
            phone="+86 592 000",
            language="en",
            actor=SYSTEM,
        )
    return db.session.get_one(Account, rows[0].account_id), rows


def browser_with(app: Flask, party: Party, role: str, *delegations: Delegation) -> Browser:
    """Return the browser of somebody with a role, for these delegations only where any."""
    account = make_account(name=f"The {role}")
    scope = {"delegations": [one.id for one in delegations]} if delegations else {}
    give(account, role, party.event, scope=scope)
    return Browser(app).sign_in(account)
