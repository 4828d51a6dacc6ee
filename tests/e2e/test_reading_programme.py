"""Readers of the public programme: what they choose, what is on now, and without a network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eventhub.agenda.queries import find_programme
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.queries import get_event
from eventhub.i18n import Translated
from eventhub.models import METADATA
from eventhub.registration.queries import token_of
from tests.agenda.programmes import make_room, make_session, publish
from tests.e2e.axe import faults_on, load_axe
from tests.e2e.site import Site, serving, site_of
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.browser

SLUG = "read-2026"
URL = f"/en/{SLUG}/programme"
TITLES = ("Opening", "Panel", "Closing", "Visit")
KEPT_BY_NAME = """caches.keys().then((names) => Promise.all(names.map(async (name) => {
  const cache = await caches.open(name);
  return (await cache.keys()).map((one) => new URL(one.url).pathname);
})))"""
READY = "navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"


@pytest.fixture
def site(tmp_path: Path, fonts_dir: Path) -> Iterator[Site]:
    """Return a site, not served yet, with a forum that is going on.

    Two sessions run all day, one in each room; one follows at night, one on the next day.
    """
    site = site_of(Settings(mode="demo", data_dir=tmp_path, fonts_dir=fonts_dir))
    noon = (
        clock.now()
        .astimezone(ZoneInfo("Asia/Shanghai"))
        .replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
    )
    all_day = {"starts": noon.replace(hour=0), "ends": noon.replace(hour=23, minute=58)}
    night = {"starts": noon.replace(hour=23, minute=58), "ends": noon.replace(hour=23, minute=59)}
    next_day = {"starts": noon + timedelta(days=1)}
    with site.inside():
        METADATA.create_all(db.engine)
        event = make_event(slug=SLUG, starts_on=noon.date(), languages=["en", "ar"])
        rooms = [make_room(event, name).id for name in ("Jimei Hall", "Haicang Hall")]
        when = (all_day, all_day, night, next_day)
        for title, room, times in zip(TITLES, (0, 1, 0, 0), when, strict=True):
            given: dict[str, Any] = {"room_id": rooms[room], **times}
            make_session(event, titles=Translated(en=title), **given)
        publish(event)
    yield site
    with site.inside():
        db.engine.dispose()


@contextmanager
def reader(chromium: Browser, site: Site, **settings: Any) -> Iterator[Page]:
    """Give the page of somebody who was never here."""
    context: BrowserContext = chromium.new_context(
        base_url=site.base, reduced_motion="reduce", **settings
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def star(page: Page, title: str) -> Any:
    """Return what chooses the session of this title."""
    return page.locator("article", has=page.get_by_role("heading", name=title)).locator(
        "[data-star]"
    )


def until(page: Page, holds: Callable[[list[str]], bool]) -> None:
    """Wait until the names of what the browser keeps are so."""
    for _try in range(100):
        if holds(page.evaluate("caches.keys()")):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("caches.keys()"))


def titles(page: Page) -> list[str]:
    return [one.strip() for one in page.locator("article h3").all_inner_texts()]


def test_choice_is_kept_by_the_browser_and_taken_to_another_one(
    chromium: Browser, site: Site
) -> None:
    with serving(site, with_worker=False), reader(chromium, site) as page:
        page.goto(f"{URL}/all")
        expect(star(page, "Panel")).to_have_attribute("aria-pressed", "false")
        star(page, "Panel").focus()
        page.keyboard.press("Space")
        star(page, "Opening").click()
        expect(star(page, "Panel")).to_have_attribute("aria-pressed", "true")
        expect(star(page, "Panel")).to_have_text("★ Chosen")
        assert "s=" not in page.url
        page.reload()
        expect(star(page, "Panel")).to_have_text("★ Chosen")
        page.get_by_role("link", name="My choice 2").click()
        expect(page.get_by_role("heading", name="My choice")).to_be_visible()
        assert titles(page) == ["Opening", "Panel"]
        expect(page.locator("main")).to_contain_text("Two chosen sessions overlap")
        expect(page.locator("[data-keep]")).to_be_hidden()
        shared = page.url
        star(page, "Panel").click()
        expect(page.locator("article")).to_have_count(1)
        page.goto(f"{URL}/mine")
        expect(page.locator("article")).to_have_count(1)
        with reader(chromium, site) as other:
            other.goto(shared)
            assert titles(other) == ["Opening", "Panel"]
            other.get_by_role("button", name="Keep this choice in this browser").click()
            other.goto(URL)
            expect(other.get_by_role("link", name="My choice 2")).to_be_visible()


def test_choice_of_this_browser_is_taken_over_with_one_button(
    chromium: Browser, site: Site
) -> None:
    with site.inside():
        event = get_event(SLUG)
        row = make_registration(event, make_category(event), state="accredited")
        own = f"/my/{token_of(row)}/programme"
    with serving(site, with_worker=False), reader(chromium, site) as page:
        page.goto(own)
        button = page.get_by_role("button", name="Take over what was chosen in this browser")
        expect(button).to_be_hidden()
        page.goto(f"{URL}/all")
        star(page, "Panel").click()
        page.goto(own)
        button.click()
        expect(page.locator("main")).to_be_visible()
        expect(page.get_by_text("Your calendar now shows the sessions you chose.")).to_be_visible()
        expect(page.get_by_label("Panel")).to_be_checked()
        expect(page.get_by_label("Opening")).not_to_be_checked()
        expect(button).to_be_hidden()


def test_programme_is_shown_by_the_reader_s_own_clock(chromium: Browser, site: Site) -> None:
    with (
        serving(site, with_worker=False),
        reader(chromium, site, timezone_id="Africa/Lusaka") as page,
        reader(chromium, site, timezone_id="Asia/Shanghai") as there,
    ):
        page.goto(f"{URL}/all")
        page.get_by_role("link", name="Show them by my own clock").click()
        expect(page.locator("main")).to_contain_text("Times are those of Lusaka (UTC+2)")
        expect(page.get_by_role("link", name="Show them by my own clock")).to_be_hidden()
        there.goto(f"{URL}/all")
        expect(there.locator("[data-own-zone]")).to_be_hidden()


def test_choice_without_javascript(chromium: Browser, site: Site) -> None:
    with (
        serving(site, with_worker=False),
        reader(chromium, site, java_script_enabled=False) as page,
    ):
        page.goto(f"{URL}/all")
        star(page, "Panel").click()
        expect(star(page, "Panel")).to_have_text("★ Chosen")
        star(page, "Visit").click()
        page.get_by_role("link", name="My choice 2").click()
        assert titles(page) == ["Panel", "Visit"]
        star(page, "Visit").click()
        assert titles(page) == ["Panel"]
        page.get_by_role("link", name="Search and filter").click()
        page.get_by_label("Search the programme").fill("closing")
        page.get_by_role("button", name="Search").click()
        assert titles(page) == ["Closing"]
        page.get_by_role("link", name="My choice 1").click()
        assert titles(page) == ["Panel"]


def test_now_and_next_moves_on_by_itself(chromium: Browser, site: Site) -> None:
    with serving(site, with_worker=False), reader(chromium, site) as page:
        answers: list[int] = []
        page.on("response", lambda r: answers.append(r.status) if "piece" in r.url else None)
        page.add_init_script("const every = setInterval; window.setInterval = (f) => every(f, 200)")
        page.goto(f"{URL}/now")
        assert titles(page) == ["Opening", "Closing", "Panel"]
        with site.inside():
            event = get_event(SLUG)
            make_session(event, titles=Translated(en="Press"), starts=lately(event))
            publish(event)
        expect(page.locator("main")).to_contain_text("Press")
        page.wait_for_timeout(1500)
        assert 304 in answers


def lately(event: Any) -> Any:
    """Return an hour ago on the event's clocks, or the beginning of its first day."""
    there = clock.now().astimezone(ZoneInfo(event.zone)).replace(tzinfo=None, microsecond=0)
    return there.replace(second=0) - timedelta(minutes=5)


