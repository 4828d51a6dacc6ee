"""The program that keeps the programme in a browser: what it names and how it ends."""

import json
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.web.made_once import build
from tests.agenda.programmes import make_session, publish, wall
from tests.browser import Browser
from tests.factories import make_event

URL = "/en/xiamen-2026/programme"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days with a session on each, published."""
    event = make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), languages=["en"])
    make_session(event)
    make_session(event, starts=wall("2026-04-03T09:00"))
    publish(event)
    return event


def kept(browser: Browser) -> dict[str, list[str]]:
    """Return what the program names."""
    text = browser.client.get(f"{URL}/worker.js").get_data(as_text=True)
    named: dict[str, list[str]] = json.loads(text.split("\n")[0].removeprefix("const KEPT = ")[:-1])
    return named


def test_program_names_the_days_and_all_they_are_shown_with(browser: Browser, event: Event) -> None:
    answer = browser.client.get(f"{URL}/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == URL
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b'addEventListener("fetch"' in answer.data
    named = kept(browser)
    assert build() in named["version"]
    assert f"{URL}/2026-04-02" in named["pages"]
    assert f"{URL}/2026-04-03" in named["pages"]
    assert all(address.startswith(URL) for address in named["pages"])
    assert named["instead"] in named["pages"]
    for address in (*named["pages"], *named["things"]):
        assert browser.client.get(address).status_code == 200, address
    page = browser.get(URL)
    fetched = {str(e.get("href") or e.get("src")) for e in page.soup.select("link[rel=stylesheet]")}
    assert fetched <= set(named["things"])


def test_new_version_changes_the_program(browser: Browser, event: Event) -> None:
    before = kept(browser)["version"]
    assert kept(browser)["version"] == before
    make_session(event)
    publish(event)
    assert kept(browser)["version"] != before


def test_program_ends_where_it_is_not_wanted_or_nothing_is_public(
    browser: Browser, event: Event, app: Flask
) -> None:
    assert b"KEPT" in browser.client.get(f"{URL}/worker.js").data
    with transaction():
        event.state = "draft"
    assert b"unregister" in browser.client.get(f"{URL}/worker.js").data
    with transaction():
        event.state = "published"
    settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, offline_pages=False)
    answer = browser.client.get(f"{URL}/worker.js")
    app.extensions["eventhub.settings"] = settings
    assert answer.status_code == 200
    assert b"unregister" in answer.data
    assert b"KEPT" not in answer.data
    assert b"unregister" in browser.client.get("/en/nothing-2026/programme/worker.js").data


def test_no_script_stands_on_the_way_of_registration(browser: Browser, event: Event) -> None:
    for address in ("/en/xiamen-2026", "/en/xiamen-2026/register"):
        page = browser.get(address)
        assert not page.soup.select("script[src]"), address


def test_page_for_what_is_not_kept_names_the_days_that_are(browser: Browser, event: Event) -> None:
    page = browser.get(str(kept(browser)["instead"]))
    assert "this device did not keep the page" in page.text
    links = [a["href"] for a in page.soup.select("main li a[href]")]
    assert {f"{URL}/2026-04-02", f"{URL}/2026-04-03"} <= set(links)
    assert page.soup.select("article") == []
    assert page.response.headers["X-Robots-Tag"] == "noindex"
