"""The organiser writes the programme: rooms, sessions, a speaker, a clash told, a publication."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import Page

from tests.e2e.hands import choose, download, follow, heading, picture, press, says
from tests.e2e.setting_up import zone_at_noon

OPENING, PANEL = "Opening of the forum", "Masts and cables"


def write_programme(page: Page, slug: str) -> None:
    """Add two rooms, two sessions that clash, and a speaker; put right what clashes; publish."""
    for name, code, seats in (("Great Hall", "HALL", "200"), ("Blue Room", "BLUE", "40")):
        page.goto(f"/manage/{slug}/programme/rooms/new")
        page.get_by_label("Name in English").fill(name)
        page.get_by_label("Code").fill(code)
        page.get_by_label("Seats").fill(seats)
        press(page, "Add the room")
    soon = datetime.now(ZoneInfo(zone_at_noon())) + timedelta(minutes=5)
    _add_session(page, slug, "1", OPENING, soon, counts=True)
    _add_session(page, slug, "2", PANEL, soon + timedelta(minutes=30))
    says(page, "2 sessions clash")
    says(page, "Great Hall")
    picture(page, "programme-clash")
    follow(page, re.compile(PANEL))
    choose(page, "Room", "Blue Room")
    press(page, "Save the session")
    says(page, "Nothing clashes")
    _name_speaker(page, slug)
    page.goto(f"/manage/{slug}/programme")
    picture(page, "programme")
    follow(page, "Publish the programme")
    picture(page, "programme-publish")
    press(page, re.compile("^Publish "))
    says(page, "is published")


def _add_session(
    page: Page, slug: str, code: str, title: str, starts: datetime, *, counts: bool = False
) -> None:
    page.goto(f"/manage/{slug}/programme")
    follow(page, "Add a session")
    page.get_by_label("Title in English").fill(title)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("Starts", exact=True).fill(f"{starts:%H:%M}")
    page.get_by_label("Ends", exact=True).fill(f"{starts + timedelta(minutes=60):%H:%M}")
    choose(page, "Room", "Great Hall")
    if counts:
        page.get_by_text("Certificate", exact=True).click()
        page.get_by_label("Counts for the certificate").check()
    press(page, "Add the session")
    says(page, title)


def _name_speaker(page: Page, slug: str) -> None:
    page.goto(f"/manage/{slug}/programme/speakers/new")
    page.get_by_label("Name as printed").fill("Sina SPEAKER")
    page.get_by_label(re.compile("^Post in English")).fill("Professor of Networks")
    press(page, "Add the speaker")
    page.goto(f"/manage/{slug}/programme")
    follow(page, re.compile(OPENING))
    follow(page, "Say who speaks")
    page.get_by_label("Speaker").first.select_option(label="Sina SPEAKER")
    press(page, "Save who speaks")


def read_programme(page: Page, slug: str) -> None:
    """Read the public programme as anybody does, and put it into a calendar."""
    page.goto(f"/en/{slug}")
    follow(page, "Programme")
    says(page, OPENING)
    picture(page, "public-programme")
    follow(page, OPENING)
    assert heading(page) == OPENING
    says(page, "Sina SPEAKER")
    picture(page, "public-session")
    file = download(page.get_by_role("link", name="Put this session into your calendar"))
    [entry] = Calendar.from_ical(file).walk("VEVENT")
    assert OPENING in str(entry["SUMMARY"])
    whole = page.request.get(f"/en/{slug}/calendar.ics")
    titles = [str(one["SUMMARY"]) for one in Calendar.from_ical(whole.body()).walk("VEVENT")]
    assert any(OPENING in title for title in titles)
    assert any(PANEL in title for title in titles)
