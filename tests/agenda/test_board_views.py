"""The board as pages: fragments with ETag, refusals that change nothing, the form "Move to..."."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.models import Session
from eventhub.agenda.services import Move, Place
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.registration.models import Pool
from tests.agenda.programmes import make_room, make_session, wall
from tests.browser import Browser, forget
from tests.factories import give, make_account, make_event

URL = "/manage/xiamen-2026/programme"
LI = Actor("account", 99, "K. Li", {"agenda.edit": EVERYTHING})


@pytest.fixture
def event(app: object) -> Event:
    """Return an event on 2 and 3 April 2026."""
    return make_event(
        slug="xiamen-2026", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3), languages=["en"]
    )


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def ask(browser: Browser, etag: str = "", more: str = "") -> Any:
    headers = {"If-None-Match": etag} if etag else {}
    forget()
    return browser.client.get(f"{URL}/board?day=2026-04-02{more}", headers=headers)


def send(browser: Browser, session: Session, starts: str, room: str = "", **more: str) -> Any:
    browser.get(URL)
    token = browser.page.soup.select_one("[name=csrf_token]")
    assert token is not None
    values = {"s": session.ref, "v": "1", "starts": starts, "minutes": "60", "room": room}
    data = {"csrf_token": token["value"], "act": "move", **values, **more}
    return browser.client.post(f"{URL}/board?day=2026-04-02", data=data)


def moved_by_li(event: Event, session: Session, starts: str) -> None:
    with transaction():
        move = Move(session.ref, None, Place(wall(starts), 60))
        services.move_sessions(event, [move], actor=LI)


def test_board_answers_304_until_somebody_changes_something(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    first = ask(editor)
    assert first.status_code == 200
    assert ask(editor, first.headers["ETag"]).status_code == 304
    moved_by_li(event, session, "2026-04-02T14:30")
    later = ask(editor, first.headers["ETag"])
    assert later.status_code == 200
    assert "K. Li moved 2.1 to Thu 2 April, 14:30." in later.text
    assert 'data-at="2026-04-02T14:30"' in later.text


def test_unchanged_board_asks_little(editor: Browser, event: Event, statements: list[str]) -> None:
    make_session(event)
    etag = ask(editor).headers["ETag"]
    statements.clear()
    assert ask(editor, etag).status_code == 304
    assert len(statements) <= 6


def test_move_answers_with_the_board_and_a_sentence(editor: Browser, event: Event) -> None:
    room = make_room(event, "Jimei Hall")
    session = make_session(event, code="2.1")
    answer = send(editor, session, "2026-04-02T11:05", room.ref)
    assert answer.status_code == 200
    assert "2.1: Thu 2 April, 11:05–12:05, Jimei Hall." in answer.text
    assert queries.get_session(event.id, session.ref).room_id == room.id


def test_stale_move_is_refused_with_the_board_as_it_is(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.1")
    moved_by_li(event, session, "2026-04-02T14:30")
    answer = send(editor, session, "2026-04-02T11:00")
    assert answer.status_code == 409
    assert "K. Li changed 2.1 meanwhile" in answer.text
    assert 'data-at="2026-04-02T14:30"' in answer.text


@pytest.mark.parametrize(
    "given",
    [
        {"starts": "noon"}, {"minutes": "x"}, {"room": "nowhere"}, {"minutes": "0"},
        {"v": ["1", "2"]}, {"starts": "2026-04-02T10:00+02:00"},
        {"starts": "9999-12-31T23:00"}, {"starts": "0001-01-01T00:00"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_moves_nothing(
    editor: Browser, event: Event, given: dict[str, Any]
) -> None:
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    answer = send(editor, session, **{"starts": "2026-04-02T10:00", **given})
    assert answer.status_code in (409, 422)
    assert queries.get_session(event.id, session.ref).starts == wall("2026-04-02T09:00")


@pytest.mark.parametrize("starts", ["noon", "nullT09:00", "2026-04-02T10:00+02:00"])
def test_start_that_is_no_time_is_named(editor: Browser, event: Event, starts: str) -> None:
    answer = send(editor, make_session(event), starts)
    assert answer.status_code == 422
    assert f"“{starts}” is no time at which a session can start." in answer.text
    assert "changed the rooms" not in answer.text


def test_move_again_is_offered_only_where_somebody_was_faster(
    editor: Browser, event: Event
) -> None:
    stale, held = make_session(event), make_session(event)
    moved_by_li(event, stale, "2026-04-02T14:30")
    assert "data-again" in send(editor, stale, "2026-04-02T11:00").text
    with transaction():
        seats = {"code": "S", "scope": "per_session", "seats": 10}
        db.session.add(Pool(event_id=event.id, session_id=held.id, **seats))
    answer = send(editor, held, "")
    assert answer.status_code == 409
    assert "needs a time, since this belongs to it: seats." in answer.text
    assert "data-again" not in answer.text


def test_form_keeps_what_was_typed_where_another_was_faster(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    editor.get(f"{URL}/move?s={session.ref}")
    moved_by_li(event, session, "2026-04-02T14:30")
    page = editor.submit(starts="11:00", press="act=move")
    assert page.status == 409
    assert "K. Li changed 2.1 meanwhile" in page.text
    assert page.soup.select_one("[name=starts]")["value"] == "11:00"  # type: ignore[index]
    assert editor.submit(press="act=move").status == 200
    assert queries.get_session(event.id, session.ref).starts == wall("2026-04-02T11:00")


def test_several_keep_their_distance_and_rooms(editor: Browser, event: Event) -> None:
    room = make_room(event)
    one = make_session(event, starts=wall("2026-04-02T09:00"), room_id=room.id)
    other = make_session(event, starts=wall("2026-04-02T10:30"))
    editor.get(f"{URL}/move?s={one.ref}&s={other.ref}")
    assert editor.submit(day="2026-04-03", starts="14:00", press="act=move").status == 200
    assert one.starts == wall("2026-04-03T14:00")
    assert other.starts == wall("2026-04-03T15:30")
    assert (one.room_id, other.room_id) == (room.id, None)


def test_form_asks_which_of_two_equal_times(browser: Browser) -> None:
    event = make_event(
        slug="ny-2026", zone="America/New_York", starts_on=date(2026, 11, 1), languages=["en"]
    )
    account = make_account()
    give(account, "agenda_editor", event)
    session = make_session(event, starts=wall("2026-11-01T09:00"))
    browser.sign_in(account).get(f"/manage/ny-2026/programme/move?s={session.ref}")
    page = browser.submit(starts="01:30", press="act=move")
    assert page.status == 422
    assert "twice on that day" in page.text
    assert browser.submit(starts_fold="1", press="act=move").status == 200
    assert (session.starts, session.starts_fold) == (wall("2026-11-01T01:30"), 1)


def test_parallel_sessions_of_a_room_stand_side_by_side(editor: Browser, event: Event) -> None:
    room = make_room(event)
    for minute in ("00", "10"):
        make_session(event, starts=wall(f"2026-04-02T09:{minute}"), room_id=room.id)
    classes = [" ".join(b["class"]) for b in editor.get(URL).soup.select(".room-day .block")]
    assert ["lane-0 of-2" in classes[0], "lane-1 of-2" in classes[1]] == [True, True]


def test_session_past_midnight_is_drawn_to_the_end_of_its_day(
    editor: Browser, event: Event
) -> None:
    make_session(event, starts=wall("2026-04-02T22:00"), ends=wall("2026-04-03T01:00"))
    block = editor.get(URL).soup.select_one(".block")
    assert block is not None
    assert {"at-264", "for-24"} <= set(block["class"])
    assert "Fri 3 April" in block.get_text()


def test_filter_leaves_others_on_the_board_without_words(editor: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Coffee"), kind="break")
    make_session(event, titles=Translated(en="Talk"), kind="panel")
    soup = editor.get(f"{URL}?kind=panel").soup
    assert len(soup.select(".block")) == 2
    (shown,) = soup.select(".block h4")
    assert "Talk" in shown.get_text()
    assert "kind=panel" in str(soup.select_one("#chosen"))


def test_viewer_sees_the_board_and_may_move_nothing(browser: Browser, event: Event) -> None:
    session = make_session(event)
    account = make_account()
    give(account, "protocol", event)
    page = browser.sign_in(account).get(URL)
    assert page.soup.select(".block")
    assert not page.soup.select(".block a, [name=s], #chosen, script[src*=board]")
    assert browser.get(f"{URL}/move?s={session.ref}").status == 404


@pytest.fixture
def li(event: Event, app: Flask) -> Browser:
    """Return the browser of a second editor, called Wang Li."""
    account = make_account(name="Wang Li")
    give(account, "agenda_editor", event)
    return Browser(app).sign_in(account)


def test_two_editors_see_each_other_by_name(editor: Browser, li: Browser, event: Event) -> None:
    make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    alone = ask(editor)
    assert "is editing" not in alone.text
    assert "is editing" in li.get(URL).text
    later = ask(editor, alone.headers["ETag"])
    assert later.status_code == 200
    assert "Wang Li is editing" in later.text
    assert ask(editor, later.headers["ETag"]).status_code == 304
    assert "Wang Li is editing" in editor.get(URL).text


def test_others_see_which_session_is_being_moved(
    editor: Browser, li: Browser, event: Event
) -> None:
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    etag = ask(editor).headers["ETag"]
    ask(li, more=f"&moving={session.ref}")
    later = ask(editor, etag)
    assert "Wang Li is moving 2.1" in later.text
    assert " held" in later.text
    ask(li)
    assert "Wang Li is editing" in ask(editor, later.headers["ETag"]).text


def test_who_left_a_minute_ago_is_not_named(editor: Browser, li: Browser, event: Event) -> None:
    ask(li)
    assert "Wang Li is editing" in ask(editor).text
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert "is editing" not in ask(editor).text


def test_reader_of_the_draft_is_not_said_to_edit(editor: Browser, event: Event, app: Flask) -> None:
    account = make_account(name="Ana Reader")
    give(account, "programme_desk", event)
    assert ask(Browser(app).sign_in(account)).status_code == 200
    assert "Ana Reader" not in ask(editor).text
