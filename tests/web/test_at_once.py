"""Answers for everybody are given again for a second, before anything else happens."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.web.at_once import MOST_BYTES, AtOnce
from tests.agenda.programmes import change, make_session, publish
from tests.browser import Browser
from tests.factories import make_event

URL = "/en/xiamen-2026/programme"


@pytest.fixture
def held(app: Flask) -> Iterator[AtOnce]:
    """Let answers be held for an hour, so that the test alone says when that ends."""
    at_once: AtOnce = app.extensions["eventhub.at_once"]
    seconds, at_once.seconds = at_once.seconds, 3600
    yield at_once
    at_once.seconds = seconds
    at_once.held.clear()


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum with one session, published."""
    event = make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), languages=["en"])
    make_session(event, titles=Translated(en="Opening"))
    publish(event)
    return event


def test_second_reader_costs_no_statement_and_reads_the_same(
    browser: Browser, event: Event, held: AtOnce, statements: list[str]
) -> None:
    first = browser.get(URL).response
    statements.clear()
    again = browser.get(URL).response
    assert statements == []
    assert again.data == first.data
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    own = {"X-Request-ID", "Date"}
    kept = {name: value for name, value in first.headers if name not in own}
    assert {name: value for name, value in again.headers if name not in own} == kept
    assert "Content-Security-Policy" in kept


def test_known_page_is_304_without_a_statement_and_without_a_body(
    browser: Browser, event: Event, held: AtOnce, statements: list[str]
) -> None:
    etag = browser.get(URL).response.headers["ETag"]
    statements.clear()
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = browser.client.get(URL, headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b""), known
        assert "Content-Type" not in answer.headers
        assert answer.headers["ETag"] == etag
    assert statements == []
    other = browser.client.get(URL, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_head_has_headers_alone(browser: Browser, event: Event, held: AtOnce) -> None:
    whole = browser.get(URL).response
    answer = browser.client.head(URL)
    assert answer.data == b""
    assert answer.headers["ETag"] == whole.headers["ETag"]


def test_packing_host_language_and_query_are_told_apart(
    browser: Browser, event: Event, held: AtOnce
) -> None:
    plain = browser.get(URL).response
    packed = browser.client.get(URL, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert browser.client.get(URL, headers={"Host": "evil.example"}).status_code == 400
    assert "Lusaka" in browser.get(f"{URL}?tz=Africa/Lusaka").text
    assert "Lusaka" not in browser.get(URL).text
    assert {query for *_others, query, _packing in held.held} == {""}, "of queries there is no end"
    assert browser.client.post(URL).status_code == 400


def test_what_was_published_is_read_when_the_second_is_over(
    browser: Browser, event: Event, held: AtOnce
) -> None:
    session = make_session(event, titles=Translated(en="Panel"))
    browser.get(URL)
    publish(event)
    assert "Panel" not in browser.get(URL).text
    held.seconds = -1
    held.held.clear()
    browser.get(URL)
    change(event, session, titles=Translated(en="Round table"))
    publish(event)
    assert "Round table" in browser.get(URL).text


def test_private_pages_and_refusals_are_never_held(
    browser: Browser, event: Event, held: AtOnce
) -> None:
    for url in ("/sign-in", "/en/xiamen-2026/register", f"{URL}/2026-12-24", "/en/nothing-2026"):
        browser.get(url)
    assert held.held == {}


def test_memory_has_a_bound(browser: Browser, event: Event, held: AtOnce) -> None:
    browser.get(URL)
    held.bytes = MOST_BYTES
    browser.get(f"{URL}/all")
    assert len(held.held) == 1
