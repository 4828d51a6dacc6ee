"""Pages hold to WCAG as far as axe can tell, and to the width of a narrow phone."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import faults_on, load_axe
from tests.e2e.conftest import NewPage
from tests.e2e.demo import DemoSite
from tests.e2e.hands import sign_in
from tools.pages import ALL_PAGES

pytestmark = pytest.mark.browser

DESK, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
ROLES = sorted({page.role for page in ALL_PAGES if page.role})
OPEN = [page for page in ALL_PAGES if not page.role]


def faults_of(page: Page, addresses: Iterable[str]) -> list[str]:
    """Return what axe finds at 1280 pixels and, dark, at 320, and which pages are too wide."""
    found = []
    for address in addresses:
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        load_axe(page)
        for size, scheme in ((DESK, "light"), (NARROW, "dark")):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            where = f"{address} at {size['width']} ({scheme})"
            found += [f"{where}: {fault}" for fault in faults_on(page)]
            if too_wide := _sideways(page):
                found.append(f"{where}: {too_wide} pixels too wide")
    return found


def _sideways(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide


@pytest.mark.parametrize("language", ["en", "ar"])
def test_public_pages(demo: DemoSite, new_page: NewPage, language: str) -> None:
    page = new_page(base_url=demo.site.base)
    assert faults_of(page, [one.address("", language) for one in OPEN]) == []


def test_pages_behind_public_ones(demo: DemoSite, new_page: NewPage) -> None:
    page = new_page(base_url=demo.site.base)
    addresses = []
    for start, links in (
        ("/en/xiamen-2024", "a[href*='/practical/']"),
        ("/en/xiamen-2024/programme", "a[href*='/sessions/']:not([href$='.ics'])"),
    ):
        page.goto(start)
        addresses.append(page.locator(f"main {links}").first.get_attribute("href") or "")
    private = demo.private_page("xiamen-2024", "accredited")
    addresses += [private + rest for rest in ("", "/data", "/consents", "/programme", "/calendar")]
    assert faults_of(page, addresses) == []


@pytest.mark.parametrize("role", ROLES)
def test_staff_pages(demo: DemoSite, new_page: NewPage, role: str) -> None:
    page, account = new_page(base_url=demo.site.base), demo.account(role)
    sign_in(page, account.email, account.password)
    addresses = [one.address("", "en") for one in ALL_PAGES if one.role == role]
    assert faults_of(page, addresses) == []
