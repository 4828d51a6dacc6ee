"""The pages of arrivals: bulk entry, the private page, the sheet by vehicle, who may (R2.19)."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from eventhub.arrivals import personal
from eventhub.arrivals.services.paper import keep_paper, sheet_paper
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import Category
from eventhub.events.rules import SWITCHES
from eventhub.files.models import StoredFile
from eventhub.people.models import Account
from eventhub.registration.personal import whose_of
from eventhub.registration.queries import token_of
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
from tests.factories import make_event
from tests.paper import Tool, fonts, fonts_dir, tool
from tests.registration.factories import accredited

__all__ = ["fonts", "fonts_dir", "tool"]

ROLES = ("event_owner", "secretariat", "protocol")


def sheet(party: Party) -> str:
    return party.url(f"delegations/{party.zambia.ref}/arrivals")


def test_r2_19_the_focal_point_enters_several_at_once(app: Flask, party: Party) -> None:
    browser = browser_with(app, party, "focal_point", party.zambia)
    workspace = browser.get(party.url(f"delegations/{party.zambia.ref}"))
    assert workspace.soup.find("a", href=sheet(party)), "the workspace leads to the arrivals"
    page = browser.get(sheet(party))
    boxes = [box["value"] for box in page.soup.find_all("input", {"name": "who"})]
    assert set(boxes) == {party.head.ref, *(row.ref for row in party.delegates)}
    refs = [row.ref for row in party.delegates]
    page = browser.get(party.url(f"arrivals/people?who={refs[0]}&who={refs[1]}"))
    assert "vehicle" not in page.soup.form.decode(), "the host gives the vehicles"
    page = browser.submit(arrives="2026-03-31T14:20", arrives_flight="CA 921", lounge="=")
    assert "Saved for 2 people." in page.text
    assert page.response.request.path == sheet(party)
    assert [journey(row).travel.arrival.flight for row in party.delegates] == ["CA 921"] * 2
    assert "CA 921" not in page.response.request.url


def test_r2_19_bad_times_are_told_and_what_was_typed_is_kept(app: Flask, party: Party) -> None:
    browser = browser_with(app, party, "focal_point", party.zambia)
    browser.get(party.url(f"arrivals/people?who={party.head.ref}"))
    page = browser.submit(
        arrives="2026-03-29T02:30", arrives_zone="Europe/Paris", arrives_flight="AF 1"
    )
    assert page.status == 422
    assert "straight to" in page.errors()[0]
    assert page.soup.find("input", {"name": "arrives_flight"})["value"] == "AF 1"
    assert page.soup.find("input", {"name": "arrives"})["value"] == "2026-03-29T02:30"
    page = browser.submit(arrives="the day after")
    assert page.status == 422
    assert journey(party.head).version == 0


def test_r2_19_the_page_asks_which_of_two_times(app: Flask, party: Party) -> None:
    browser = browser_with(app, party, "focal_point", party.zambia)
    browser.get(party.url(f"arrivals/people?who={party.head.ref}"))
    page = browser.submit(arrives="2026-04-05T02:30", arrives_zone="Australia/Sydney")
    assert page.status == 422
    assert page.soup.find("select", {"name": "arrives_fold"})
    browser.submit(arrives_fold="1")
    assert journey(party.head).travel.arrival.at == datetime.fromisoformat("2026-04-04T16:30Z")


def test_r2_19_two_editors_the_second_is_told(app: Flask, party: Party) -> None:
    browser = browser_with(app, party, "focal_point", party.zambia)
    page = browser.get(party.url(f"arrivals/people?who={party.head.ref}"))
    enter(party, party.head, hotel="Lakeside")
    page = browser.submit(hotel="Elsewhere")
    assert page.status == 409
    assert "Somebody else changed this meanwhile" in page.text
    assert journey(party.head).travel.hotel == "Lakeside"


@pytest.mark.parametrize("role", ROLES)
def test_r2_19_the_host_gives_vehicle_and_officer(app: Flask, party: Party, role: str) -> None:
    car = make_vehicle(party)
    _account, (officer,) = make_officer(party, party.zambia)
    browser = browser_with(app, party, role)
    browser.get(party.url(f"arrivals/people?who={party.head.ref}"))
    browser.submit(vehicle=car.ref, officer=officer.ref, lounge="yes")
    kept = journey(party.head)
    assert kept.vehicle
    assert (kept.vehicle.id, kept.officer_id) == (car.id, officer.id)
    assert kept.travel.lounge


def test_r2_19_the_delegate_enters_it_on_the_private_page(app: Flask, party: Party) -> None:
    make_officer(party, party.zambia)
    car = make_vehicle(party, plate="D-123", driver="Chen Wei", driver_phone="+86 1")
    enter(party, party.head, vehicle=car.ref)
    visitor, private = Browser(app), f"/my/{token_of(party.head)}"
    assert "Tell the host when you arrive" in visitor.get(private).text
    page = visitor.get(f"{private}/travel")
    for known in ("Car 1", "D-123", "Chen Wei", "Lin Mei", "+86 592 000"):
        assert known in page.text
    page = visitor.submit(arrives="2026-03-31T14:20", arrives_flight="CA 921", lounge="yes")
    assert "You arrive: Tue 31 March, 14:20 · CA 921" in page.text
    assert journey(party.head).vehicle is not None, "what the host gave stays"
    assert visitor.get(f"/my/{token_of(party.head)[:-6]}222222/travel").status == 404


def test_r2_19_off_is_absent(app: Flask, party: Party) -> None:
    with transaction():
        party.event.switches = ["delegations"]
    owner = browser_with(app, party, "event_owner")
    for rest in (
        "arrivals", "arrivals/others", "arrivals/vehicles", "arrivals/vehicles/new",
        "arrivals/officers", "arrivals/courtesies", f"arrivals/people?who={party.head.ref}",
        f"delegations/{party.zambia.ref}/arrivals", f"delegations/{party.zambia.ref}/arrivals.xlsx",
    ):  # fmt: skip
        assert owner.get(party.url(rest)).status == 404, rest
    assert "arrivals" not in owner.get(party.url(f"delegations/{party.zambia.ref}")).soup.decode()
    visitor, private = Browser(app), f"/my/{token_of(party.head)}"
    assert "Arrival and departure" not in visitor.get(private).text
    assert visitor.get(f"{private}/travel").status == 404
    assert owner.get(party.url("heads")).status == 200, "heads need no arrivals"


@pytest.mark.parametrize("role", ["media_desk", "agenda_editor", "door_staff", "observer", None])
def test_r1_36_strangers_find_no_arrivals(app: Flask, party: Party, role: str | None) -> None:
    who = browser_with(app, party, role) if role else Browser(app).sign_in(stranger())
    for rest in ("arrivals?show=all", "arrivals/officers", f"arrivals/people?who={party.head.ref}",
                 f"delegations/{party.zambia.ref}/arrivals", "heads", "heads.xlsx"):  # fmt: skip
        assert who.get(party.url(rest)).status == 404, rest
    focal_point = browser_with(app, party, "focal_point", party.zambia)
    other = f"delegations/{party.kenya.ref}/arrivals"
    for rest in (other, f"arrivals/people?who={party.kenyan.ref}", "arrivals/others", "heads"):
        assert focal_point.get(party.url(rest)).status == 404, rest


def stranger() -> Account:
    account = Account(email="stranger@example.org", name="Stranger")
    with transaction():
        db.session.add(account)
    return account


def test_r2_19_things_of_another_event_are_not_found(app: Flask, party: Party) -> None:
    car = make_vehicle(party)
    _account, (officer,) = make_officer(party, party.zambia)
    other = make_event(switches=["delegations", "arrivals"])
    elsewhere = Party(other, party.zambia, party.kenya, party.head, [], party.kenyan)
    owner = browser_with(app, elsewhere, "event_owner")
    for rest in (
        f"arrivals/vehicles/{car.ref}", f"delegations/{party.zambia.ref}/arrivals",
        f"arrivals/people?who={party.head.ref}", f"arrivals/courtesies/people/{party.head.ref}",
    ):  # fmt: skip
        assert owner.get(elsewhere.url(rest)).status == 404, rest
    owner.get(elsewhere.url("arrivals"))
    token = {"csrf_token": owner.page.soup.find("input", {"name": "csrf_token"})["value"]}
    for rest in (f"officers/{officer.ref}/end", f"vehicles/{car.ref}/remove"):
        assert owner.post(elsewhere.url(f"arrivals/{rest}"), token).status == 404, rest


def test_r2_19_the_sheet_groups_by_vehicle_on_screen_and_in_a_table(
    app: Flask, party: Party
) -> None:
    first, second = party.delegates
    car = make_vehicle(party, "Car 7", seats=1, plate="D-123", driver="Chen Wei")
    enter(party, party.head, first, vehicle=car.ref, hotel="Lakeside")
    enter(party, party.head, arrival=leg("2026-03-31T14:20", airport="XMN", flight="CA 921"))
    browser = browser_with(app, party, "protocol")
    page = browser.get(sheet(party))
    headings = [one.get_text(strip=True) for one in page.soup.select("section h2")]
    assert headings == ["Car 7 · D-123", "No vehicle yet"]
    tables = page.soup.select("section table")
    assert [len(one.select("tbody tr")) for one in tables] == [2, 1]
    assert second.given_names in tables[1].get_text()
    assert "Too full: 2 people, 1 seats" in page.text
    assert "2 of 3 people have not said when they arrive." in page.text
    answer = browser.client.get(f"{sheet(party)}.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == ["Car 7 · D-123", "Car 7 · D-123", "No vehicle yet"]
    assert rows[1][4:6] == ["Tue 31 March, 14:20", "CA 921 · XMN"]
    assert rows[1][8] == "Lakeside"


def test_r2_19_the_sheet_on_paper(
    app: Flask, party: Party, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    car = make_vehicle(party, "Car 7")
    enter(party, party.head, vehicle=car.ref, arrival=leg("2026-03-31T14:20", flight="CA 921"))
    pdf, name = sheet_paper(party.event.id, party.zambia.id, None, "en")
    assert name.endswith("-arrivals-zmb-en.pdf")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    text = tool("pdftotext", "-layout", path, "-")
    for known in ("Zambia", "Car 7", "BANDA", "CA 921", "No vehicle yet"):
        assert known in text


def test_r2_19_a_journey_is_in_the_own_copy_and_goes_with_the_person(party: Party) -> None:
    enter(party, party.head, hotel="Lakeside", arrival=leg("2026-03-31T14:20", flight="CA 921"))
    with transaction():
        keep_paper(party.event.id, b"%PDF", "sheet.pdf")
    copy = str(personal.held(whose_of(party.head, party.event)))
    assert "Lakeside" in copy
    assert "CA 921" in copy
    assert "Lakeside" not in str(personal.held(whose_of(party.kenyan, party.event)))
    with transaction():
        personal.erase(whose_of(party.head, party.event), actor=SYSTEM)
    assert journey(party.head).version == 0
    assert db.session.query(StoredFile).count() == 0, "papers that show it go too"


def test_lists_and_sheets_ask_no_more_for_many(
    app: Flask, party: Party, statements: list[str]
) -> None:
    browser = browser_with(app, party, "event_owner")
    counts = []
    for more in (0, 8):
        if more:
            category = db.session.get_one(Category, party.delegates[0].category_id)
            rows = accredited(party.event, category, more, entity_id=party.zambia.entity_id)
            enter(party, *rows, arrival=leg("2026-03-31T14:20"))
        told = []
        for rest in ("arrivals?show=all", f"delegations/{party.zambia.ref}/arrivals", "heads",
                     "arrivals/vehicles", "arrivals/officers", "arrivals/courtesies"):  # fmt: skip
            db.session.rollback()
            statements.clear()
            assert browser.get(party.url(rest)).status == 200
            told.append(len(statements))
        counts.append(told)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15, counts[0]


def test_private_pages_ask_little(app: Flask, party: Party, statements: list[str]) -> None:
    visitor, private = Browser(app), f"/my/{token_of(party.head)}"
    enter(party, party.head, arrival=leg("2026-03-31T14:20"))
    make_officer(party, party.zambia)
    for url in (private, f"{private}/travel"):
        db.session.rollback()
        statements.clear()
        visitor.get(url)
        assert len(statements) <= 8, statements


@pytest.mark.parametrize("mode", ["in_person", "hybrid"])
def test_private_page_of_an_event_that_uses_everything_asks_little(
    app: Flask, party: Party, statements: list[str], mode: str
) -> None:
    with transaction():
        party.event.switches, party.event.mode = list(SWITCHES), mode
    address = f"/my/{token_of(party.head)}"
    db.session.rollback()
    statements.clear()
    assert Browser(app).get(address).status == 200
    assert len(statements) <= 8, statements
