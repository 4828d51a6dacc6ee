"""Event page and complete registration: under 40 KB on the wire, eight statements a page."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event as happening

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.events.queries import categories_of
from eventhub.web.headers import LEVEL, SMALLEST
from tests.browser import Browser, Page
from tests.factories import make_registration
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    category,
    make_forum,
    make_seminar,
    make_side_event,
    photo,
    registrations,
    side_register,
    to_check,
)

MOST_BYTES = 40_000
MOST_STATEMENTS = 8
LANGUAGES = ["en", "zh", "ar"]


class Wire(Browser):
    """A browser with a cold cache that weighs all bodies, packed as the server packs them."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.weights: list[tuple[str, int]] = []
        self.assets: set[str] = set()

    def _request(self, method: str, url: str, *, follow: bool, **given: object) -> Page:
        page = super()._request(method, url, follow=follow, **given)
        for answer in (*page.response.history, page.response):
            self._weigh(f"{method} {answer.request.path}", answer.get_data())
        for link in page.soup.select("link[rel=stylesheet], link[rel=icon], img[src]"):
            address = str(link.get("href") or link.get("src"))
            if address not in self.assets and "photo.jpg" not in address:
                self.assets.add(address)
                self._weigh(address, self.client.get(address).get_data())
        return page

    def _weigh(self, what: str, body: bytes) -> None:
        packed = gzip.compress(body, LEVEL, mtime=0) if len(body) >= SMALLEST else body
        self.weights.append((what, len(packed)))

    @property
    def total(self) -> int:
        """Return the bytes of all bodies."""
        return sum(size for _what, size in self.weights)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements run inside the block."""
    ran: list[str] = []

    def note(*given: object) -> None:
        if not str(given[2]).startswith("BEGIN"):
            ran.append(str(given[2]))

    happening.listen(db.engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        happening.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def reference(app: Flask) -> None:
    """Load all States and organizations."""
    with transaction():
        load_reference(actor=SYSTEM)


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_forum_from_event_page_to_acknowledgement_weighs_less_than_40_kb(
    app: Flask, lang: str
) -> None:
    event, wire = make_forum(languages=["en", "fr", "zh", "ar"]), Wire(app)
    wire.get(f"/{lang}/{event.slug}")
    wire.get(f"/{lang}/{event.slug}/register")
    wire.submit(category=category(event), entity="ZMB")
    wire.submit(**NAMES)
    wire.submit(**CONTACT)
    wire.submit(photo=photo(), answer_diet=["vegan"], needs_consent="y")
    page = wire.submit()
    assert page.response.request.path.endswith("/sent")
    assert registrations(event)[0].state == "submitted"
    assert wire.total < MOST_BYTES, wire.weights


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_side_event_weighs_less_than_40_kb(app: Flask, lang: str) -> None:
    event, wire = make_side_event(languages=["en", "fr", "zh", "ar"]), Wire(app)
    wire.get(f"/{lang}/{event.slug}")
    page = side_register(wire, event, lang, **ONE_PAGE)
    assert page.response.request.path.endswith("/sent")
    assert wire.total < MOST_BYTES, wire.weights


@pytest.mark.usefixtures("reference")
def test_every_page_of_a_draft_takes_eight_statements(app: Flask, browser: Browser) -> None:
    for event in (make_forum(), make_seminar()):
        to_check(browser, event)
        base = browser.page.response.request.path.removesuffix("/check")
        with counted() as first:
            browser.get(f"/en/{event.slug}/register")
        assert len(first) <= MOST_STATEMENTS, first
        for step in ("who", "names", "contact", "needs", "check", "later"):
            with counted() as ran:
                assert browser.get(f"{base}/{step}").status == 200
            assert len(ran) <= MOST_STATEMENTS, (step, ran)


@pytest.mark.usefixtures("reference")
def test_one_page_takes_as_many_statements_for_a_hundred_as_for_none(
    app: Flask, browser: Browser
) -> None:
    event = make_side_event()
    counts = []
    for _ in range(2):
        browser.get(f"/en/{event.slug}/register")
        with counted() as ran:
            browser.get(f"/en/{event.slug}/register")
        counts.append(len(ran))
        for number in range(20):
            make_registration(event, categories_of(event.id)[0], given_names=f"N{number}")
    assert counts[0] == counts[1] <= MOST_STATEMENTS
