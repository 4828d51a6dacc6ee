"""When a registration is taken: photos that wait, once only, drafts, the window, full events."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.keys import links
from eventhub.mail.models import OutboxMail
from eventhub.registration.models import Pool
from eventhub.registration.queries import resume_token
from tests.browser import Browser
from tests.registration.factories import mails
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    category,
    hidden,
    make_forum,
    make_side_event,
    only,
    registrations,
    side_register,
    start,
    to_check,
)


class TestOnce:
    def test_form_sent_twice_is_one_registration(self, browser: Browser) -> None:
        event = make_side_event()
        page = browser.get(f"/en/{event.slug}/register")
        data = {**ONE_PAGE, **hidden(page)}
        first = browser.post(f"/en/{event.slug}/register", data)
        second = browser.post(f"/en/{event.slug}/register", data)
        assert first.response.request.path == second.response.request.path
        assert only(event).state == "accredited"
        assert len(mails(event)) == 1

    def test_first_step_sent_twice_is_one_draft_and_a_step_twice_is_no_conflict(
        self, browser: Browser
    ) -> None:
        event = make_forum()
        page = browser.get(f"/en/{event.slug}/register")
        data = {"category": category(event), "entity": "ZMB", **hidden(page)}
        browser.post(f"/en/{event.slug}/register", data)
        page = browser.post(f"/en/{event.slug}/register", data)
        assert only(event).state == "draft"
        data, url = {**NAMES, **hidden(page)}, page.response.request.path
        browser.post(url, data)
        assert "Step 3 of 4" in browser.post(url, data).text

    def test_sending_twice_sends_once(self, browser: Browser) -> None:
        event = make_forum()
        page = to_check(browser, event)
        url, data = page.response.request.path, hidden(page)
        browser.post(url, data)
        assert browser.post(url, data).response.request.path.endswith("/sent")
        assert len(mails(event)) == 1

    def test_two_people_with_the_same_names_are_two(self, browser: Browser) -> None:
        event = make_side_event()
        side_register(browser, event)
        side_register(browser, event)
        assert [row.number for row in registrations(event)] == [1, 2]

    def test_second_of_two_tabs_is_told_and_loses_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        url = browser.page.response.request.path
        old = browser.get(url)
        browser.get(url)
        browser.submit(**NAMES)
        page = browser.post(url, {**hidden(old), **NAMES, "given_names": "Mutale"})
        assert page.status == 422
        assert "changed in another window" in page.text
        assert page.soup.select("[name=given_names]")[0]["value"] == "Mutale"
        assert only(event).given_names == "Chanda"
        browser.submit()
        assert only(event).given_names == "Mutale"


class TestLater:
    def test_r1_28_link_by_mail_opens_the_draft_on_another_device(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**NAMES, press="later=1")
        assert "Continue later" in page.text
        page = browser.submit(email="chanda@example.org")
        assert "on its way to chanda@example.org" in page.text
        row = only(event)
        assert (row.email, row.given_names) == ("chanda@example.org", "Chanda")
        assert mails(event) == [("resume", "chanda@example.org")]
        until = (clock.now() + timedelta(days=14)).date()
        (letter,) = db.session.query(OutboxMail).filter_by(event_id=event.id)
        assert letter.ids["until"] == until.isoformat()
        link = f"/en/{event.slug}/resume/{until:%Y%m%d}/{resume_token(row, until)}"
        page = Browser(app).get(link)
        assert "Step 3 of 4" in page.text
        assert "Chanda MWILA" in page.text

    def test_link_ends_after_fourteen_days_and_cannot_be_stretched(
        self, app: Flask, browser: Browser
    ) -> None:
        event = make_forum(registration_closes_at=clock.now() + timedelta(days=60))
        start(browser, event)
        row = only(event)
        until = (clock.now() + timedelta(days=14)).date()
        token = resume_token(row, until)
        later = until + timedelta(days=1)
        good = f"/en/{event.slug}/resume/{until:%Y%m%d}/{token}"
        assert browser.get(f"/en/{event.slug}/resume/{later:%Y%m%d}/{token}").status == 404
        assert browser.get(f"/en/{event.slug}/resume/nonsense/{token}").status == 404
        assert browser.get(good).status == 200
        with clock.at(datetime.combine(later, datetime.min.time(), UTC)):
            page = browser.get(good)
        assert page.status == 404
        assert "I lost my link" in page.text

    def test_forged_links_open_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        row = only(event)
        forged = row.ref + "A" * 16
        other_kind = links.token("badge", row.ref, row.link_number)
        for token in (forged, other_kind, row.ref, "", "é" * 26, "\u0000" * 26):
            page = browser.get(f"/en/{event.slug}/register/{token}/names")
            assert page.status == 404


class TestWindow:
    CLOSES = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)
    """23:59 in Shanghai."""

    def forum(self, **given: Any) -> Event:
        return make_forum(
            starts_on=datetime(2026, 4, 1, tzinfo=UTC).date(),
            registration_closes=datetime(2026, 3, 1, 23, 59),  # noqa: DTZ001  (wall time)
            registration_closes_at=self.CLOSES,
            **given,
        )

    def test_closed_not_yet_open_and_stopped_say_so(self, browser: Browser) -> None:
        event = self.forum()
        with clock.at(self.CLOSES + timedelta(minutes=1)):
            page = browser.get(f"/en/{event.slug}/register")
        assert "Registration is closed" in page.text
        assert "23:59" in page.text
        opens = self.forum(registration_opens_at=self.CLOSES - timedelta(days=1))
        with clock.at(self.CLOSES - timedelta(days=2)):
            assert "not open yet" in browser.get(f"/en/{opens.slug}/register").text
        stopped = self.forum(state="postponed")
        with clock.at(self.CLOSES - timedelta(days=2)):
            assert "stopped" in browser.get(f"/en/{stopped.slug}/register").text

    def test_scenario_13_begun_at_23_58_and_sent_at_00_10_is_accepted_and_marked(
        self, browser: Browser
    ) -> None:
        event = self.forum()
        with clock.at(self.CLOSES - timedelta(minutes=1)):
            start(browser, event)
            browser.submit(**NAMES)
        with clock.at(self.CLOSES + timedelta(minutes=11)):
            browser.submit(**CONTACT)
            browser.submit()
            page = browser.submit()
        assert "Received" in page.text
        assert only(event).is_late

    def test_scenario_13_at_00_16_it_is_late(self, browser: Browser) -> None:
        event = self.forum()
        with clock.at(self.CLOSES - timedelta(minutes=1)):
            start(browser, event)
            browser.submit(**NAMES)
        with clock.at(self.CLOSES + timedelta(minutes=17)):
            page = browser.submit(**CONTACT)
        assert page.status == 422
        assert "Registration has closed." in page.text
        (email,) = page.soup.select("[name=email]")
        assert email["value"] == CONTACT["email"], "what was typed is kept"
        assert only(event).state == "draft"

    def test_r1_14_one_page_handed_out_in_time_is_taken_within_the_grace(
        self, browser: Browser
    ) -> None:
        event = make_side_event(registration_closes_at=self.CLOSES)
        url = f"/en/{event.slug}/register"
        with clock.at(self.CLOSES - timedelta(seconds=30)):
            page = browser.get(url)
        data = {**ONE_PAGE, **hidden(page)}
        with clock.at(self.CLOSES + timedelta(minutes=16)):
            late = browser.post(url, data)
            assert (late.status, "Registration has closed." in late.text) == (422, True)
            assert "It closed on" in late.text
            assert "is open until" not in late.text
            assert late.soup.select(f"[name=family_name][value={ONE_PAGE['family_name']}]")
        with clock.at(self.CLOSES + timedelta(minutes=14)):
            assert browser.post(url, {**data, "issued": "1772380700." + "0" * 32}).status == 422
            assert browser.post(url, {**data, "issued": ""}).status == 422
            assert "Expected" in browser.post(url, data).text
        assert only(event).is_late

    def test_stamp_of_another_event_counts_for_nothing(self, browser: Browser) -> None:
        event = make_side_event(registration_closes_at=self.CLOSES)
        other = make_side_event(registration_closes_at=self.CLOSES)
        with clock.at(self.CLOSES - timedelta(seconds=30)):
            data = {**ONE_PAGE, **hidden(browser.get(f"/en/{other.slug}/register"))}
        with clock.at(self.CLOSES + timedelta(minutes=5)):
            page = browser.post(f"/en/{event.slug}/register", data)
            assert (page.status, "Registration has closed." in page.text) == (422, True)


class TestFull:
    def test_full_event_lets_people_wait_and_says_their_place(self, browser: Browser) -> None:
        event = make_side_event(places=1)
        side_register(browser, event)
        page = browser.get(f"/en/{event.slug}/register")
        assert "All places are taken" in page.text
        page = browser.submit(**{**ONE_PAGE, "given_names": "Mutale"})
        assert "Waiting list, place 1" in page.text
        assert [row.state for row in registrations(event)] == ["accredited", "waitlisted"]

    def test_full_event_without_waiting_list_refuses(self, browser: Browser) -> None:
        event = make_side_event(places=1)
        before = browser.get(f"/en/{event.slug}/register")
        data = {**ONE_PAGE, **hidden(before)}
        side_register(browser, event)
        with transaction():
            db.session.execute(
                update(Pool).where(Pool.event_id == event.id).values(when_full="refuse")
            )
        page = browser.get(f"/en/{event.slug}/register")
        assert "All places are taken" in page.text
        assert not page.soup.select("main form")
        page = browser.post(f"/en/{event.slug}/register", data)
        assert page.status == 422
        assert "All places are taken." in page.text
        assert len(registrations(event)) == 1


def test_pages_of_drafts_are_kept_by_no_cache(browser: Browser) -> None:
    start(browser, make_forum())
    assert browser.page.response.headers["Cache-Control"] == "no-store"
