"""Journeys: entered in bulk and alone, at the airport's clocks, sealed, logged, purged (R2.19)."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from eventhub.access.models import Grant
from eventhub.arrivals.jobs import purge
from eventhub.arrivals.models import (
    CourtesyException,
    LiaisonOfficer,
    TravelEntry,
    TravelNews,
    Vehicle,
)
from eventhub.arrivals.queries.travel import KEY, movements, travellers_of, unsealed
from eventhub.arrivals.rules import NOTHING, Courtesy, Leg, Travel, travel_of
from eventhub.arrivals.services import courtesies
from eventhub.arrivals.services.paper import keep_paper
from eventhub.arrivals.services.travel import TravelChange, enter_travel
from eventhub.audit.models import AuditEntry
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM, Actor, Scope
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.files.models import StoredFile
from eventhub.jobs.runner import Work
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.registration import services as registrations
from eventhub.registration.queries import registrant
from tests.arrivals.conftest import Party, enter, journey, leg, make_officer, make_vehicle
from tests.registration.factories import do


def focal_point(*delegation_ids: int) -> Actor:
    scope = Scope(delegations=frozenset(delegation_ids))
    return Actor("account", 9, "Focal point", {"arrival.edit": scope, "arrival.view": scope})


def test_r2_19_a_journey_has_time_with_zone_flight_airport_lounge_and_hotel(party: Party) -> None:
    said = leg("2026-03-31T14:20", airport="XMN", flight="CA 921")
    away = leg("2026-04-03T09:00", "Asia/Hong_Kong", airport="HKG", flight="CX 1")
    changed = enter(party, party.head, arrival=said, departure=away, lounge=True, hotel="Lakeside")
    assert changed == 1
    travel = journey(party.head).travel
    assert travel == Travel(said.leg, away.leg, lounge=True, hotel="Lakeside")
    assert travel.arrival.at == datetime.fromisoformat("2026-03-31T06:20+00:00")
    assert travel_of(travel.values()) == travel


def test_r2_19_many_at_once_and_what_is_empty_stays(party: Party) -> None:
    first, second = party.delegates
    enter(party, first, hotel="Lakeside", departure=leg("2026-04-03T09:00"))
    assert enter(party, first, second, arrival=leg("2026-03-31T14:20", flight="CA 921")) == 2
    assert journey(first).travel.hotel == "Lakeside"
    assert journey(first).travel.departure.is_there
    assert journey(second).travel == Travel(leg("2026-03-31T14:20", flight="CA 921").leg)
    assert enter(party, first, second, arrival=leg("2026-03-31T14:20", flight="CA 921")) == 0


def test_r2_19_one_fault_keeps_all_from_being_written(party: Party) -> None:
    first, second = party.delegates
    enter(party, second, departure=leg("2026-03-30T09:00"))
    with pytest.raises(Invalid, match="leave before arriving") as caught:
        enter(party, first, second, arrival=leg("2026-03-31T14:20"))
    assert caught.value.field == "departs"
    assert journey(first).travel == NOTHING


def test_r2_19_a_time_in_a_gap_is_told_beside_its_field(party: Party) -> None:
    with pytest.raises(Invalid, match="Europe/Paris go from 2026-03-29 01:59") as caught:
        enter(party, party.head, arrival=leg("2026-03-29T02:30", "Europe/Paris"))
    assert caught.value.field == "arrives"


def test_r2_19_a_time_shown_twice_asks_which_one(party: Party) -> None:
    with transaction():
        party.event.starts_at += timedelta(days=205)
        party.event.ends_at += timedelta(days=205)
    with pytest.raises(Invalid, match="show this time twice") as caught:
        enter(party, party.head, arrival=leg("2026-10-25T02:30", "Europe/Paris"))
    assert caught.value.field == "arrives_fold"
    enter(party, party.head, arrival=leg("2026-10-25T02:30", "Europe/Paris", fold=1))
    assert journey(party.head).travel.arrival.at == datetime.fromisoformat("2026-10-25T01:30Z")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (leg("2025-03-31T14:20"), "arrives"),
        (leg("2026-03-31T14:20", "Mars/Base"), "arrives_zone"),
    ],
)
def test_r2_19_impossible_times_are_told_beside_their_field(
    party: Party, said: object, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        enter(party, party.head, arrival=said)
    assert caught.value.field == field


def test_r2_19_a_flight_without_a_time_asks_for_it(party: Party) -> None:
    said = leg("2026-03-31T14:20")
    bare = type(said)(Leg(flight="CA 921", zone="Asia/Shanghai"))
    with pytest.raises(Invalid, match="Write day and time"):
        enter(party, party.head, arrival=bare)


def test_r2_19_a_focal_point_enters_its_own_delegation_only(party: Party) -> None:
    actor = focal_point(party.zambia.id)
    assert enter(party, party.head, actor=actor, hotel="Lakeside") == 1
    for rows in ([party.kenyan], [party.head, party.kenyan]):
        with pytest.raises(NotFound):
            enter(party, *rows, actor=actor, hotel="Elsewhere")
    with pytest.raises(NotFound):
        enter(party, party.head, actor=Actor("account", 3, "Stranger"), hotel="Elsewhere")
    assert journey(party.head).travel.hotel == "Lakeside"


def test_r2_19_a_person_enters_the_own_journey_only(party: Party) -> None:
    assert enter(party, party.head, actor=registrant(party.head), hotel="Lakeside") == 1
    with pytest.raises(NotFound):
        enter(party, party.kenyan, actor=registrant(party.head), hotel="Elsewhere")


def test_r2_19_vehicle_and_officer_are_the_hosts_to_give(party: Party) -> None:
    car = make_vehicle(party)
    _account, (officer,) = make_officer(party, party.zambia)
    for said in ({"vehicle": car.ref}, {"officer": officer.ref}):
        with pytest.raises(NotFound):
            enter(party, party.head, actor=registrant(party.head), **said)
    enter(party, party.head, vehicle=car.ref, officer=officer.ref)
    kept = journey(party.head)
    assert (kept.vehicle, kept.officer_id) == (car, officer.id)
    with pytest.raises(Invalid, match="officer of this delegation"):
        enter(party, party.kenyan, officer=officer.ref)
    with pytest.raises(Invalid):
        enter(party, party.kenyan, vehicle="unknown")
    enter(party, party.head, vehicle="", officer="")
    assert (journey(party.head).vehicle, journey(party.head).officer_id) == (None, None)


def test_r2_19_two_editors_of_one_journey(party: Party) -> None:
    from_start = journey(party.head).version
    enter(party, party.head, hotel="Lakeside")
    change = TravelChange(hotel="Elsewhere")
    with pytest.raises(Conflict), transaction():
        enter_travel(party.event, [party.head.id], change, actor=SYSTEM, version=from_start)
    assert journey(party.head).travel.hotel == "Lakeside"


def test_r2_19_values_are_sealed_and_never_in_the_log(party: Party) -> None:
    enter(party, party.head, hotel="Lakeside Grand", arrival=leg("2026-03-31T14:20", flight="CA9"))
    db.session.rollback()
    stored = str(db.session.execute(text("SELECT * FROM travel_entry")).mappings().all())
    assert "Lakeside" not in stored
    assert "CA9" not in stored
    query = select(AuditEntry).where(AuditEntry.action == "arrival.enter")
    (entry,) = db.session.scalars(query)
    assert entry.fields == ["arrival", "hotel"]
    assert entry.sealed is None
    moved = db.session.scalars(select(TravelEntry)).one()
    moved.registration_id = party.kenyan.id
    with pytest.raises(ValueError, match="not enciphered"):
        unsealed(moved)
    db.session.rollback()


def test_r2_19_who_does_not_come_stands_in_no_list(party: Party) -> None:
    enter(party, party.head, *party.delegates, arrival=leg("2026-03-31T14:20"))
    do(registrations.withdraw, party.event, party.delegates[:1], actor=SYSTEM, tell=False)
    found = movements(travellers_of(party.event.id, EVERYTHING))
    assert [one.who.row.id for one in found] == [party.head.id, party.delegates[1].id]
    with pytest.raises(Conflict, match="does not come"):
        enter(party, party.delegates[0], hotel="Lakeside")


def test_r2_19_seven_days_after_the_event_all_is_purged(app: Flask, party: Party) -> None:
    event, car = party.event, make_vehicle(party)
    account, _rows = make_officer(party, party.zambia)
    enter(party, party.head, hotel="Lakeside", vehicle=car.ref)
    with transaction():
        courtesies.make_exception(
            event, party.head, Courtesy(lounge=True), "Unwell", version=0, actor=SYSTEM
        )
        keep_paper(event.id, b"%PDF", "sheet.pdf")
    week = event.ends_at + timedelta(days=7)
    with clock.at(week - timedelta(seconds=1)):
        assert purge(Work(0, "test", None)) == {"events": 0}
    assert journey(party.head).travel.hotel == "Lakeside"
    with clock.at(week):
        assert purge(Work(0, "test", None)) == {"events": 1}
        assert purge(Work(0, "test", None)) == {"events": 0}, "safe to run twice"
        db.session.rollback()
        for model in (TravelEntry, TravelNews, CourtesyException, Vehicle, StoredFile):
            assert db.session.query(model).count() == 0, model
        with pytest.raises(KeyDestroyed):
            ring().event_key(event.id, KEY)
        with pytest.raises(Conflict, match="long over"):
            enter(party, party.head, hotel="Again")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "arrival.purge")).one()
    assert entry.fields == ["arrivals"]
    assert db.session.query(LiaisonOfficer).count() == 1
    assert db.session.query(Grant).filter_by(account_id=account.id).count() == 1
