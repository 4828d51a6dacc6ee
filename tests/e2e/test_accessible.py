"""Pages hold to WCAG as far as axe can tell, and to the width of a narrow phone."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import faults_on, load_axe_always
from tests.e2e.conftest import NewPage
from tests.e2e.demo import DemoSite
from tests.e2e.hands import sign_in
from tests.e2e.kinds import kinds_from
from tools.pages import ALL_PAGES

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}, "light"
NARROW = {"width": 320, "height": 700}, "dark"
BOTH: tuple[Any, ...] = (DESK, NARROW)
KINDS = 60
"""So many kinds of pages at least lie behind those of the first role."""
FIRST = "organiser"
ROLES = sorted(
    {page.role for page in ALL_PAGES if page.role}, key=lambda role: (role != FIRST, role)
)
OPEN = [page for page in ALL_PAGES if not page.role]


def faults_of(
    page: Page, addresses: Iterable[str], looks: Sequence[tuple[Any, Any]] = BOTH
) -> list[str]:
    """Return what axe finds at 1280 pixels and, dark, at 320, and which pages are too wide."""
    found = []
    for address in addresses:
        page.set_viewport_size(looks[0][0])
        page.emulate_media(color_scheme=looks[0][1], reduced_motion="reduce")
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        for size, scheme in looks:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
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
    page = load_axe_always(new_page(base_url=demo.site.base))
    assert faults_of(page, [one.address("", language) for one in OPEN]) == []


def test_pages_behind_public_ones(demo: DemoSite, new_page: NewPage) -> None:
    page = load_axe_always(new_page(base_url=demo.site.base))
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


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Return the kinds of pages that one role was shown, so that others need not be."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_staff_pages(demo: DemoSite, new_page: NewPage, role: str, known: set[str]) -> None:
    page, account = load_axe_always(new_page(base_url=demo.site.base)), demo.account(role)
    sign_in(page, account.email, account.password)
    addresses = [one.address("", "en") for one in ALL_PAGES if one.role == role]
    assert faults_of(page, addresses) == []
    others = list(kinds_from(demo.site, page.request, addresses, known))
    assert faults_of(page, others, [NARROW]) == []
    assert role != FIRST or len(others) > KINDS
