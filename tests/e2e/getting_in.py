"""A delegate registers, the focal point vouches, the officer accredits."""

import re
from dataclasses import dataclass
from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Page

from eventhub.rehearsals.portraits import portrait_of
from tests.e2e.hands import choose, follow, heading, picture, press, read_codes, says
from tests.e2e.site import Site, link_in, text_of


@dataclass(frozen=True)
class Person:
    """Somebody who registers; `key` draws the portrait."""

    key: str
    given_names: str
    family_name: str
    email: str
    language: str = "English"


def register(page: Page, slug: str, person: Person, *, language: str = "en") -> str:
    """Go the path of four steps from the event's page; return the address of the private page."""
    page.goto(f"/{language}/{slug}")
    picture(page, "event-page")
    follow(page, "Register")
    page.get_by_label("Delegate", exact=True).check()
    page.get_by_label("State or organization").first.select_option("ZMB")
    picture(page, "register-1-who")
    press(page, "Save and continue")
    page.get_by_label("Given names").fill(person.given_names)
    page.get_by_label("Family name").fill(person.family_name)
    picture(page, "register-2-names")
    press(page, "Save and continue")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Title of your post").fill("Director of Networks")
    choose(page, "Language of our letters to you", person.language)
    picture(page, "register-3-contact")
    press(page, "Save and continue")
    page.get_by_label("Photo").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portrait_of(person.key, "f")}
    )
    picture(page, "register-4-needs")
    press(page, "Save and continue")
    assert heading(page) == "Check your answers, then send them"
    says(page, "Photo received.")
    picture(page, "register-5-check")
    press(page, "Send my registration")
    says(page, "This is not yet a confirmation.")
    picture(page, "register-6-sent")
    address = page.get_by_role("link", name="Open my page").get_attribute("href")
    assert address
    return address


def check_acknowledgement(site: Site, person: Person, address: str) -> None:
    """Hold the first letter to what it must say, and to the link it must bring."""
    letter = site.letter_to(person.email)
    assert "This is not yet a confirmation." in text_of(letter)
    assert link_in(letter, "/my/") == site.base + address.partition("?")[0]
    assert not list(letter.iter_attachments())


def see_caught_letter(page: Page, slug: str, person: Person) -> None:
    """Let the organiser of a rehearsal read the letter that was not let out."""
    page.goto(f"/manage/{slug}/messages")
    row = page.locator("tr", has_text=person.email).filter(has_text="Caught")
    row.get_by_role("link").first.click()
    says(page, "This is not yet a confirmation.")
    picture(page, "message-caught")


def name_focal_point(page: Page, slug: str, name: str, email: str) -> None:
    """Let the organiser name the focal point of the delegation that opened by itself."""
    page.goto(f"/manage/{slug}/delegations")
    picture(page, "delegations")
    follow(page, "Zambia")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)
    press(page, "Name and write to this person")
    says(page, f"Focal point: {name}")


def vouch(page: Page, name: str) -> None:
    """Let the focal point, signed in, find the delegation and vouch for its people."""
    page.goto("/manage")
    picture(page, "focal-point-home")
    follow(page, "Zambia")
    says(page, name)
    picture(page, "delegation")
    press(page, "Vouch for those chosen")
    says(page, "Nominated")


def accredit(page: Page, slug: str, name: str) -> None:
    """Let the officer accredit by the keyboard, take it back, and accredit by the button."""
    page.goto(f"/manage/{slug}/people")
    says(page, name)
    picture(page, "queue")
    page.keyboard.press("p")
    page.get_by_text("The photo is accepted.").wait_for()
    page.keyboard.press("a")
    undo = page.locator(".undo")
    undo.wait_for()
    assert name in undo.inner_text()
    picture(page, "queue-held")
    page.keyboard.press("u")
    undo.wait_for(state="detached")
    page.goto(f"/manage/{slug}/people")
    press(page, re.compile("^Accredit"), within=".decide")
    page.locator(".undo").wait_for()


def check_confirmation(site: Site, person: Person, number: int, folder: Path) -> str:
    """Return what the letter's QR code says; hold its calendar file to the event."""
    letter = site.letter_to(person.email, number)
    files = {part.get_content_type(): part for part in letter.iter_attachments()}
    calendar = Calendar.from_ical(files["text/calendar"].get_payload(decode=True))
    assert calendar["METHOD"] == "PUBLISH"
    [entry] = calendar.walk("VEVENT")
    assert str(entry["UID"])
    assert int(entry["SEQUENCE"]) >= 0
    assert "Forum on Rural Internet" in str(entry["SUMMARY"])
    code = folder / "pass.png"
    code.write_bytes(files["image/png"].get_payload(decode=True))
    [read] = read_codes(code)
    return read
