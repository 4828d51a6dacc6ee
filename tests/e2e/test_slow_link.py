"""The delegate's path over a second-generation mobile link, weighed on the wire."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import NewPage
from tests.e2e.ground import publish
from tests.e2e.hands import heading
from tests.e2e.site import Site
from tests.e2e.wire import Wire

pytestmark = pytest.mark.browser

MOST_BYTES = 40_000
SECONDS_FOR_FORM = 20


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_event_page_and_whole_registration_weigh_less_than_40_kb(
    site: Site, new_page: NewPage, language: str
) -> None:
    slug = publish(site, "forum", f"Forum on Roads {language}", ("en", "zh", "ar"))
    page = new_page()
    wire = Wire(page)
    page.goto(f"/{language}/{slug}", wait_until="networkidle")
    page.locator(".panel a.button.primary").click()
    page.locator("[name=category]").first.check()
    page.locator("[name=entity]").select_option("ZMB")
    go_on(page)
    page.locator("[name=family_name]").fill("Mwila")
    go_on(page)
    page.locator("[name=email]").fill(f"mwila-{language}@mission.example.org")
    page.locator("[name=functional_title]").fill("Director")
    go_on(page)
    go_on(page)
    go_on(page)
    page.wait_for_url("**/sent")
    page.wait_for_load_state("networkidle")
    assert wire.bytes < MOST_BYTES, f"{wire.bytes} bytes"


def go_on(page: Page) -> None:
    """Press the one button that leads on, in any language."""
    with page.expect_navigation():
        page.locator("main form .button.primary").first.click()


@pytest.mark.parametrize("preset", ["forum", "side_event"])
def test_registration_form_arrives_over_a_slow_link(
    site: Site, new_page: NewPage, preset: str
) -> None:
    slug = publish(site, preset, f"Far {preset}")
    page = new_page()
    page.set_default_timeout(SECONDS_FOR_FORM * 1000)
    wire = Wire(page, slow=True)
    page.goto(f"/en/{slug}/register")
    assert heading(page) in ("Whom you represent", "Register")
    assert page.locator("main form .button.primary").is_enabled()
    assert wire.bytes > 0
