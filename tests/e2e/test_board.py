"""The editor of the programme: mouse, keyboard, forms and two people come to the same end."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from eventhub.agenda import queries
from eventhub.core.db import db, transaction
from eventhub.events.queries import get_event
from eventhub.registration.models import Pool
from tests.e2e import board
from tests.e2e.axe import faults_on, load_axe
from tests.e2e.board import block, drag, middle, settled, stored
from tests.e2e.conftest import NewPage
from tests.e2e.hands import press, says
from tests.e2e.site import Site

pytestmark = pytest.mark.browser
SLOT = 8  # pixels of five minutes at the middle size
OLGA, LI = "olga@board.example.org", "li@board.example.org"


@dataclass(frozen=True)
class Ground:
    """An event with two sessions, and who edits it."""

    site: Site
    slug: str
    opening: str
    panel: str

    def where(self, ref: str) -> tuple[str, int, str]:
        return stored(self.site, self.slug, ref)


@pytest.fixture(scope="module")
def editors(site: Site) -> str:
    """Make one event with two editors; each test adds sessions of its own to a day of its own."""
    slug = board.make_programme(site, "Forum on Lakes", languages=("en", "ar"))
    board.editor(site, slug, OLGA, "Olga Organiser")
    board.editor(site, slug, LI, "K. Li")
    return slug


@pytest.fixture
def ground(site: Site, editors: str) -> Ground:
    """Return the event with a new opening at nine in room 1 and a panel at eleven in room 2."""
    board.clear(site, editors)
    opening = board.add(site, editors, "1.1", "09:00", 1)
    panel = board.add(site, editors, "2.1", "11:00", 2, 90)
    return Ground(site, editors, opening, panel)


@pytest.fixture
def page(ground: Ground, new_page: NewPage) -> Page:
    """Return the editor as Olga has it open."""
    page = new_page(viewport={"width": 1280, "height": 1000})
    board.open_board(page, ground.slug, OLGA)
    return page


def keys(page: Page, ref: str, *pressed: str) -> None:
    block(page, ref).locator("h4 a").focus()
    for key in pressed:
        page.keyboard.press(key)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        pass
    settled(page)


def test_dragging_moves_a_session_to_another_room_and_time(ground: Ground, page: Page) -> None:
    room = page.locator(".room").nth(2)
    start = middle(block(page, ground.opening))
    box = room.bounding_box()
    assert box
    drag(page, start, (box["x"] + 40, start[1] + 7 * SLOT))
    assert ground.where(ground.opening) == ("day 1, 09:35", 60, "R3")
    expect(page.locator("#board-said")).to_contain_text("09:35–10:35, Wuyuan Hall.")


def test_lower_edge_changes_the_length(ground: Ground, page: Page) -> None:
    box = block(page, ground.opening).bounding_box()
    assert box
    edge = (box["x"] + 40, box["y"] + box["height"] - 2)
    drag(page, edge, (edge[0], edge[1] + 6 * SLOT))
    assert ground.where(ground.opening) == ("day 1, 09:00", 90, "R1")


@pytest.mark.parametrize("steps", [1, -2, 3])
def test_lower_edge_of_a_short_block_is_where_it_is_drawn(
    ground: Ground, page: Page, steps: int
) -> None:
    long = "Consideration of the draft outcome document paragraph by paragraph, and of its annexes"
    short = board.add(ground.site, ground.slug, "1.2", "09:40", 1, 20, long)  # clashes with 1.1
    page.reload()
    expect(block(page, short).locator("p.fault")).to_have_count(1)
    box = block(page, short).bounding_box()
    assert box
    assert box["height"] == 4 * SLOT - 1
    x, y = box["x"] + 40, box["y"] + box["height"] - 2
    page.mouse.move(x, y)
    assert block(page, short).bounding_box() == box  # it stays so under the pointer
    drag(page, (x, y), (x, y + steps * SLOT))
    assert ground.where(short) == ("day 1, 09:40", 20 + steps * 5, "R1")


def test_dropping_on_a_day_moves_it_there(ground: Ground, page: Page) -> None:
    drag(page, middle(block(page, ground.opening)), middle(page.locator(".tabs a").nth(1)))
    assert ground.where(ground.opening) == ("day 2, 09:00", 60, "R1")
    assert block(page, ground.opening).count() == 0


def test_tray_takes_a_session_and_gives_it_back(ground: Ground, page: Page) -> None:
    drag(page, middle(block(page, ground.opening)), middle(page.locator("#tray")))
    assert ground.where(ground.opening) == ("tray", 60, "")
    over = middle(block(page, ground.panel))
    drag(page, middle(block(page, ground.opening)), (over[0], over[1] + 120))
    starts, minutes, room = ground.where(ground.opening)
    assert (starts[:7], minutes, room) == ("day 1, ", 60, "R2")


def test_tabs_of_sections_take_no_session(ground: Ground, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if one.method == "POST" else None)
    start = middle(block(page, ground.opening))
    page.evaluate(  # as whoever has more of the event than its programme sees it
        "document.querySelector('.tabs').insertAdjacentHTML('beforebegin',"
        ' \'<nav class="tabs" id="sections"><a href="/manage">Programme</a></nav>\')'
    )
    start = middle(block(page, ground.opening))
    section = page.locator("#sections a").bounding_box()
    assert section
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(section["x"] + 5, section["y"] + 5, steps=6)
    expect(page.locator(".tabs a.target")).to_have_count(0)
    page.mouse.up()
    settled(page)
    assert asked == []
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R1")


def test_refused_tray_offers_no_vain_second_try(ground: Ground, page: Page) -> None:
    with ground.site.inside(), transaction():
        event = get_event(ground.slug)
        held = queries.get_session(event.id, ground.opening)
        seats = {"code": "S", "scope": "per_session", "seats": 10}
        db.session.add(Pool(event_id=event.id, session_id=held.id, **seats))
    try:
        drag(page, middle(block(page, ground.opening)), middle(page.locator("#tray")))
        says(page, "needs a time, since this belongs to it: seats.")
        expect(page.get_by_role("button", name="Move it again")).to_be_hidden()
        expect(page.locator(".ghost")).to_have_count(0)
    finally:
        with ground.site.inside(), transaction():
            db.session.execute(delete(Pool).where(Pool.session_id.is_not(None)))


def test_ctrl_copies(ground: Ground, page: Page) -> None:
    start = middle(block(page, ground.opening))
    page.keyboard.down("Control")
    drag(page, start, (start[0] + 170, start[1]))
    page.keyboard.up("Control")
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R1")
    expect(page.locator(".room").nth(1).locator("h4 bdi", has_text="1.1-2")).to_have_count(1)


def test_keyboard_comes_to_the_same_end_as_the_mouse(ground: Ground, page: Page) -> None:
    keys(page, ground.opening, *["ArrowDown"] * 7, "ArrowRight", "ArrowRight")
    assert ground.where(ground.opening) == ("day 1, 09:35", 60, "R3")
    keys(page, ground.opening, *["Shift+ArrowDown"] * 6)
    assert ground.where(ground.opening) == ("day 1, 09:35", 90, "R3")
    assert page.evaluate("document.activeElement.closest('.block').id") == f"s-{ground.opening}"
    keys(page, ground.opening, "Delete")
    assert ground.where(ground.opening) == ("tray", 90, "")
    keys(page, ground.panel, "Control+z")
    assert ground.where(ground.opening) == ("day 1, 09:35", 90, "R3")
    keys(page, ground.panel, "Control+z")
    assert ground.where(ground.opening) == ("day 1, 09:35", 60, "R3")
    keys(page, ground.panel, "Control+Shift+z")
    assert ground.where(ground.opening) == ("day 1, 09:35", 90, "R3")


def test_escape_leaves_a_session_where_it_was(ground: Ground, page: Page) -> None:
    block(page, ground.opening).locator("h4 a").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R1")


def test_chosen_sessions_move_together(ground: Ground, page: Page) -> None:
    for ref in (ground.opening, ground.panel):
        block(page, ref).locator("h4 a").focus()
        page.keyboard.press("Space")
    keys(page, ground.panel, "ArrowDown", "ArrowDown", "ArrowRight")
    assert ground.where(ground.opening) == ("day 1, 09:10", 60, "R2")
    assert ground.where(ground.panel) == ("day 1, 11:10", 90, "R3")


def test_right_to_left_drag_and_arrow_go_where_they_point(ground: Ground, page: Page) -> None:
    page.goto(f"/manage/{ground.slug}/programme?lang=ar")
    first, second = (page.locator(".room").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    assert second["x"] < first["x"]
    start = middle(block(page, ground.opening))
    drag(page, start, (second["x"] + 40, start[1]))
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R2")
    keys(page, ground.opening, "ArrowLeft")
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R3")
    page.goto(f"/manage/{ground.slug}/programme?lang=en")


def test_finger_that_rests_a_moment_drags(ground: Ground, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 1024, "height": 1000}, has_touch=True)
    board.open_board(page, ground.slug, OLGA)
    finger = page.context.new_cdp_session(page)
    x, y = middle(block(page, ground.opening), dy=30)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    expect(page.locator(".ghost")).to_have_count(1)
    for step in (2, 4, 6):
        touch("touchMove", x, y + step * SLOT)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        touch("touchEnd")
    settled(page)
    assert ground.where(ground.opening) == ("day 1, 09:30", 60, "R1")


def test_two_editors_see_each_other_and_nothing_is_overwritten(
    ground: Ground, page: Page, new_page: NewPage
) -> None:
    other = new_page(viewport={"width": 1280, "height": 1000})
    board.open_board(other, ground.slug, LI)
    start = middle(block(page, ground.opening))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 170, start[1], steps=5)
    here = other.locator("#board-state .here")
    expect(here).to_have_text("Olga Organiser is moving 1.1", timeout=10_000)
    expect(block(other, ground.opening)).to_contain_class("held")
    keys(other, ground.opening, "ArrowDown")
    assert ground.where(ground.opening) == ("day 1, 09:05", 60, "R1")
    page.mouse.up()
    says(page, "changed 1.1 meanwhile")
    assert ground.where(ground.opening) == ("day 1, 09:05", 60, "R1")
    expect(page.locator(".ghost.wish")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        press(page, "Move it again")
    expect(page.locator("#board-refused")).to_be_hidden()
    settled(page)
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R2")
    moved = other.locator(".room").nth(1).locator(f"#s-{ground.opening}")
    expect(moved).to_be_visible(timeout=10_000)
    expect(other.locator("#board-news")).to_contain_text("Olga Organiser moved 1.1 to")
    expect(here).to_have_text("Olga Organiser is editing")
    expect(page.locator("#board-state .here")).to_have_text("K. Li is editing")


def test_forms_do_the_same_without_javascript(ground: Ground, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    board.open_board(page, ground.slug, OLGA)
    block(page, ground.opening).get_by_role("link", name="Move to...").click()
    page.get_by_label("Starts").fill("09:35")
    page.get_by_label("Length in minutes").fill("90")
    page.get_by_label("Room").select_option(label="Wuyuan Hall")
    press(page, "Move")
    assert ground.where(ground.opening) == ("day 1, 09:35", 90, "R3")
    press(page, "Undo")
    assert ground.where(ground.opening) == ("day 1, 09:00", 60, "R1")
    press(page, "Redo")
    assert ground.where(ground.opening) == ("day 1, 09:35", 90, "R3")
    for ref in (ground.opening, ground.panel):
        block(page, ref).locator("[type=checkbox]").check()
    press(page, "Move the chosen ones")
    press(page, "Into the tray")
    assert ground.where(ground.panel) == ("tray", 90, "")
    assert ground.where(ground.opening) == ("tray", 90, "")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_board(
    ground: Ground, new_page: NewPage, language: str, width: int
) -> None:
    board.add(ground.site, ground.slug, "9.1", "09:30", 1, 15)  # a clash, side by side
    page = new_page(viewport={"width": width, "height": 900})
    board.open_board(page, ground.slug, OLGA)
    page.goto(f"/manage/{ground.slug}/programme?lang={language}")
    load_axe(page)
    assert list(faults_on(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
