"""Liaison officers: see their delegations alone, hear of changes by digest (R2.19)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.access.services import take_role
from eventhub.arrivals import messages
from eventhub.arrivals.models import LiaisonOfficer, TravelNews
from eventhub.arrivals.rules import may_tell
from eventhub.arrivals.services import liaison, vehicles
from eventhub.arrivals.services.vehicles import VehicleValues
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.mail.models import OutboxMail
from eventhub.registration import services as registrations
from tests.arrivals.conftest import (
    Party,
    browser_with,
    enter,
    journey,
    leg,
    make_officer,
    make_vehicle,
)
from tests.browser import Browser
from tests.registration.factories import do


def tell(at: datetime) -> int:
    with clock.at(at), transaction():
        return liaison.tell_officers()


def digests() -> list[OutboxMail]:
    db.session.rollback()
    query = select(OutboxMail).where(OutboxMail.message == "arrivals.changed")
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


def lines(mail: OutboxMail) -> Any:
    return mail.ids["lines"]


def test_r2_19_changes_reach_the_officers_of_the_delegation_in_one_digest(
    party: Party, noon: datetime
) -> None:
    account, _rows = make_officer(party, party.zambia, party.kenya)
    other, _more = make_officer(party, party.kenya, email="other@example.org")
    enter(party, party.head, *party.delegates, arrival=leg("2026-03-31T14:20", flight="CA 921"))
    enter(party, party.head, hotel="Lakeside")
    assert tell(noon) == 1, "nothing of Kenya changed"
    (mail,) = digests()
    assert (mail.to, lines(mail)) == (account.email, [[party.zambia.id, 3]])
    made = messages.changed(None, mail.ids)
    assert made is not None
    assert "The arrivals or departures of 3 people changed." in made.text
    assert f"/delegations/{party.zambia.ref}/arrivals" in made.text
    for value in ("Lakeside", "CA 921", "14:20", "BANDA", "Banda"):
        assert value not in made.text + made.html + made.subject
    assert tell(noon + timedelta(days=1)) == 0, "told already"
    assert other.email not in {one.to for one in digests()}


def test_r2_19_an_officer_gets_one_digest_an_hour_and_loses_no_change(
    party: Party, noon: datetime
) -> None:
    make_officer(party, party.zambia, party.kenya)
    enter(party, party.head, hotel="One")
    assert tell(noon) == 1
    enter(party, party.head, hotel="Two")
    enter(party, party.kenyan, hotel="Three")
    assert tell(noon + timedelta(minutes=59)) == 0
    assert tell(noon + timedelta(minutes=60)) == 1
    expected = sorted([[party.zambia.id, 1], [party.kenya.id, 1]])
    assert lines(digests()[-1]) == expected
    assert not may_tell(noon, noon + timedelta(minutes=59))
    assert may_tell(None, noon)


def test_r2_19_the_officer_named_for_a_person_alone_is_told(party: Party, noon: datetime) -> None:
    make_officer(party, party.zambia)
    account, (second,) = make_officer(party, party.zambia, email="second@example.org")
    enter(party, party.head, officer=second.ref)
    tell(noon)
    enter(party, party.head, hotel="Lakeside")
    assert tell(noon + timedelta(hours=2)) == 1
    assert digests()[-1].to == account.email


def test_r2_19_a_new_driver_and_somebody_who_stays_away_are_changes_too(
    party: Party, noon: datetime
) -> None:
    make_officer(party, party.zambia)
    car = make_vehicle(party, driver="Mr. Chen")
    enter(party, *party.delegates, vehicle=car.ref)
    tell(noon)
    with transaction():
        values = VehicleValues("Car 1", driver="Ms. Wu")
        vehicles.change_vehicle(party.event, car, values, version=1, actor=SYSTEM)
    assert tell(noon + timedelta(hours=2)) == 1
    assert lines(digests()[-1]) == [[party.zambia.id, 2]]
    do(registrations.withdraw, party.event, party.delegates[:1], actor=SYSTEM, tell=False)
    do(registrations.withdraw, party.event, [party.head], actor=SYSTEM, tell=False)
    assert tell(noon + timedelta(hours=4)) == 1
    assert lines(digests()[-1]) == [[party.zambia.id, 1]], "of the head no journey was known"


def test_r2_19_an_officer_sees_the_own_delegations_and_no_other(app: Flask, party: Party) -> None:
    arrival = leg("2026-03-31T14:20", flight="CA 921")
    enter(party, party.head, party.kenyan, arrival=arrival)
    account, _rows = make_officer(party, party.zambia)
    browser = Browser(app).sign_in(account)
    page = browser.get(party.url("arrivals?show=all"))
    assert "BANDA" in page.text
    assert "OTIENO" not in page.text
    assert browser.get(party.url(f"delegations/{party.zambia.ref}/arrivals")).status == 200
    assert browser.get(party.url(f"delegations/{party.zambia.ref}/arrivals.xlsx")).status == 200
    for rest in (
        f"delegations/{party.kenya.ref}/arrivals",
        f"delegations/{party.kenya.ref}/arrivals.xlsx",
        f"delegations/{party.zambia.ref}",
        f"arrivals/people?who={party.head.ref}",
        "arrivals/others",
        "arrivals/vehicles",
        "arrivals/officers",
        "arrivals/courtesies",
        "heads",
        "people",
    ):
        assert browser.get(party.url(rest)).status == 404, rest


def test_r2_19_today_and_tomorrow_on_the_clocks_of_the_event(app: Flask, party: Party) -> None:
    account, _rows = make_officer(party, party.zambia)
    first, second = party.delegates
    enter(party, first, arrival=leg("2026-03-31T23:50"))
    enter(party, second, arrival=leg("2026-04-02T00:10"))
    enter(party, party.head, arrival=leg("2026-04-01T09:00"), departure=leg("2026-04-03T09:00"))
    browser = Browser(app).sign_in(account)
    with clock.at(datetime.fromisoformat("2026-03-30T16:30+00:00")):  # 31 March in Shanghai
        page = browser.get(party.url("arrivals"))
    assert "BANDA" in page.text
    assert second.given_names in page.text
    shown = page.soup.select("td.first")
    assert len(shown) == 2, "31 March and 1 April, and not the day after"
    assert "Tue 31 March 2026" in page.text
    assert "Thu 2 April 2026" not in page.text
    assert "Thu 2 April 2026" in browser.get(party.url("arrivals?show=all")).text


def test_r2_19_the_secretariat_names_and_ends_officers_on_screen(app: Flask, party: Party) -> None:
    browser = browser_with(app, party, "secretariat")
    page = browser.get(party.url("arrivals/officers"))
    form = page.form(action="")
    page = browser.submit(form, name="Lin Mei", email="lin@", delegations=[])
    assert page.status == 422
    assert len(page.errors()) == 2
    assert page.soup.find("input", {"name": "name"})["value"] == "Lin Mei"
    page = browser.submit(
        page.form(action=""), name="Lin Mei", email="lin@example.org", phone="+86 592 000",
        delegations=[party.zambia.ref],
    )  # fmt: skip
    assert "Lin Mei" in page.text
    (officer,) = db.session.scalars(select(LiaisonOfficer))
    grant = db.session.scalars(select(Grant).where(Grant.role == "liaison_officer")).one()
    assert grant.scope == {"delegations": [party.zambia.id]}
    enter(party, party.head, officer=officer.ref, hotel="Lakeside")
    browser.get(party.url("arrivals/officers"))
    browser.submit(browser.page.form(action="/end"))
    db.session.rollback()
    assert not list(db.session.scalars(select(LiaisonOfficer)))
    assert not list(db.session.scalars(select(TravelNews)))
    assert not list(db.session.scalars(select(Grant).where(Grant.role == "liaison_officer")))
    assert journey(party.head).officer_id is None


def test_r2_19_one_of_two_delegations_ends_and_the_other_stays(party: Party) -> None:
    _account, (zambia, _kenya) = make_officer(party, party.zambia, party.kenya)
    with transaction():
        liaison.end_officer(zambia, actor=SYSTEM)
    grant = db.session.scalars(select(Grant).where(Grant.role == "liaison_officer")).one()
    assert grant.scope == {"delegations": [party.kenya.id]}
    with transaction():
        take_role(grant, actor=SYSTEM)
    assert not list(db.session.scalars(select(LiaisonOfficer))), "the role was taken elsewhere"


def test_r2_19_a_vehicle_with_riders_stays(party: Party) -> None:
    car = make_vehicle(party, seats=1)
    enter(party, party.head, vehicle=car.ref)
    with pytest.raises(Conflict, match="1 person rides"), transaction():
        vehicles.remove_vehicle(party.event, car, actor=SYSTEM)
    for values, field in ((VehicleValues("Car 1"), "name"), (VehicleValues("B", 0), "seats")):
        with pytest.raises(Invalid) as caught, transaction():
            vehicles.add_vehicle(party.event, values, actor=SYSTEM)
        assert caught.value.field == field
    with pytest.raises(Conflict), transaction():
        vehicles.change_vehicle(party.event, car, VehicleValues("C"), version=7, actor=SYSTEM)
    do(registrations.withdraw, party.event, [party.head], actor=SYSTEM, tell=False)
    with transaction():
        vehicles.remove_vehicle(party.event, car, actor=SYSTEM)
    assert journey(party.head).vehicle is None
