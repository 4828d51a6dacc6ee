"""A day of 200 sessions in 40 rooms: readable without a script, and small on the wire."""

import random
from datetime import date, timedelta

import pytest
from flask import Flask

from eventhub.agenda.rules.grid import MOST_COLUMNS
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
from tests.browser import Browser
from tests.factories import make_event

URL = "/en/large-2026/programme/2026-04-02"
ROOMS, ROUNDS = 40, 5
MOST_BYTES = 60_000
WORDS = """
    access affordable alliance bandwidth broadband capacity cable children cloud commerce
    community compute connectivity content culture cyber data development digital divide
    education energy ethics exchange finance fibre future gender governance growth health
    identity inclusion industry infrastructure innovation interoperability islands language
    last-mile literacy local mobile model network open partnership payment platform policy
    privacy public regional regulation resilience rights rural safety satellite schools science
    security services skills sovereignty spectrum standards sustainable taxation trade transit
    transport trust universal village water women youth
""".split()  # noqa: SIM905


@pytest.fixture
def large(app: Flask) -> Event:
    """Return an event of one such day, published; titles, names and descriptions all differ."""
    chance = random.Random(7)
    event = make_event(
        slug="large-2026", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 2), languages=["en"]
    )

    def phrase(count: int) -> str:
        return " ".join(chance.sample(WORDS, count)).capitalize()

    rooms = [make_room(event, f"{phrase(1)} Hall {number}") for number in range(ROOMS)]
    speakers = [
        make_speaker(
            event, f"Ms. {phrase(1)} {phrase(1).upper()}-{number}", posts=Translated(en=phrase(3))
        )
        for number in range(120)
    ]
    for turn in range(ROUNDS):
        for room in rooms:
            starts = wall("2026-04-02T09:00") + timedelta(minutes=105 * turn)
            session = make_session(
                event, titles=Translated(en=phrase(6)), descriptions=Translated(en=phrase(40)),
                kind="panel", room_id=room.id, starts=starts,
                ends=starts + timedelta(minutes=chance.choice((60, 75, 90))),
                floor_languages=("en",), interpretation=("fr", "ar", "zh"),
            )  # fmt: skip
            panel = chance.sample(speakers, 4)
            name_speakers(
                session, (panel[0], "moderator"), *((one, "panellist") for one in panel[1:])
            )
    publish(event)
    return event


def test_day_of_200_sessions_is_under_60_kb_with_everything_and_whole_without_a_script(
    browser: Browser, large: Event
) -> None:
    page = browser.get(URL)
    sessions = page.soup.select("article.session")
    assert len(sessions) == ROOMS * ROUNDS
    for session in sessions:
        assert session.h3 is not None
        assert session.time is not None
        assert "Moderator" in session.get_text()
        assert "Floor: English" in session.get_text()
    assert len(page.soup.select(".rooms")) == ROOMS <= MOST_COLUMNS
    assert len(page.soup.select(".jump a")) == ROOMS
    assert all(page.soup.find(id=str(a["href"])[1:]) for a in page.soup.select(".jump a"))
    needed = {URL}
    needed |= {
        str(link["href"]) for link in page.soup.select("link[rel=stylesheet], link[rel=icon]")
    }
    needed |= {str(script["src"]) for script in page.soup.select("script[src]")}
    packed = {"Accept-Encoding": "gzip"}
    sizes = {address: len(browser.client.get(address, headers=packed).data) for address in needed}
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_page_of_a_day_does_not_grow_with_the_event(
    browser: Browser, large: Event, statements: list[str]
) -> None:
    before = len(browser.get(URL).response.data)
    browser.get(URL)
    statements.clear()
    browser.get(URL)
    asked = len(statements)
    for number in range(30):
        make_session(large, starts=wall("2026-04-03T09:00") + timedelta(minutes=number))
    publish(large)
    after = len(browser.get(URL).response.data)
    assert after < before * 1.02
    statements.clear()
    browser.get(URL)
    assert len(statements) == asked == 2
