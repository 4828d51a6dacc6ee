"""Acceptance scenario 14: three who have no family name pass form, mail, page and search."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from eventhub.demo import content
from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, employ, publish
from tests.e2e.hands import choose, follow, heading, picture, press, says, sign_in
from tests.e2e.site import Site, link_in, text_of

pytestmark = pytest.mark.browser

PEOPLE = tomllib.loads((Path(content.__file__).parent / "people.toml").read_text())["people"]
SEARCHED = {"P004": "alemayehu", "P005": "sriwah", "P015": "thiha naung"}
STATES = {"ETH": "Ethiopia", "IDN": "Indonesia", "MMR": "Myanmar"}
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@dataclass(frozen=True)
class Person:
    """One of them: the only name, an honorific, the State, and a piece to search by."""

    ident: str
    name: str
    honorific: str
    state: str
    piece: str


THREE = [
    Person(one["id"], one["given_names"], one["honorific"], STATES[one["entity"]], piece)
    for one in PEOPLE
    if (piece := SEARCHED.get(one["id"])) and not one["family_name"]
]


@BOTH
def test_scenario_14_one_page_mail_private_page_and_search(
    site: Site, new_page: NewPage, scripts: bool
) -> None:
    assert len(THREE) == len(SEARCHED)
    slug = publish(site, "side_event", "Side Event on Names")
    employ(site, slug, f"olga@{slug}.example.org", "event_owner")
    officer = new_page(java_script_enabled=scripts)
    sign_in(officer, f"olga@{slug}.example.org", PASSWORD)
    page = new_page(java_script_enabled=scripts)
    for person in THREE:
        email = f"{person.ident}@{slug}.example.org".lower()
        page.goto(f"/en/{slug}/register")
        page.get_by_label("Given names").fill(person.name)
        page.get_by_label("State or organization").fill(person.state)
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("I have one that is valid on that day").check()
        press(page, "Register")
        says(page, "Expected")
        follow(page, "Open my page")
        see_name(page, person.name)
        finds(officer, slug, person)
    for person in THREE:
        greeted(site, f"{person.ident}@{slug}.example.org".lower(), person)
    picture(page, "one-name-own")
    picture(officer, "one-name-found")


@BOTH
def test_scenario_14_steps_say_what_the_badge_will_say(
    site: Site, new_page: NewPage, scripts: bool
) -> None:
    slug = publish(site, "forum", "Forum on Names")
    page = new_page(java_script_enabled=scripts)
    for person in THREE:
        page.goto(f"/en/{slug}/register")
        page.get_by_label("Delegate", exact=True).check()
        choose(page, "State or organization", person.state)
        press(page, "Save and continue")
        page.get_by_label("Form of address").fill(person.honorific)
        page.get_by_label("Given names").fill(person.name)
        press(page, "Save and continue")
        says(page, f"On your badge: {person.name}")
        page.get_by_label("E-mail").fill(f"{person.ident}@{slug}.example.org".lower())
        page.get_by_label("Title of your post").fill("Adviser")
        press(page, "Save and continue")
        press(page, "Save and continue")
        assert heading(page) == "Check your answers, then send them"
        says(page, person.name)
        picture(page, f"one-name-check-{person.ident}")
        press(page, "Send my registration")
        says(page, "This is not yet a confirmation.")
        follow(page, "Open my page")
        see_name(page, f"{person.honorific} {person.name}")


def see_name(page: Page, name: str) -> None:
    """Hold the private page to the name as its owner writes it, whole and alone."""
    expect(page.locator(".name")).to_have_text(name)


def finds(page: Page, slug: str, person: Person) -> None:
    """Let the officer search by a piece of the name: one is found, by the whole name."""
    page.goto(f"/manage/{slug}/people?view=all")
    page.get_by_label("Search any script").fill(person.piece)
    page.locator(".filters").get_by_role("button").first.click()
    expect(page.locator(".waiting li .name")).to_have_text([person.name])


def greeted(site: Site, email: str, person: Person) -> None:
    """Hold the confirmation to the name, the private link and a calendar entry."""
    letter = site.letter_to(email)
    assert person.name in text_of(letter)
    assert link_in(letter, "/my/")
    files = {part.get_content_type(): part for part in letter.iter_attachments()}
    calendar = Calendar.from_ical(files["text/calendar"].get_payload(decode=True))
    [entry] = calendar.walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Side Event on Names"