def test_programme_is_read_without_a_network_and_renewed_with_one(
    chromium: Browser, site: Site
) -> None:
    with reader(chromium, site) as page:
        with serving(site, with_worker=False):
            page.goto(URL)
            page.evaluate(READY)
            expect(page.locator("[data-offline]")).to_be_hidden()
            page.goto(f"/en/{SLUG}/privacy")
        day = (clock.now().astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date()
        page.goto(f"{URL}/{day}")
        assert titles(page) == ["Visit"]
        expect(page.locator("[data-offline]")).to_contain_text("You are offline. This is First")
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display")
        star(page, "Visit").click()
        expect(star(page, "Visit")).to_have_text("★ Chosen")
        for path in ("/now", "/search?q=visit", "/no-day", "/mine?s=zzzz"):
            page.goto(f"{URL}{path}")
            expect(page.get_by_role("heading", level=1)).to_have_text("Not on this device")
            expect(page.locator("[data-offline]")).to_contain_text("You are offline.")
            assert titles(page) == []
        page.get_by_role("link", name=f"{day.day} ").last.click()
        expect(star(page, "Visit")).to_have_text("★ Chosen")
        with pytest.raises(Exception, match="ERR_"):
            page.goto(f"/en/{SLUG}/privacy")
        with site.inside():
            event = get_event(SLUG)
            make_session(event, titles=Translated(en="Reception"))
            publish(event)
        with serving(site, with_worker=False):
            page.goto(f"{URL}/all")
            assert "Reception" in titles(page)
            until(page, lambda names: len(names) == 1 and " 1-" in names[0])
        page.goto(URL)
        expect(page.locator("[data-offline]")).to_contain_text("Rev.1")
        kept = page.evaluate(KEPT_BY_NAME)
        assert len(kept) == 1
        assert all(path.startswith((URL, "/static")) for path in kept[0])


def test_kill_switch_ends_it(chromium: Browser, site: Site) -> None:
    with reader(chromium, site) as page:
        with serving(site, with_worker=False):
            page.goto(URL)
            page.evaluate(READY)
        off = Site(site.base, site.settings, {"EVENTHUB_OFFLINE_PAGES": "no"})
        with serving(off, with_worker=False):
            page.goto(URL)
            until(page, lambda names: names == [])
        with pytest.raises(Exception, match="ERR_"):
            page.goto(URL)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_hold_to_wcag_and_to_narrow_phones(
    chromium: Browser, site: Site, language: str
) -> None:
    with serving(site, with_worker=False), reader(chromium, site) as page:
        with site.inside():
            programme = find_programme(get_event(SLUG).id)
            assert programme is not None
            refs = [session.ref for session in programme.sessions]
        root = f"/{language}/{SLUG}/programme"
        found = []
        for path in ("/all", "/now", "/search", "/search?q=panel", f"/mine?s={'.'.join(refs)}"):
            for width, scheme in ((1280, "light"), (320, "dark")):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(root + path)
                load_axe(page)
                found += [f"{path} {width}: {fault}" for fault in faults_on(page)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{path} {width}: too wide")
        assert found == []


def test_paper_carries_the_reference_and_no_navigation(chromium: Browser, site: Site) -> None:
    with serving(site, with_worker=False), reader(chromium, site) as page:
        page.goto(f"{URL}/all")
        page.emulate_media(media="print")
        for gone in (".reading", ".languages", "[aria-label=Days]", "[data-star]", "main .links"):
            assert page.locator(gone).count(), gone
            expect(page.locator(gone).first).to_be_hidden()
        expect(page.locator(".masthead .reference")).to_contain_text("First version")
        expect(page.locator("article").first).to_contain_text("Jimei Hall")
        days = page.locator("section.day").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).breakBefore)"
        )
        assert days == ["auto", "page"]
        assert page.evaluate("getComputedStyle(document.querySelector('article')).breakInside") == (
            "avoid"
        )
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
