"""What search engines read of sessions, and what they never read."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Flask

from eventhub.agenda.linked_data import MOST_BYTES
from eventhub.core.db import transaction
from eventhub.events.linked_data import MOST_BYTES as MOST_BYTES_OF_EVENT
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser, Page

URL = "/en/xiamen-2026/programme"


def said(page: Page) -> dict[str, Any]:
    """Return the page's only linked data."""
    (script,) = page.soup.find_all("script", type="application/ld+json")
    found: dict[str, Any] = json.loads(script.string or "")
    return found


def test_session_says_when_with_offset_where_who_and_in_which_languages(
    browser: Browser, event: Event
) -> None:
    session = make_session(
        event, titles=Translated(en="Opening </script>"), room_id=make_room(event, "Jimei").id,
        floor_languages=("en",), interpretation=("fr", "zh"),
    )  # fmt: skip
    name_speakers(session, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    publish(event)
    one = said(browser.get(f"{URL}/sessions/{session.ref}"))
    assert one["@context"] == "https://schema.org"
    assert one["name"] == "Opening </script>"
    assert one["startDate"] == "2026-04-02T09:00+08:00"
    assert datetime.fromisoformat(one["endDate"]) > datetime.fromisoformat(one["startDate"])
    assert one["location"]["name"] == "Jimei"
    assert one["location"]["address"]["addressLocality"] == "Xiamen"
    assert one["performer"] == [{"@type": "Person", "name": "Ms. Ama TETTEH"}]
    assert one["inLanguage"] == ["en", "fr", "zh"]
    assert one["eventStatus"] == "https://schema.org/EventScheduled"
    assert one["superEvent"]["name"] == "The forum"
    assert one["url"] == f"http://localhost{URL}/sessions/{session.ref}"


def test_day_and_event_name_their_sessions(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Opening"))
    make_session(event, titles=Translated(en="Coffee"), kind="break")
    make_session(event, titles=Translated(en="Closing"), starts=wall("2026-04-03T09:00"))
    publish(event)
    day = said(browser.get(f"{URL}/2026-04-02"))
    assert day["name"] == "The forum"
    assert [part["name"] for part in day["subEvent"]] == ["Opening"]
    assert "location" in day["subEvent"][0]
    whole = said(browser.get("/en/xiamen-2026"))
    assert [part["name"] for part in whole["subEvent"]] == ["Opening", "Closing"]


def test_r3_2_closed_and_private_sessions_are_never_named(browser: Browser, event: Event) -> None:
    closed = make_session(event, access="closed", titles=Translated(en="Bureau"))
    make_session(event, access="private", titles=Translated(en="Breakfast"))
    publish(event)
    for path in ("/programme", "/programme/2026-04-02", ""):
        page = browser.get(f"/en/xiamen-2026{path}")
        assert "subEvent" not in said(page), path
    page = browser.get(f"{URL}/sessions/{closed.ref}")
    assert not page.soup.find_all("script", type="application/ld+json")


def test_what_befalls_the_event_befalls_its_sessions(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    with transaction():
        event.state = "postponed"
    day = said(browser.get(f"{URL}/2026-04-02"))
    assert day["subEvent"][0]["eventStatus"] == "https://schema.org/EventPostponed"


def test_size_is_bounded_on_the_event_and_on_the_day(browser: Browser, event: Event) -> None:
    speakers = [make_speaker(event) for _number in range(3)]
    for number in range(120):
        name_speakers(
            make_session(event, titles=Translated(en=f"Session on matter {number} of the agenda")),
            *((speaker, "panellist") for speaker in speakers),
        )
    publish(event)
    page = browser.get(f"{URL}/2026-04-02")
    parts = said(page)["subEvent"]
    assert 50 < len(parts) <= 120
    assert "performer" not in parts[0]
    assert len(json.dumps(parts, separators=(",", ":"))) <= MOST_BYTES + 2
    few = said(browser.get("/en/xiamen-2026"))["subEvent"]
    assert 3 < len(few) < 20
    assert len(json.dumps(few, separators=(",", ":"))) <= MOST_BYTES_OF_EVENT + 2


def test_reader_s_own_page_carries_none(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    page = browser.get(f"{URL}/2026-04-02?tz=Africa/Lusaka")
    assert not page.soup.find_all("script", type="application/ld+json")


def test_addresses_follow_the_installation(browser: Browser, event: Event, app: Flask) -> None:
    make_session(event)
    publish(event)
    first = said(browser.get(f"{URL}/2026-04-02"))
    settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, base_url="http://127.0.0.1")
    moved = said(browser.get(f"{URL}/2026-04-02"))
    app.extensions["eventhub.settings"] = settings
    assert first["subEvent"][0]["url"].startswith("http://localhost/en/")
    assert moved["subEvent"][0]["url"].startswith("http://127.0.0.1/en/")
