"""The menu of an event: short, the same places for everybody, each page found."""

import pytest
from flask import Flask

from eventhub.events.rules import PRESETS
from tests.browser import Browser, Page
from tests.factories import give, make_account, make_event


def entries(page: Page) -> list[str]:
    return [link.text for link in page.soup.select(".menu.side a")]


def tabs(page: Page) -> dict[str, str]:
    return {str(link.text): str(link["href"]) for link in page.soup.select("main > nav.tabs a")}


@pytest.mark.parametrize(("preset", "most"), [("forum", 9), ("side_event", 6), ("seminar", 7)])
def test_menu_is_as_short_as_its_preset_promises(
    app: Flask, browser: Browser, preset: str, most: int
) -> None:
    event = make_event(preset=preset, switches=list(PRESETS[preset].switches))
    owner = make_account()
    give(owner, "event_owner", event)
    page = browser.sign_in(owner).get(f"/manage/{event.slug}")
    assert len(entries(page)) <= most
    assert entries(page)[0] == "Home"
    assert entries(page)[-1] == "Settings"


def test_pages_of_the_day_are_tabs_of_one_entry(app: Flask, browser: Browser) -> None:
    event = make_event(preset="seminar", switches=list(PRESETS["seminar"].switches))
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/floor")
    assert list(tabs(page)) == [
        "Who is here",
        "Badges",
        "Name plates",
        "Designs",
        "Desk",
        "Roll call",
    ]
    for label, url in tabs(page).items():
        there = browser.get(url)
        assert there.status == 200
        assert there.soup.select_one(".menu.side [aria-current]").text == "On the day"  # type: ignore[union-attr]
        assert there.soup.select_one("main > nav.tabs [aria-current]").text == label  # type: ignore[union-attr]
    assert not tabs(browser.get(f"/manage/{event.slug}")), "one page has no tabs"


def test_attendance_is_a_tab_beside_certificates(app: Flask, browser: Browser) -> None:
    event = make_event(preset="seminar", switches=list(PRESETS["seminar"].switches))
    owner = make_account()
    give(owner, "event_owner", event)
    page = browser.sign_in(owner).get(f"/manage/{event.slug}/attendance")
    assert list(tabs(page)) == ["Certificates", "Attendance"]
    assert page.soup.select_one(".menu.side [aria-current]").text == "Certificates"  # type: ignore[union-attr]
    assert page.soup.select_one("main > nav.tabs [aria-current]").text == "Attendance"  # type: ignore[union-attr]


def test_who_only_prints_badges_comes_to_them_by_the_same_entry(
    app: Flask, browser: Browser
) -> None:
    event = make_event(preset="forum", switches=list(PRESETS["forum"].switches))
    officer = make_account()
    give(officer, "secretariat", event)
    page = browser.sign_in(officer).get(f"/manage/{event.slug}")
    link = next(a for a in page.soup.select(".menu.side a") if a.text == "On the day")
    assert link["href"] == f"/manage/{event.slug}/badges"


def test_team_is_found_among_the_settings(app: Flask, browser: Browser) -> None:
    event = make_event()
    owner = make_account()
    give(owner, "event_owner", event)
    page = browser.sign_in(owner).get(f"/manage/{event.slug}/settings")
    assert page.soup.select_one(f"main a[href='/manage/{event.slug}/team']")
    page = browser.get(f"/manage/{event.slug}/team")
    assert page.soup.select_one(".menu.side [aria-current]").text == "Settings"  # type: ignore[union-attr]
