"""The administrator opens an institution; the organiser makes an event of it and names the team."""

import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.e2e.hands import (
    choose,
    follow,
    heading,
    picture,
    press,
    says,
    sign_in,
    sign_in_by_code,
)
from tests.e2e.site import Site, text_of
from tools.running_demo import CHECKOUT

ZONES = ("Asia/Shanghai", "Europe/Zurich", "America/New_York", "Pacific/Honolulu")
TITLE = "Forum on Rural Internet"


def zone_at_noon() -> str:
    """Return the zone in which it is closest to noon now, so that a day's work fits into today."""
    return min(ZONES, key=lambda zone: abs(datetime.now(ZoneInfo(zone)).hour - 12))


def open_house(site: Site, administrator: Page, organiser: Page) -> Page:
    """Return the organiser's page, signed in, once an administrator has made the institution."""
    email, password = _make_administrator(site)
    sign_in(administrator, email, password, "/manage/institutions/new")
    page = administrator
    page.get_by_label("Name in English").fill("Ministry of Rural Affairs")
    choose(page, "Kind", "Ministry or commission")
    choose(page, "State", "Zambia")
    page.get_by_label("City").fill("Livingstone")
    page.locator("#zone").select_option(zone_at_noon())
    page.get_by_label("English", exact=True).check()
    page.get_by_label("Contact e-mail").fill("host@ministry.example.org")
    picture(page, "institution-new")
    press(page, "Save")
    page.get_by_label("Name", exact=True).fill("Olive Organiser")
    page.get_by_label("E-mail", exact=True).fill("olive@ministry.example.org")
    page.get_by_label("Organiser of the institution", exact=True).check()
    press(page, "Give the role")
    says(page, "Olive Organiser has the role now")
    picture(page, "institution-team")
    assert "Organiser of the institution" in text_of(site.letter_to("olive@ministry.example.org"))
    sign_in_by_code(organiser, site, "olive@ministry.example.org")
    return organiser


def _make_administrator(site: Site) -> tuple[str, str]:
    """Make the first account as one does on a new machine, and return what it prints."""
    command = [sys.executable, "-m", "eventhub", "create-admin", "ada@example.org"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=site.environment, capture_output=True, text=True, check=True
    )
    found = re.search(r"(\S+@\S+)\s+(\S+)", done.stdout)
    assert found, done.stdout
    return found[1], found[2]


def make_event(page: Page) -> str:
    """Make and publish an event of two days in 7 typed answers on 3 screens; return its slug."""
    first = today() + timedelta(days=60)
    last = first + timedelta(days=1)
    typed = 0

    def type_in(label: str, text: str) -> None:
        nonlocal typed
        field = page.get_by_label(label, exact=True)
        if field.input_value() != text:
            field.fill(text)
            typed += 1

    page.goto("/manage")
    follow(page, "Make the first event")
    page.get_by_label("Forum", exact=True).check()
    type_in("Title", TITLE)
    type_in("First day", first.isoformat())
    type_in("Last day", last.isoformat())
    type_in("City", "Livingstone")
    if page.locator("#zone").count():  # where it is noon in Zambia, there is nothing to choose
        page.locator("#zone").select_option(zone_at_noon())
    picture(page, "wizard-1-what")
    screens = [step_said(page)]
    press(page, "Save and continue")
    type_in("How many people can come?", "40")
    type_in("Reply deadline", f"{first - timedelta(days=20)}T12:00")
    type_in("E-mail address for questions", "forum@ministry.example.org")
    picture(page, "wizard-2-who")
    screens.append(step_said(page))
    press(page, "Save and continue")
    picture(page, "wizard-3-check")
    screens.append(step_said(page))
    press(page, "Publish the page")
    assert heading(page) == "The page is live"
    picture(page, "wizard-done")
    assert typed == 7
    assert screens == [f"Step {number} of 3" for number in (1, 2, 3)]
    assert "/manage/" in page.url
    return page.url.split("/manage/")[1].split("/")[0]


def do_without_letters(page: Page, slug: str) -> None:
    """Turn official letters off: whoever a focal point vouches for can be accredited."""
    page.goto(f"/manage/{slug}/settings/switches")
    page.locator("input[value=letters]").uncheck()
    press(page, "Save")


def rehearse(page: Page, slug: str) -> str:
    """Make a rehearsal of the event that is held today and tomorrow; return its slug.

    Without invented people, so that those of the test can be counted.
    """
    page.goto(f"/manage/{slug}/rehearse")
    assert page.get_by_label("First day of the rehearsal").input_value() == today().isoformat()
    page.get_by_label("invented people").uncheck()
    press(page, "Make the rehearsal")
    says(page, "The rehearsal is ready.")
    return page.url.partition("/manage/")[2].partition("?")[0]


def today() -> date:
    """Return the day that it is in the zone of the event."""
    return datetime.now(ZoneInfo(zone_at_noon())).date()


def step_said(page: Page) -> str:
    """Return which step of how many the page says it is."""
    return page.locator(".steps p").first.inner_text().partition(":")[0]


def name_team(page: Page, slug: str, team: dict[str, tuple[str, str]]) -> None:
    """Give roles at the event: name and e-mail address by the role's name."""
    page.goto(f"/manage/{slug}/team")
    for role, (name, email) in team.items():
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("E-mail", exact=True).fill(email)
        page.get_by_label(role, exact=True).check()
        press(page, "Give the role")
        says(page, f"{name} has the role now")
    picture(page, "event-team")
