"""Pages of the order of States: who may, what is typed, what is shown; few statements."""

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.entities.queries import get_entity
from eventhub.protocol import queries
from eventhub.protocol.models import SeatDraw
from tests.factories import give, make_account


@pytest.fixture
def expected(event):
    """Open the delegations of the States of R2.5."""
    with transaction():
        for code in ("AGO", "CHN", "KEN", "MOZ", "ZMB", "NER", "PSE"):
            delegations.open_for(event.id, code, actor=SYSTEM)
    return event


@pytest.fixture
def officer(browser, event):
    """Return an officer of protocol, signed in."""
    account = make_account()
    give(account, "protocol", event)
    browser.sign_in(account)
    return browser


@pytest.mark.parametrize("role", ["media_desk", "focal_point", "agenda_editor"])
def test_others_do_not_see_the_order(browser, event, role):
    account = make_account()
    give(account, role, event)
    browser.sign_in(account)
    assert browser.get(f"/manage/{event.slug}/order").status == 404


def test_the_order_is_shown_in_blocks_with_what_is_renamed(officer, expected):
    page = officer.get(f"/manage/{expected.slug}/order/entities/ZMB")
    page = officer.submit(name_en="Republic of Zambia", name_fr="République de Zambie")
    assert page.status == 200
    text = page.text
    assert text.index("Angola") < text.index("Niger") < text.index("Republic of Zambia")
    assert text.index("Republic of Zambia") < text.index("State of Palestine")
    own = queries.find_own(expected.id, get_entity("ZMB").id)
    assert dict(own.names) == {"en": "Republic of Zambia", "fr": "République de Zambie"}
    assert "Albania" not in text
    assert "Albania" in officer.get(f"/manage/{expected.slug}/order?show=all").text


def test_settings_are_kept_and_obeyed(officer, expected):
    page = officer.get(f"/manage/{expected.slug}/order/settings")
    page = officer.submit(observers="interleaved")
    assert page.text.index("State of Palestine") < page.text.index("Zambia")


def test_an_extra_entity_is_added_and_removed(officer, expected):
    page = officer.get(f"/manage/{expected.slug}/order/extra")
    refused = officer.submit(block="others")
    assert refused.status == 422
    page = officer.submit(block="others", name_en="Ourland", code="OURL")
    assert "Ourland" in page.text
    page = officer.get(f"/manage/{expected.slug}/order/entities/OURL")
    page = officer.submit(page.form(action="/remove"))
    assert "Ourland is no longer in the lists" in page.text


def test_r2_5_the_first_seat_is_drawn_with_its_witness(officer, expected):
    page = officer.get(f"/manage/{expected.slug}/order/draw")
    refused = officer.submit(method="system", drawn_by="The President")
    assert refused.status == 422
    page = officer.submit(method="system", drawn_by="The President", witness="The Secretary")
    assert "witness The Secretary" in page.text
    db.session.rollback()
    assert db.session.query(SeatDraw).one().lots == 6


def test_r2_5_a_drawing_by_hand_is_written_down(officer, expected):
    page = officer.get(f"/manage/{expected.slug}/order/draw")
    said = {"method": "by_hand", "drawn_by": "The President", "witness": "The Secretary"}
    refused = officer.submit(**said, entity="MOZ")
    assert refused.status == 422
    assert "Write when it was drawn." in refused.text
    page = officer.submit(**said, entity="MOZ", drawn_at="2026-02-01T10:00")
    assert "Mozambique sits first: drawn by hand" in page.text
    again = officer.get(f"/manage/{expected.slug}/order/draw")
    assert "Why it is drawn again" in again.text


def test_the_page_costs_the_same_for_all_states(officer, expected, statements):
    slug = expected.slug
    for query in ("", "?show=all"):
        statements.clear()
        officer.get(f"/manage/{slug}/order{query}")
        assert len(statements) <= 15
