"""Badges, the door, the desk, and the certificates after it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from eventhub.rehearsals.portraits import portrait_of
from tests.e2e.hands import choose, download, follow, heading, picture, press, read_codes, says
from tests.e2e.programme import OPENING
from tests.e2e.site import Site, link_in

PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True}


def print_badges(page: Page, slug: str, folder: Path) -> str:
    """Make the badges of all who have none, and return what the code on the badge says."""
    page.goto(f"/manage/{slug}/badges")
    says(page, re.compile(r"ready to print\s*1"))
    picture(page, "badges")
    press(page, "Make the badges")
    link = page.get_by_role("link", name="Download the PDF")
    link.wait_for(timeout=60_000)
    picture(page, "badge-run")
    return code_on_badge(download(link), folder / "badges.pdf")


def code_on_badge(pdf: bytes, file: Path) -> str:
    """Return what the one code in a PDF says."""
    file.write_bytes(pdf)
    [code] = set(read_codes(file))
    return code


def open_gate(page: Page, slug: str) -> None:
    """Add a gate that leads to the opening session."""
    page.goto(f"/manage/{slug}/gates/new")
    page.get_by_label("Name of the gate in English").fill("Hall door")
    page.get_by_label("It leads to the session").select_option(label=f"1 {OPENING}")
    press(page, "Keep the gate")
    says(page, "The gate is added.")
    picture(page, "gates")


def work_at_door(page: Page, slug: str, code: str, name: str) -> None:
    """Let the guard check a badge with a scanner, by its number, and with the phone's camera."""
    page.goto("/door")
    picture(page, "door-list")
    follow(page, "Hall door")
    picture(page, "door-ready")
    scan(page, code)
    answers(page, "go", "ENTER")
    says(page, name)
    assert page.locator(".answer .photo").count() == 1
    picture(page, "door-enter")
    press(page, "Undo", within=".answer")
    says(page, "Taken back")
    page.goto(code)
    says(page, name)
    picture(page, "door-camera")
    press(page, re.compile("Hall door"))
    answers(page, "go", "ENTER")
    scan(page, code)
    answers(page, "go", "ENTER")
    scan(page, code[:-3] + "AAA")
    answers(page, "desk", "DESK")
    picture(page, "door-desk")


def see_pass_of_somebody(page: Page, code: str, name: str) -> None:
    """Open the code as anybody may: it is a pass, and says nothing of the person."""
    page.goto(code)
    assert heading(page) == "Entry pass"
    assert name not in page.content()


def scan(page: Page, text: str) -> None:
    """Type as a hardware scanner does: the text, then the line's end."""
    page.locator("#text").fill(text)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("#text").press("Enter")


def answers(page: Page, kind: str, word: str) -> None:
    """Wait until the door shows this answer: its kind (colour and shape) and its word."""
    expect(page.locator(f".answer.{kind} .word")).to_have_text(word)


def reissue(page: Page, slug: str, name: str, folder: Path) -> str:
    """Let the desk make a new badge for a lost one; return what its code says."""
    page.goto(f"/manage/{slug}/desk")
    page.get_by_label("Name, number, State or e-mail").fill(name)
    press(page, "Find")
    follow(page, re.compile(name, re.IGNORECASE))
    page.get_by_text("The old badge is lost or wrong").click()
    page.get_by_label("The badge was lost").check()
    page.get_by_label("Passport").check()
    press(page, "Make a new badge and refuse the old one")
    link = page.get_by_role("link", name="Open the badge (PDF)")
    link.wait_for(timeout=60_000)
    picture(page, "desk-person")
    return code_on_badge(download(link), folder / "new-badge.pdf")


def walk_in(page: Page, slug: str) -> None:
    """Register, confirm, check in and print somebody who comes unannounced, in one screen."""
    page.goto(f"/manage/{slug}/desk")
    page.get_by_label("Takes part as").select_option(label="Delegate")
    page.get_by_label("Given names").fill("Wanda")
    page.get_by_label("Family name").fill("Walker")
    page.get_by_label("State or organization").select_option("KEN")
    page.get_by_label("Title or post").fill("Adviser")
    page.get_by_label("Photo").set_input_files(
        {"name": "w.jpg", "mimeType": "image/jpeg", "buffer": portrait_of("wanda", "f")}
    )
    choose(page, "Check in at", "Hall door")
    picture(page, "desk")
    press(page, "Register and confirm")
    says(page, "Wanda WALKER is registered and confirmed.")
    says(page, "Checked in.")
    page.get_by_role("link", name="Open the badge (PDF)").wait_for(timeout=60_000)
    picture(page, "desk-walk-in")


def certify(page: Page, site: Site, slug: str, email: str, folder: Path) -> str:
    """Issue certificates; return the address that the code on the delegate's file opens."""
    before = len(site.letters_to(email))
    page.goto(f"/manage/{slug}/certificates/issue")
    press(page, "Issue certificates")
    page.get_by_text("2 certificates are made.").wait_for(timeout=60_000)
    letter = site.letter_to(email, before + 1)
    page.goto(f"/manage/{slug}/certificates")
    picture(page, "certificates")
    file = page.request.get(link_in(letter, "certificate.pdf"))
    assert file.headers["content-type"] == "application/pdf"
    path = folder / "certificate.pdf"
    path.write_bytes(file.body())
    [address] = set(read_codes(path))
    return address


def verify(page: Page, address: str, word: str, name: str) -> None:
    """Check a certificate as anybody may who holds the paper."""
    page.goto(address)
    assert page.locator(".verdict strong").inner_text() == word
    says(page, name)
    picture(page, f"certificate-{word.lower()}")


def revoke(first: Page, second: Page, slug: str, name: str) -> None:
    """Withdraw the certificate of a person, as it takes two of the team (R5.7)."""
    first.goto(f"/manage/{slug}/certificates")
    first.get_by_role("link", name=name).click()
    first.get_by_role("link", name="Withdraw").click()
    first.get_by_label("Why it is withdrawn").fill("Issued by mistake")
    press(first, "Propose to withdraw it")
    says(first, "A second person has to confirm it.")
    picture(first, "certificate-revoke")
    second.goto(f"/manage/{slug}/certificates")
    second.get_by_role("link", name="Withdrawal proposed").click()
    press(second, "Withdraw the certificate")
    says(second, "The certificate is withdrawn.")
