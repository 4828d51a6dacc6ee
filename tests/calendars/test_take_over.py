"""A choice made without signing in, taken over into one's own programme."""

import pytest
from bs4 import Tag

from eventhub.calendars.queries import starred_by
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.agenda.programmes import make_session, publish
from tests.browser import Browser


@pytest.fixture
def page(delegate: Registration) -> str:
    """Return the address of the delegate's programme."""
    return f"/my/{token_of(delegate)}/programme"


def ticked(browser: Browser) -> set[str]:
    """Return the sessions ticked on the present page."""
    return {str(box["value"]) for box in browser.page.soup.select("[name=sessions][checked]")}


def saving(browser: Browser) -> Tag:
    return browser.page.form(action="/programme")


def test_address_of_a_choice_ticks_its_sessions_and_saving_keeps_them(
    browser: Browser, event: Event, delegate: Registration, page: str
) -> None:
    one, two, three = (make_session(event).ref for _number in range(3))
    publish(event)
    browser.get(page)
    browser.submit(saving(browser), sessions=[one])
    address = f"http://localhost/en/xiamen-2026/programme/mine?tz=UTC&s={one}.{two}.gone"
    for given in (address, f"{one}.{two}"):
        shown = browser.client.get(page, query_string={"choice": given})
        assert shown.status_code == 200
        browser.get(f"{page}?choice={given.replace('&', '%26').replace('?', '%3F')}")
        assert ticked(browser) == {one, two}
        assert "One session of that choice is ticked too." in browser.page.text
    assert starred_by(delegate) == {one}
    browser.submit(saving(browser))
    assert starred_by(delegate) == {one, two}
    assert three not in starred_by(delegate)


@pytest.mark.parametrize("given", ["hello", "http://[", "?s=", "%%%", "a" * 5000])
def test_address_without_sessions_is_told_by_its_field(
    browser: Browser, event: Event, page: str, given: str
) -> None:
    make_session(event)
    publish(event)
    answer = browser.client.get(page, query_string={"choice": given})
    assert answer.status_code == 422
    assert "No session that is open to you stands in this address." in answer.text


def test_private_session_is_not_taken_over_by_who_is_not_admitted(
    browser: Browser, event: Event, page: str
) -> None:
    make_session(event)
    private = make_session(event, access="private")
    publish(event)
    answer = browser.client.get(page, query_string={"choice": private.ref})
    assert answer.status_code == 422
