"""The pages that help each calendar program to subscribe."""

from urllib.parse import parse_qs, urlsplit

from flask import Flask

from eventhub.calendars.subscribing import Subscription
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.browser import Browser

HELP = "/en/xiamen-2026/calendar"
ADDRESS = "http://localhost/en/xiamen-2026/calendar.ics"


def test_each_program_is_led_to_the_address(browser: Browser, event: Event) -> None:
    page = browser.get(HELP)
    hrefs = [str(a["href"]) for a in page.soup.find_all("a", href=True)]
    assert "webcal://localhost/en/xiamen-2026/calendar.ics" in hrefs
    asked = {urlsplit(href).hostname: parse_qs(urlsplit(href).query) for href in hrefs}
    assert asked["calendar.google.com"]["cid"] == ["webcal:" + ADDRESS.removeprefix("http:")]
    for host in ("outlook.office.com", "outlook.live.com"):
        assert asked[host] == {"url": [ADDRESS], "name": ["The forum"]}
    names = " ".join(summary.text for summary in page.soup.find_all("summary"))
    for name in ("Outlook", "Google", "Android", "iPhone", "Mac", "Thunderbird"):
        assert name in names
    field = page.soup.find("input", id="address")
    assert field is not None
    assert field["value"] == ADDRESS


def test_code_and_copy_button_are_there_and_nothing_needs_a_script(
    browser: Browser, event: Event
) -> None:
    page = browser.get(HELP)
    assert page.soup.select_one(".choice-code svg title") is not None
    button = page.soup.find("button", attrs={"data-copies": "address"})
    assert button is not None
    assert button.has_attr("hidden")
    assert "Set-Cookie" not in page.response.headers


def test_help_reads_little_and_speaks_the_language_of_its_address(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    browser.get(HELP)
    statements.clear()
    page = browser.get("/fr/xiamen-2026/calendar")
    assert len(statements) <= 8
    assert "/fr/xiamen-2026/calendar.ics" in str(page.soup)


def test_private_page_names_the_secret_address_and_sends_no_referrer(
    browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    page = browser.get(f"/my/{token_of(delegate)}/calendar")
    assert f"webcal://localhost{own}" in str(page.soup)
    away = [a for a in page.soup.find_all("a", href=True) if a["href"].startswith("https://")]
    assert len(away) == 3
    assert all("noreferrer" in a["rel"] for a in away)
    assert token_of(delegate) not in " ".join(a["href"] for a in away)


def test_names_with_signs_stay_one_parameter(app: Flask) -> None:
    it = Subscription("https://x.example/a.ics", "/a.ics", "A & B = 主席?")
    assert parse_qs(urlsplit(it.outlook).query)["name"] == ["A & B = 主席?"]
