"""The empty form of registration is drawn once in a moment, with hidden values of each reader."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from eventhub.web.at_once import AtOnce
from tests.browser import Browser, Page
from tests.registration.paths import ONE_PAGE, make_side_event


@pytest.fixture
def held(app: Flask) -> Iterator[AtOnce]:
    """Let what was drawn be held for an hour, so that the test alone says when that ends."""
    at_once: AtOnce = app.extensions["eventhub.at_once"]
    seconds, at_once.seconds = at_once.seconds, 3600
    yield at_once
    at_once.seconds = seconds
    app.extensions.pop("eventhub.drawn", None)


def hidden(page: Page) -> dict[str, str]:
    return {one["name"]: one["value"] for one in page.soup.select("main input[type=hidden]")}


def test_second_reader_costs_no_statement_and_gets_hidden_values_of_their_own(
    app: Flask, held: AtOnce, statements: list[str]
) -> None:
    event = make_side_event()
    url = f"/en/{event.slug}/register"
    one, two = Browser(app), Browser(app)
    first = one.get(url)
    statements.clear()
    second = two.get(url)
    assert statements == []
    assert second.soup.select_one("h1").text == first.soup.select_one("h1").text
    mine, theirs = hidden(first), hidden(second)
    assert mine.keys() == theirs.keys() == {"csrf_token", "key", "issued", "version"}
    assert mine["key"] != theirs["key"]
    assert mine["csrf_token"] != theirs["csrf_token"]
    for browser, mail in ((one, "a@example.org"), (two, "b@example.org")):
        assert "Expected" in browser.submit(**{**ONE_PAGE, "email": mail}).text
    assert set(db.session.scalars(select(Registration.email))) == {"a@example.org", "b@example.org"}


def test_each_language_has_a_page_of_its_own(browser: Browser, held: AtOnce) -> None:
    event = make_side_event(languages=["en", "zh"])
    browser.get(f"/en/{event.slug}/register")
    assert browser.get(f"/zh/{event.slug}/register").soup.html["lang"] == "zh"
    assert browser.get(f"/en/{event.slug}/register").soup.html["lang"] == "en"


def test_message_for_one_reader_is_shown_to_no_other(app: Flask, held: AtOnce) -> None:
    event = make_side_event()
    url = f"/en/{event.slug}/register"
    told, other = Browser(app), Browser(app)
    told.get(url)
    with told.client.session_transaction() as session:
        session["_flashes"] = [("good", "For your eyes")]
    assert "For your eyes" in told.get(url).text
    assert "For your eyes" not in other.get(url).text


def test_what_changed_is_shown_when_the_moment_has_passed(browser: Browser, held: AtOnce) -> None:
    event = make_side_event()
    held.seconds = -1
    browser.get(f"/en/{event.slug}/register")
    with transaction():
        db.session.get_one(Event, event.id).titles = Translated(en="Renamed")
    assert "Renamed" in browser.get(f"/en/{event.slug}/register").soup.title.text
