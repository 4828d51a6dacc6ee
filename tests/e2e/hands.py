"""What a person does at a screen, and what a camera or a calendar reads."""

import os
import re
import subprocess
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.site import Site, text_of

PICTURES = Path(__file__).resolve().parents[2] / "pictures"
WIDTHS = (360, 1280)
SECONDS = 15


def press(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    """Press the button of this name, and wait for the page that follows."""
    page.locator(within).get_by_role("button", name=name).first.click()


def follow(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    """Follow the link of this name."""
    page.locator(within).get_by_role("link", name=name).first.click()


def choose(page: Page, label: str, words: str) -> None:
    """Choose the option with these words from the list of this label."""
    page.get_by_label(label).first.select_option(label=words)


def heading(page: Page) -> str:
    """Return the page's heading."""
    return page.locator("h1").first.inner_text().strip()


def says(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the page says this in its main part, blanks made single."""
    expect(page.locator("main")).to_contain_text(text, timeout=SECONDS * 1000)


def sign_in_by_code(page: Page, site: Site, email: str) -> None:
    """Sign in with a code from the mail, as somebody does who was invited."""
    before = len(site.letters_to(email))
    page.goto("/sign-in/code")
    page.get_by_label("E-mail").fill(email)
    press(page, "Send me a code")
    code = re.search(r"\b\d{6}\b", text_of(site.letter_to(email, before + 1)))
    assert code, "the letter holds no code"
    page.get_by_label("Code").fill(code[0])
    press(page, "Sign in")
    page.wait_for_url("**/manage**")


def sign_in(page: Page, email: str, password: str, next_url: str = "/manage") -> None:
    """Sign in with a password."""
    page.goto(f"/sign-in?next={next_url}")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def download(link: Locator) -> bytes:
    """Follow a link to a file and return its bytes."""
    address = link.get_attribute("href")
    assert address
    answer = link.page.context.request.get(address)
    assert answer.ok, f"{answer.url}: {answer.status}"
    return answer.body()


def read_codes(file: Path) -> list[str]:
    """Return what a camera reads of a picture, or of each page of a PDF."""
    pictures = [file]
    if file.suffix == ".pdf":
        stem = file.with_suffix("")
        subprocess.run(["pdftoppm", "-r", "300", "-png", file, stem], check=True, timeout=60)
        pictures = sorted(file.parent.glob(f"{stem.name}-*.png"))
    command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *map(str, pictures)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.split()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page at the width of a phone and of a desk, where asked for."""
    if not os.environ.get("EVENTHUB_PICTURES"):
        return
    PICTURES.mkdir(exist_ok=True)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=PICTURES / f"e2e-{name}-{width}.png", full_page=True)
    if before:
        page.set_viewport_size(before)
