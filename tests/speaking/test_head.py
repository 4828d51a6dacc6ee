"""R3.7: a head of delegation asks for the floor by the private link, and nobody else does."""

from flask import Flask

from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.registration.queries import token_of
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from tests.browser import Browser
from tests.factories import make_category
from tests.registration.factories import accredited, nominated
from tests.speaking.lists import make_list, order, rank, state


def private(one: SpeakerList, code: str, entity: str = "ZMB") -> str:
    """Return the private page of an accredited person of this category."""
    event = db.session.get_one(Event, one.event_id)
    person = accredited(event, make_category(event, code), entity_id=state(entity).id)[0]
    return f"/my/{token_of(person)}"


def test_head_asks_for_the_floor_and_withdraws(app: Flask) -> None:
    one = make_list()
    rank("MIN")
    browser, page_of_head = Browser(app), private(one, "HOD")
    page = browser.get(page_of_head)
    assert "A list of speakers is open." in page.text
    browser.get(f"{page_of_head}/speaking")
    page = browser.submit(session="", rank="MIN")
    assert page.status == 422
    page = browser.submit(session=one.ref, rank="MIN", speaker="H.E. Ms. Chanda MWILA")
    assert "The secretariat confirms it." in page.text
    assert order(one) == ["ZMB"]
    page = browser.submit(page.form(1), session=one.ref, rank="MIN")
    assert page.status == 422
    assert "It is on the list already" in page.errors()[0]
    page = browser.submit(browser.page.form(action="/withdraw"))
    assert "Withdrawn" in page.text
    assert order(one) == []


def test_nobody_else_of_the_delegation_asks(app: Flask) -> None:
    one = make_list()
    browser, page_of_delegate = Browser(app), private(one, "DEL")
    assert "A list of speakers is open." not in browser.get(page_of_delegate).text
    assert browser.get(f"{page_of_delegate}/speaking").status == 404


def test_head_who_is_not_confirmed_yet_does_not_ask(app: Flask) -> None:
    one = make_list()
    event = db.session.get_one(Event, one.event_id)
    head = nominated(event, make_category(event, "HOD"), entity_id=state("ZMB").id)[0]
    assert Browser(app).get(f"/my/{token_of(head)}/speaking").status == 404


def test_head_reaches_no_request_of_another_delegation(app: Flask) -> None:
    one = make_list()
    rank("MIN")
    browser = Browser(app)
    zambia = private(one, "HOD")
    browser.get(f"{zambia}/speaking")
    browser.submit(session=one.ref, rank="MIN")
    row = db.session.query(SpeakingRequest).one()
    event = db.session.get_one(Event, one.event_id)
    head = db.session.query(Category).filter_by(event_id=event.id, code="HOD").one()
    other = accredited(event, head, entity_id=state("KEN").id)[0]
    kenya = f"/my/{token_of(other)}"
    browser.get(f"{kenya}/speaking")
    form = browser.page.form()
    form["action"] = f"{kenya}/speaking/{row.ref}/withdraw"
    assert browser.submit(form).status == 404
    assert order(one) == ["ZMB"]
