"""What begins in the evening and ends after midnight stands on both of its days."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from tests.agenda.programmes import make_room, make_session, publish, wall
from tests.browser import Browser
from tests.factories import give, make_account, make_event
from tests.paper import Tool
from tests.papers.test_papers import fetch, text_of

URL = "/en/xiamen-2026/programme"
BOARD = "/manage/xiamen-2026/programme"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days with a dinner from one to the other and a morning meeting."""
    event = make_event(
        slug="xiamen-2026", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3), languages=["en"]
    )
    hall, terrace = make_room(event, "Jimei Hall"), make_room(event, "Terrace")
    make_session(
        event, code="D1", titles=Translated(en="Dinner"), room_id=terrace.id,
        starts=wall("2026-04-02T21:00"), ends=wall("2026-04-03T01:30"),
    )  # fmt: skip
    make_session(
        event, code="N1", titles=Translated(en="Drafting"), room_id=hall.id,
        starts=wall("2026-04-02T23:30"), ends=wall("2026-04-03T00:00"),
    )  # fmt: skip
    make_session(
        event, code="M1", titles=Translated(en="Morning"), room_id=hall.id,
        starts=wall("2026-04-03T00:30"), ends=wall("2026-04-03T02:00"),
    )  # fmt: skip
    return event


def test_board_shows_the_rest_on_the_second_day(browser: Browser, event: Event) -> None:
    account = make_account()
    give(account, "agenda_editor", event)
    soup = browser.sign_in(account).get(f"{BOARD}?day=2026-04-03").soup
    first = soup.select(".block")[1]
    assert {"at-0", "for-18", "on"} <= set(first["class"])
    assert "Continued from Thu 2 April" in first.get_text()
    assert not first.has_attr("id"), "it is moved on the day on which it begins"
    assert len(soup.select(".block")) == 2, "what ends at midnight is over"


def test_public_day_shows_the_rest_on_the_second_day(browser: Browser, event: Event) -> None:
    publish(event)
    first = browser.get(f"{URL}/2026-04-02").soup.select("article.session")
    assert [h3.get_text(strip=True) for one in first for h3 in one.select("h3")] == [
        "Dinner",
        "Drafting",
    ]
    assert "Continued" not in browser.page.soup.get_text()
    second = browser.get(f"{URL}/2026-04-03").soup
    dinner, morning = second.select("article.session")
    assert "Continued from Thu 2 April" in dinner.get_text()
    assert "21:00" in dinner.get_text()
    assert "01:30" in dinner.get_text()
    assert "from-2" in dinner["class"], "it is drawn from midnight on"
    assert second.select(".hour")[0].get_text(strip=True) == "00:00"
    assert "Continued" not in morning.get_text()


def test_page_of_all_days_has_each_anchor_once(browser: Browser, event: Event) -> None:
    publish(event)
    soup = browser.get(f"{URL}/all").soup
    names = [one["id"] for one in soup.select("[id]")]
    assert len(names) == len(set(names))
    assert len(soup.select("article.session")) == 4


def test_day_without_midnight_shows_what_goes_on(browser: Browser, app: Flask) -> None:
    event = make_event(
        slug="cairo-2026", zone="Africa/Cairo", starts_on=date(2026, 4, 23),
        ends_on=date(2026, 4, 24), languages=["en"],
    )  # fmt: skip
    make_session(event, starts=wall("2026-04-23T22:00"), ends=wall("2026-04-24T02:00"))
    make_session(event, starts=wall("2026-04-24T09:00"), ends=wall("2026-04-24T10:00"))
    publish(event)
    soup = browser.get("/en/cairo-2026/programme/2026-04-24").soup
    assert len(soup.select("article.session")) == 2
    assert "Continued from Thu 23 April" in soup.get_text()


def test_papers_say_what_goes_on_and_doors_name_the_evening(
    browser: Browser, event: Event, app: Flask, fonts: Path, tmp_path: Path, tool: Tool
) -> None:
    publish(event)
    run_due(app)
    text = text_of(fetch(browser, "programme.pdf"), tmp_path / "a.pdf", tool)
    assert text.count("Dinner") == 2
    assert text.count("Continued from Thu 2 April") == 1
    signs = text_of(fetch(browser, "door-signs.pdf"), tmp_path / "b.pdf", tool)
    assert "21:00–01:30" in signs
