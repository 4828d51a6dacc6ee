"""What a person chooses of the own feed: language, reminders, which sessions (R3.6)."""

from datetime import timedelta

import pytest
from flask import Flask
from structlog.testing import capture_logs

from eventhub.calendars import feeds, queries, services
from eventhub.calendars.models import CalendarChoice
from eventhub.calendars.personal import PERSONAL
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.people.seams import Whose
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant, token_of
from tests.agenda.programmes import make_session, publish
from tests.browser import Browser
from tests.calendars.reading import FEED, fetched
from tests.factories import make_category, make_registration


@pytest.fixture
def page(delegate: Registration) -> str:
    """Return the address of the delegate's page about the calendar."""
    return f"/my/{token_of(delegate)}/calendar"


def choose(row: Registration, **given: object) -> None:
    values = {"language": "en", "alarm_minutes": None, "shows_all": False, **given}
    with transaction():
        services.choose_calendar(row, actor=registrant(row), **values)  # type: ignore[arg-type]


def test_r3_6_language_of_the_feed_is_the_subscribers_choice(
    browser: Browser, event: Event, delegate: Registration, own: str, page: str
) -> None:
    make_session(event, titles=Translated(en="Opening", fr="Ouverture"))
    publish(event)
    assert set(fetched(browser, own)) == {"Opening"}
    browser.get(page)
    said = browser.submit(language="fr")
    assert "Saved. Your calendar shows it the next time it looks." in said.text
    assert set(fetched(browser, own)) == {"Ouverture"}
    data = browser.get(own).response.data
    assert b"X-WR-CALNAME:Le forum" in data
    assert b"SUMMARY;LANGUAGE=fr:" in data


def test_r3_6_reminders_are_there_by_choice_and_in_no_public_feed(
    browser: Browser, event: Event, delegate: Registration, own: str, page: str
) -> None:
    make_session(event, titles=Translated(en="Opening"))
    make_session(event, titles=Translated(en="Lunch"), kind="break")
    publish(event)
    assert fetched(browser, own)["Opening"].walk("VALARM") == []
    for minutes in ("10", "30", "60", "1440"):
        browser.get(page)
        browser.submit(alarm=minutes)
        found = fetched(browser, own)
        (alarm,) = found["Opening"].walk("VALARM")
        assert alarm.decoded("TRIGGER") == -timedelta(minutes=int(minutes))
        assert found["Lunch"].walk("VALARM") == []
    assert b"VALARM" not in browser.get(FEED).response.data
    browser.get(page)
    assert browser.page.soup.find("option", value="1440", selected=True) is not None
    browser.submit(alarm="")
    assert fetched(browser, own)["Opening"].walk("VALARM") == []


def test_all_sessions_or_those_chosen(
    browser: Browser, event: Event, delegate: Registration, own: str, page: str
) -> None:
    one = make_session(event, titles=Translated(en="One"))
    make_session(event, titles=Translated(en="Two"))
    publish(event)
    with transaction():
        services.choose_sessions(delegate, [one.ref], actor=registrant(delegate))
    assert set(fetched(browser, own)) == {"One"}
    browser.get(page)
    browser.submit(shows="all")
    assert set(fetched(browser, own)) == {"One", "Two"}
    assert queries.starred_by(delegate) == {one.ref}


@pytest.mark.parametrize("wrong", [{"alarm": "5"}, {"language": "xx"}, {"shows": "none"}])
def test_what_is_not_offered_is_refused_beside_its_field(
    browser: Browser, event: Event, delegate: Registration, page: str, wrong: dict[str, str]
) -> None:
    browser.get(page)
    refused = browser.submit(**wrong)
    assert refused.status == 422
    assert refused.soup.select(".field-wrong")
    assert db.session.get(CalendarChoice, delegate.id) is None


def test_choices_change_the_etag_and_304_reads_little(
    browser: Browser, event: Event, delegate: Registration, own: str, statements: list[str]
) -> None:
    make_session(event)
    publish(event)
    etag = browser.get(own).response.headers["ETag"]
    for given in ({"alarm_minutes": 10}, {"shows_all": True}, {"language": "fr"}):
        choose(delegate, **given)
        page = browser.get(own, **{"If-None-Match": etag})
        assert page.status == 200
        etag = page.response.headers["ETag"]
    statements.clear()
    assert browser.get(own, **{"If-None-Match": etag}).status == 304
    assert len(statements) <= 4


def test_body_says_nothing_of_when_it_is_fetched(browser: Browser, event: Event, own: str) -> None:
    make_session(event)
    publish(event)
    first = browser.get(own).response
    later = browser.get(own).response
    assert first.data == later.data
    assert first.headers["ETag"] == later.headers["ETag"]


def test_whoever_fetches_it_whole_again_and_again_waits(
    browser: Browser, event: Event, own: str
) -> None:
    make_session(event)
    publish(event)
    answers = [browser.get(own) for _n in range(61)]
    assert [page.status for page in answers] == [200] * 60 + [429]
    known = {"If-None-Match": answers[0].response.headers["ETag"]}
    assert browser.get(own, **known).status == 304


def test_whoever_guesses_addresses_waits(browser: Browser, event: Event, own: str) -> None:
    answers = [browser.get(f"/my/GUESS{n:020}/calendar.ics").status for n in range(61)]
    assert answers == [404] * 60 + [429]
    assert browser.get(own).status == 200


def test_address_is_never_logged_even_where_the_feed_breaks(
    app: Flask,
    browser: Browser,
    event: Event,
    own: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_given: object) -> bytes:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(feeds, "personal_feed", broken)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    try:
        with capture_logs() as ours:
            assert browser.get(own).status == 500
    finally:
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None
    (line,) = ours
    assert str(line["exc_info"]) == "disk on fire"
    assert own.split("/")[2] not in f"{ours} {caplog.text}"


def test_feed_of_an_erased_person_is_gone(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    assert browser.get(own).status == 200
    with transaction():
        delegate.erased_at = delegate.created_at
    assert browser.get(own).status == 404


def test_choices_are_in_the_copy_of_ones_data_and_are_erased(
    event: Event, delegate: Registration
) -> None:
    choose(delegate, alarm_minutes=30, language="fr")
    whose = Whose("x", event_id=event.id, registration_id=delegate.id)
    (row,) = PERSONAL.export(whose).rows["calendar_choice"]
    assert (row["language"], row["alarm_minutes"]) == ("fr", 30)
    with transaction():
        PERSONAL.erase(whose, actor=registrant(delegate))
    assert db.session.get(CalendarChoice, delegate.id) is None


def test_choices_of_one_are_not_anothers(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    other = make_registration(event, make_category(event, "HOD"), state="accredited")
    make_session(event, titles=Translated(en="Opening", fr="Ouverture"))
    publish(event)
    choose(other, language="fr", alarm_minutes=10)
    found = fetched(browser, own)
    assert set(found) == {"Opening"}
    assert found["Opening"].walk("VALARM") == []
