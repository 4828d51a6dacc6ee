"""The designer of badges: keys and mouse move what the fields hold; without scripts they do."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults_on, load_axe
from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, employ, publish
from tests.e2e.hands import sign_in
from tests.e2e.site import Site

pytestmark = pytest.mark.browser


def field(page: Page, name: str) -> Locator:
    """Return a field of the form by its name."""
    return page.locator(f'[name="{name}"]')


def add_design(page: Page, slug: str) -> None:
    """Copy the ready forum badge; the designer opens."""
    page.goto(f"/manage/{slug}/badge-designs/new")
    page.get_by_label("Start from").select_option("forum")
    page.get_by_label("Name of the design").fill("Delegates")
    page.get_by_role("button", name="Add the design").click()
    expect(page.get_by_role("heading", name="Delegates", level=1)).to_be_visible()


def test_element_is_moved_by_keys_and_mouse_and_kept(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "forum", "Forum on Badges")
    olga = f"olga@{slug}.example.org"
    employ(site, slug, olga, "event_owner")
    page = new_page(viewport={"width": 1280, "height": 1000})
    sign_in(page, olga, PASSWORD)
    add_design(page, slug)
    photo = page.locator('[data-key="front.photo"].handle')
    photo.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Control+ArrowDown"):
        page.keyboard.press(key)
    expect(field(page, "front.photo.x")).to_have_value("12")
    expect(field(page, "front.photo.y")).to_have_value("38.1")
    box = photo.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 10, steps=4)
    page.mouse.up()
    expect(page.locator(".designer-findings")).to_contain_text("over the QR code")
    page.get_by_role("button", name="Undo").click()
    expect(field(page, "front.photo.x")).to_have_value("12")
    expect(page.locator(".designer-findings")).not_to_contain_text("over the QR code")
    page.get_by_role("button", name="Keep the design", exact=True).first.click()
    expect(page.get_by_text("The design is kept.")).to_be_visible()
    expect(field(page, "front.photo.x")).to_have_value("12")
    load_axe(page)
    assert list(faults_on(page)) == []


def test_designer_works_without_scripts(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "forum", "Forum on Paper")
    olga = f"olga@{slug}.example.org"
    employ(site, slug, olga, "event_owner")
    page = new_page(java_script_enabled=False)
    sign_in(page, olga, PASSWORD)
    add_design(page, slug)
    page.locator('[id="front.photo"] summary').click()
    field(page, "front.photo.x").fill("80")
    page.get_by_role("button", name="Keep the design", exact=True).first.click()
    expect(page.locator(".designer-findings")).to_contain_text(re.compile("leaves the card"))
