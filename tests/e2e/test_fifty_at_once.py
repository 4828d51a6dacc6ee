"""Acceptance scenario 2 over HTTP: fifty send at once for the seven seats of a delegation.

The server is the real one, two processes on one database, SQLite or PostgreSQL.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Barrier
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from eventhub.config import Settings
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.events.queries import get_event
from eventhub.registration import services
from eventhub.registration.models import Registration
from eventhub.registration.rules import SEAT_STATES, State
from tests.browser import filled
from tests.e2e.ground import publish
from tests.e2e.site import serving, site_of

PEOPLE, SEATS = 50, 7
PATIENCE = 60
"""Seconds that an answer may take where fifty wait for two busy processes."""


def test_scenario_2_fifty_over_http_give_seven_seats_and_places_one_to_forty_three(
    app: Flask, settings: Settings
) -> None:
    with transaction():
        load_reference(actor=SYSTEM)
    site = site_of(settings)
    slug = publish(site, "side_event", "Side Event on Seats")
    event = get_event(slug)
    with transaction():
        services.add_pool(
            event,
            "delegates",
            seats=SEATS,
            categories=["DEL"],
            when_full="waitlist",
            actor=SYSTEM,
        )
    event_id = event.id
    db.session.rollback()
    with serving(site), ThreadPoolExecutor(PEOPLE) as crowd:
        url, together = f"{site.base}/en/{slug}/register", Barrier(PEOPLE)
        looks = list(crowd.map(lambda number: register(url, number, together), range(PEOPLE)))
        said = [look() for look in looks]
    assert said.count("Expected") == SEATS
    places = [int(place) for one in said for place in re.findall(r"list, place (\d+)", one)]
    assert sorted(places) == list(range(1, PEOPLE - SEATS + 1)), "each number once, without a gap"

    query = select(Registration).where(Registration.event_id == event_id)
    rows = list(db.session.scalars(query))
    assert len(rows) == PEOPLE
    assert len([row for row in rows if row.state in SEAT_STATES]) == SEATS
    assert len([row for row in rows if row.state == State.WAITLISTED]) == PEOPLE - SEATS


def register(url: str, number: int, together: Barrier) -> Callable[[], str]:
    """Open the form, send it when everybody has theirs; return how to see where one stands."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(url, timeout=PATIENCE) as answer:
        form = BeautifulSoup(answer.read(), "lxml").select_one("main form")
    assert form
    values = {
        **filled(form),
        "given_names": "Person",
        "family_name": f"Number {number}",
        "entity_name": "Zambia",
        "email": f"person{number}@mission.example.org",
        "admission": "valid_pass",
    }
    together.wait(PATIENCE)
    with browser.open(url, urlencode(values).encode(), timeout=PATIENCE) as answer:
        own = answer.url

    def look() -> str:
        with browser.open(own, timeout=PATIENCE) as answer:
            verdict = BeautifulSoup(answer.read(), "lxml").select_one(".verdict strong")
        assert verdict
        return verdict.get_text(strip=True)

    return look
