"""A programme to be edited: an event with rooms and sessions, and people who edit it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete

from eventhub.access.services import give_role
from eventhub.agenda import queries, services
from eventhub.agenda.models import Session
from eventhub.agenda.models.editing import EditorAct
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.queries import get_event
from eventhub.events.services import add_room
from eventhub.i18n import Translated
from eventhub.people.services import create_account
from tests.e2e.ground import PASSWORD, publish
from tests.e2e.hands import sign_in
from tests.e2e.site import Site

ROOMS = ("Plenary Hall", "Gulangyu Hall", "Wuyuan Hall")


def make_programme(
    site: Site, title: str, rooms: Sequence[str] = ROOMS, languages: tuple[str, ...] = ("en",)
) -> str:
    """Publish an event of two days in these rooms, nothing planned yet; return its slug."""
    slug = publish(site, "forum", title, languages)
    with site.inside(), transaction():
        event = get_event(slug)
        event.ends_on += timedelta(days=1)
        for number, name in enumerate(rooms, start=1):
            names = Translated(en=name)
            add_room(event, code=f"R{number}", names=names, capacity=number * 40, actor=SYSTEM)
    return slug


def add(
    site: Site,
    slug: str,
    code: str,
    starts: str,
    room: int | None,
    minutes: int = 60,
    title: str = "",
) -> str:
    """Add a session on the event's first day, in the room of this number; return its ref."""
    with site.inside(), transaction():
        event = get_event(slug)
        begins = datetime.combine(event.starts_on, time.fromisoformat(starts))
        rooms = queries.load_draft(event.id).rooms
        place = {one.code: one.id for one in rooms.values()}
        values = services.SessionValues(
            code=code,
            titles=Translated(en=title or f"Session {code}"),
            kind="plenary",
            starts=begins,
            ends=begins + timedelta(minutes=minutes),
            room_id=place[f"R{room}"] if room else None,
        )
        return str(services.add_session(event, values, actor=SYSTEM).ref)


def stored(site: Site, slug: str, ref: str) -> tuple[str, int, str]:
    """Return where a session is stored to be: time ("tray" without one), minutes, code of room."""
    with site.inside():
        event = get_event(slug)
        session: Session = queries.get_session(event.id, ref, or_in_tray=True)
        rooms = queries.load_draft(event.id).rooms
        minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
        day = (session.starts.date() - event.starts_on).days + 1
        starts = f"day {day}, {session.starts:%H:%M}" if session.is_placed else "tray"
        return starts, minutes, rooms[session.room_id].code if session.room_id else ""


def open_board(page: Page, slug: str, email: str, **asked: str) -> None:
    """Sign in and open the editor."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    address = f"/manage/{slug}/programme"
    sign_in(page, email, PASSWORD, address)
    page.goto(f"{address}?{query}" if query else address)
    page.locator("#board").wait_for()


def editor(site: Site, slug: str, email: str, name: str) -> None:
    """Make somebody who edits the programme, with the password of the ground."""
    with site.inside(), transaction():
        account = create_account(email, name, password=PASSWORD, actor=SYSTEM)
        give_role(account.id, "agenda_editor", event_id=get_event(slug).id, actor=SYSTEM)


def block(page: Page, ref: str) -> Locator:
    """Return the session's block."""
    return page.locator(f"#s-{ref}")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> None:
    """Press the mouse at one point, move it in steps, and let it go at the other."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=steps)
    page.mouse.move(*end, steps=steps)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.mouse.up()
    settled(page)


def settled(page: Page) -> None:
    """Wait until the board shows what is stored."""
    expect(page.locator(".block.sent, .ghost")).to_have_count(0)


def middle(place: Locator, *, dx: float = 0, dy: float = 0) -> tuple[float, float]:
    """Return the middle of what is there, so many pixels aside."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy


def clear(site: Site, slug: str) -> None:
    """Remove every session of the event, and what its editors could undo."""
    with site.inside(), transaction():
        event_id = get_event(slug).id
        for table in (EditorAct, Session):
            db.session.execute(delete(table).where(table.event_id == event_id))
