"""Finding one's registration again: a link by mail, and the draft it leads back to."""

import re

from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.registration.queries import token_of
from tests.browser import Browser, Page
from tests.registration.paths import (
    make_forum,
    registrations,
    sent_in,
    start,
)


class TestFind:
    def ask(self, browser: Browser, event: Event, email: str) -> Page:
        browser.get(f"/en/{event.slug}/find")
        return browser.submit(email=email)

    def code(self, app: Flask) -> str:
        """Return the digits in the newest mail that left the house."""
        run_due(app)
        folder = app.extensions["eventhub.settings"].folder("mail")
        newest = max(folder.glob("*.eml"), key=lambda path: path.name)
        found = re.search(r"\b(\d{3}) ?(\d{3})\b", newest.read_text())
        assert found is not None
        return found.group(1) + found.group(2)

    def test_code_opens_every_registration_of_a_shared_mailbox(
        self, app: Flask, browser: Browser
    ) -> None:
        event, other = make_forum(), make_forum()
        for name in ("Chanda", "Mutale"):
            sent_in(browser, event, given_names=name, email="mission@example.org")
        sent_in(browser, event, given_names="Stranger", email="else@example.org")
        sent_in(browser, other, given_names="Elsewhere", email="mission@example.org")
        start(browser, event)
        page = self.ask(browser, event, "Mission@Example.org")
        assert "a code is on its way" in page.text
        page = browser.submit(code=self.code(app))
        assert page.response.request.path.endswith("/find/list")
        assert "Chanda Mwila" in page.text
        assert "Mutale Mwila" in page.text
        assert "Stranger" not in page.text
        assert "Elsewhere" not in page.text
        links = [a["href"] for a in page.soup.select(".tasks a")]
        assert browser.get(links[0]).status == 200

    def test_known_and_unknown_addresses_get_one_answer(self, app: Flask, browser: Browser) -> None:
        event = make_forum()
        sent_in(browser, event, email="known@example.org")
        known = self.ask(browser, event, "known@example.org").text
        unknown = self.ask(browser, event, "nobody@example.org").text
        assert known.replace("known@", "nobody@") == unknown
        run_due(app)
        query = select(OutboxMail.to).where(
            OutboxMail.message == "people.code", OutboxMail.state == "sent"
        )
        assert list(db.session.scalars(query)) == ["known@example.org"]

    def test_wrong_code_is_told_at_its_field_and_tries_end(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum()
        sent_in(browser, event, email="known@example.org")
        self.ask(browser, event, "known@example.org")
        good = self.code(app)
        bad = f"{(int(good) + 1) % 1_000_000:06d}"
        for _ in range(5):
            page = browser.submit(code=bad)
            assert page.status == 422
            assert page.errors()
        assert browser.submit(code=good).status == 422

    def test_list_needs_a_code_and_ends_after_half_an_hour(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum()
        sent_in(browser, event, email="known@example.org")
        url = f"/en/{event.slug}/find/list"
        assert browser.get(url).response.request.path.endswith("/find")
        self.ask(browser, event, "known@example.org")
        browser.submit(code=self.code(app))
        assert browser.get(url).response.request.path == url
        with clock.at(clock.now().replace(year=clock.now().year + 1)):
            assert browser.get(url).response.request.path.endswith("/find")

    def test_code_page_without_an_address_asks_for_one(self, browser: Browser) -> None:
        event = make_forum()
        page = browser.get(f"/en/{event.slug}/find/code")
        assert page.response.request.path.endswith("/find")

    def test_asking_too_often_is_slowed_down(self, browser: Browser) -> None:
        event = make_forum()
        for _ in range(6):
            assert self.ask(browser, event, "known@example.org").status == 200
        assert self.ask(browser, event, "known@example.org").status == 429


def test_letter_with_the_link_to_a_draft_leads_back_to_it(app: Flask, browser: Browser) -> None:
    event = make_forum()
    start(browser, event)
    row = registrations(event)[0]
    browser.get(f"/en/{event.slug}/register/{token_of(row)}/later")
    browser.submit(email="later@example.org")
    run_due(app)
    folder = app.extensions["eventhub.settings"].folder("mail")
    text = max(folder.glob("*.eml")).read_text().replace("=\n", "")
    found = re.search(r"http://localhost(/en/\S+?/resume/\d{8}/\w+)", text)
    assert found is not None, text
    assert "Step 2 of 4" in Browser(app).get(found.group(1)).text
