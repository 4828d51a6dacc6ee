"""A list of speakers run from a phone, while a wall beside it follows; and without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.entities.queries import get_entity, rank_levels
from eventhub.events.queries import get_event
from eventhub.speaking import services
from eventhub.speaking.queries import get_list, secret_key
from eventhub.speaking.services import Wish
from tests.agenda.programmes import make_session
from tests.e2e.axe import faults_on, load_axe
from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, employ, publish
from tests.e2e.hands import press, says, sign_in
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

PHONE, WALL = {"width": 360, "height": 740}, {"width": 1920, "height": 1080}
CODES = ("ZMB", "KEN", "CHN", "BRA", "FRA")


def list_with_five(site: Site, title: str, limit_s: int = 180) -> tuple[str, str, str]:
    """Make a side event whose list five States are on; return slug, ref of the list, its key."""
    slug = publish(site, "side_event", title, ("en", "fr"))
    with site.inside():
        event = get_event(slug)
        session = make_session(event, kind="floor")
        rank = next(level for level in rank_levels() if level.code == "AMB")
        with transaction():
            listed = services.make_list(
                get_event(slug), session, actor=SYSTEM, limit_s=limit_s, warning_s=limit_s - 2
            )
            for place, code in enumerate(CODES):
                wish, at = Wish(entity=get_entity(code), rank=rank), timedelta(hours=place)
                received = clock.now() - timedelta(days=1) + at
                services.inscribe(listed, wish, received_at=received, actor=SYSTEM)
            return slug, listed.ref, secret_key(listed)


def on_the_clock(page: Page) -> int:
    """Return how many seconds the clock of the page says are left; below 0 once it counts up."""
    text = page.locator(".clock .time").inner_text()
    minutes, seconds = text.lstrip("+").split(":")
    left = int(minutes) * 60 + int(seconds)
    return -left if text.startswith("+") else left


def test_r3_12_wall_follows_the_phone_and_shows_the_same_clock(
    site: Site, new_page: NewPage
) -> None:
    slug, ref, key = list_with_five(site, "Side Event on Rivers", limit_s=6)
    employ(site, slug, "olga.floor@ministry.example.org", "secretariat")
    phone, wall = new_page(viewport=PHONE), new_page(viewport=WALL)
    sign_in(phone, "olga.floor@ministry.example.org", PASSWORD)
    phone.goto(f"/manage/{slug}/speaking/{ref}/run")
    wall.goto(f"/en/{slug}/speaking/{key}")
    says(wall, "Nobody has the floor")
    press(phone, "Zambia speaks")
    says(wall, "Has the floor")
    expect(wall.locator(".now .who").first).to_have_text("Zambia")
    expect(wall.locator(".clock")).to_contain_class("warning", timeout=5000)
    assert abs(on_the_clock(phone) - on_the_clock(wall)) <= 1
    says(wall, "Please conclude")
    expect(wall.locator(".clock")).to_contain_class("over", timeout=8000)
    says(wall, "Time is over")
    expect(wall.locator(".clock .time")).to_contain_text("+0:0", timeout=5000)
    press(phone, "Pause")
    says(wall, "The clock is stopped")
    stood = on_the_clock(wall)
    wall.wait_for_timeout(1500)
    assert on_the_clock(wall) == stood
    press(phone, "Give 30 s more")
    expect(wall.locator(".clock .time")).to_contain_text("0:2", timeout=5000)
    press(phone, "Kenya speaks next")
    expect(wall.locator(".now .who").first).to_have_text("Kenya", timeout=5000)
    press(phone, "Undo giving the floor")
    expect(wall.locator(".now .who").first).to_have_text("Zambia", timeout=5000)


def test_two_operators_see_each_other_and_one_is_told(site: Site, new_page: NewPage) -> None:
    slug, ref, _key = list_with_five(site, "Side Event on Lakes")
    pages = []
    for name in ("one", "two"):
        email = f"{name}.floor@ministry.example.org"
        employ(site, slug, email, "secretariat")
        page = new_page(viewport=PHONE)
        sign_in(page, email, PASSWORD)
        pages.append(page)
    first, second = pages
    second.goto(f"/manage/{slug}/speaking/{ref}/run")
    first.goto(f"/manage/{slug}/speaking/{ref}/run")
    second.route("**/run/now", lambda route: route.abort())
    press(first, "Zambia speaks")
    press(second, "Zambia speaks")
    says(second, "Somebody else worked the list meanwhile")
    says(second, "Done")
    second.unroute("**/run/now")
    press(first, "Done")
    says(second, "Nobody has the floor")
    for page in pages:
        assert page.get_by_role("button", name="Zambia speaks").count() == 0


def test_list_runs_without_javascript(site: Site, new_page: NewPage) -> None:
    slug, ref, key = list_with_five(site, "Side Event on Springs")
    email = "plain.floor@ministry.example.org"
    employ(site, slug, email, "secretariat")
    phone = new_page(viewport=PHONE, java_script_enabled=False)
    wall = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(phone, email, PASSWORD)
    phone.goto(f"/manage/{slug}/speaking/{ref}/run")
    press(phone, "Zambia speaks")
    says(phone, "Time left")
    wall.goto(f"/en/{slug}/speaking/{key}")
    says(wall, "Zambia")
    assert 170 < on_the_clock(wall) <= 180
    assert wall.locator("noscript meta[http-equiv=refresh]").count() or "refresh" in wall.content()
    for name in ("Pause", "Let the clock run", "Give 30 s more", "Skip Kenya", "Done"):
        press(phone, name)
    says(phone, "Nobody has the floor")
    says(phone, "China speaks")
    phone.locator("summary").click()
    press(phone, "Speaks now France")
    says(phone, "France")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_floor_holds_to_wcag_and_to_its_screens(
    site: Site, new_page: NewPage, language: str
) -> None:
    slug, ref, key = list_with_five(site, f"Side Event on Wells {language}", limit_s=5)
    email = f"axe.{language}@ministry.example.org"
    employ(site, slug, email, "secretariat")
    page = new_page(viewport=PHONE)
    sign_in(page, email, PASSWORD)
    run = f"/manage/{slug}/speaking/{ref}/run?lang={language}"
    staff = f"/manage/{slug}/speaking/{ref}"
    addresses = [
        run, staff, f"{staff}/settings", f"{staff}/requests/new", f"{staff}/log",
        f"/manage/{slug}/speaking", f"/{language}/{slug}/speaking/{key}",
        f"/{language}/{slug}/speaking/{key}?look=dark",
        f"/{language}/{slug}/speaking/{key}/list",
    ]  # fmt: skip
    page.goto(run)
    page.locator(".presses .primary").click()
    found = []
    for address in addresses:
        page.goto(address)
        load_axe(page)
        for size, scheme in ((PHONE, "light"), ({"width": 320, "height": 700}, "dark"),
                             (WALL, "light")):  # fmt: skip
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found += [f"{address} at {size['width']}: {fault}" for fault in faults_on(page)]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{address} at {size['width']}: {wide} too wide"] if wide > 0 else []
    assert found == []
    page.set_viewport_size(WALL)  # type: ignore[arg-type]
    page.goto(f"/{language}/{slug}/speaking/{key}")
    box = page.locator(".clock .time").bounding_box()
    assert box is not None
    assert box["height"] > 240, "a clock for the back row"
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080


def test_longest_name_in_two_languages_fits_the_wall(site: Site, new_page: NewPage) -> None:
    slug, ref, key = list_with_five(site, "Side Event on Oceans")
    with site.inside():
        listed, _session = get_list(get_event(slug).id, ref)
        wish = Wish(
            entity=get_entity("GBR"),
            rank=rank_levels()[0],
            for_group="Group of Friends for International Cooperation on AI Capacity-Building",
            speaker="The Right Honourable Dame Philippa Featherstone-Cholmondeley",
        )
        with transaction():
            settings = {"shows_names": True}
            services.change_list(listed, settings, version=None, actor=SYSTEM)
            row = services.inscribe(listed, wish, actor=SYSTEM)
            services.speak(listed, row.id, 0, actor=SYSTEM)
    page = new_page(viewport=WALL)
    for size in (WALL, {"width": 1280, "height": 720}, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"/fr/{slug}/speaking/{key}")
        says(page, "Royaume-Uni de Grande-Bretagne et d'Irlande du Nord")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if size["width"] > 1000:
            assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
