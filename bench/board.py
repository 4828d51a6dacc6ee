"""Run with `python -m bench.board` (needs Chromium).

The editor of a day of 400 sessions in 20 rooms: bytes of the page, and the time between frames
while a script drags a session across the whole board, scrolling it, and moves one by the keyboard.
Prints the median and the slowest twentieth; the goal is a median under 50 ms.
"""

import gzip
import itertools
import statistics
from datetime import datetime, time, timedelta

from playwright.sync_api import Page

from bench.ground import application, installation, open_event, options
from bench.server import serving_pages
from eventhub.access.services import give_role
from eventhub.agenda.services import Entry, SessionValues, write_sessions
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.events.services import add_room
from eventhub.i18n import Translated
from eventhub.people.services import create_account
from tools.chromium import chromium

EMAIL, PASSWORD = "editor@example.org", "five small words for measuring"
ROOMS, IN_EACH, MINUTES = 20, 20, 30
STEPS = 240
SIZE = {"width": 1280, "height": 900}

WATCH = """() => {
  window.frames_seen = [];
  let last = performance.now();
  const next = (now) => { window.frames_seen.push(now - last); last = now;
                          window.watching = requestAnimationFrame(next); };
  window.watching = requestAnimationFrame(next);
}"""
SEEN = "() => { cancelAnimationFrame(window.watching); return window.frames_seen.slice(1); }"


def main() -> None:
    """Make the event, drag, print."""
    asked = options(__doc__).parse_args()
    with installation(asked.database) as environment:
        with application().app_context():
            slug = fill(open_event("forum"))
        with serving_pages(environment) as (port, _process), chromium() as browser:
            page = browser.new_page(viewport=SIZE, base_url=f"http://127.0.0.1:{port}")
            sign_in(page)
            open_board(page, slug)
            tell("dragging over the board", drag(page, STEPS // 10 if asked.quick else STEPS))
            tell("keys", press(page, 4 if asked.quick else 40))


def fill(event: Event) -> str:
    """Put 400 sessions on the event's first day, and somebody who edits them."""
    with transaction():
        rooms = [
            add_room(event, code=f"R{n}", names=Translated(en=f"Room {n}"), actor=SYSTEM).id
            for n in range(1, ROOMS + 1)
        ]
        write_sessions(event, list(entries(event, rooms)), actor=SYSTEM)
        account = create_account(EMAIL, "An Editor", password=PASSWORD, actor=SYSTEM)
        give_role(account.id, "agenda_editor", event_id=event.id, actor=SYSTEM)
    return event.slug


def entries(event: Event, rooms: list[int]) -> itertools.chain[Entry]:
    """Return the sessions, one after the other in each room from eight o'clock."""
    morning = datetime.combine(event.starts_on, time(8))

    def session(room: int, number: int) -> Entry:
        starts = morning + timedelta(minutes=MINUTES * number)
        return Entry(
            SessionValues(
                code=f"{room + 1}.{number + 1}",
                titles=Translated(en=f"Connectivity and cooperation, part {number + 1}"),
                kind="panel",
                starts=starts,
                ends=starts + timedelta(minutes=MINUTES),
                room_id=rooms[room],
                floor_languages=("en", "fr"),
            )
        )

    return itertools.chain(
        session(room, number) for room in range(ROOMS) for number in range(IN_EACH)
    )


def sign_in(page: Page) -> None:
    """Sign in with the password."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def open_board(page: Page, slug: str) -> None:
    """Open the editor, and print what it weighs."""
    answer = page.goto(f"/manage/{slug}/programme")
    assert answer
    body = answer.body()
    packed = len(gzip.compress(body, 6)) / 1024
    blocks = page.locator(".block").count()
    print(f"{blocks} sessions: {len(body) / 1024:.0f} KB of HTML, {packed:.0f} KB packed")
    if blocks != ROOMS * IN_EACH:
        raise SystemExit("The board does not show all sessions.")


def drag(page: Page, steps: int) -> list[float]:
    """Carry the first session to the far corner and back; return the times between frames."""
    block = page.locator(".block").first
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    plan = page.locator(".plan").bounding_box()
    assert box
    assert plan
    page.mouse.move(box["x"] + 40, box["y"] + 10)
    page.mouse.down()
    right, low = (
        plan["x"] + plan["width"] - 20,
        min(plan["y"] + plan["height"], SIZE["height"]) - 20,
    )
    page.evaluate(WATCH)
    for x, y in ((right, low), (box["x"] + 60, low), (right, box["y"]), (box["x"] + 60, low)):
        page.mouse.move(x, y, steps=steps)
    seen: list[float] = page.evaluate(SEEN)
    if not page.locator(".ghost").count():
        raise SystemExit("Nothing was dragged.")
    with page.expect_response(lambda answer: answer.request.method == "POST") as done:
        page.mouse.up()
    if not done.value.ok:
        raise SystemExit(f"The drop was refused: {done.value.status}")
    return seen


def press(page: Page, times: int) -> list[float]:
    """Move a session by arrows; return the times between frames."""
    page.locator(".block h4 a").nth(5).focus()
    page.evaluate(WATCH)
    for _time in range(times):
        page.keyboard.press("ArrowDown")
    return list(page.evaluate(SEEN))


def tell(what: str, frames: list[float]) -> None:
    """Print the median and the slowest twentieth of the times between frames."""
    slow = sorted(frames)[int(len(frames) * 0.95)]
    print(
        f"{what}: median {statistics.median(frames):.1f} ms, 95 of 100 under {slow:.1f} ms, "
        f"{len(frames)} frames"
    )


if __name__ == "__main__":
    main()
