"""What cannot be of a session, each told by its field: lengths, midnights, gaps, folds, rooms."""

from datetime import date, timedelta

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.lint import faults_of, look_over
from eventhub.agenda.rules import break_walls
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.services import remove_room
from eventhub.i18n import Translated
from tests.agenda.programmes import EDITOR, make_room, make_session, values, wall
from tests.browser import Browser
from tests.factories import give, make_account, make_event

URL = "/manage/f1/programme/sessions"
FILLED = {"code": "1", "titles_en": "Opening", "day": "2026-03-07", "starts": "09:00",
          "ends": "10:00"}  # fmt: skip


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum in New York that has both changes of its clocks."""
    return make_event(
        slug="f1", zone="America/New_York", starts_on=date(2026, 3, 7), ends_on=date(2026, 11, 2),
        languages=["en"],
    )  # fmt: skip


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of somebody who edits the programme."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"ends": "09:00"}, "ends", "The session must end after it starts."),
        ({"starts": "23:00", "ends": "00:30"}, "ends", "write the day on which it ends"),
        ({"last_day": "2026-03-09"}, "ends", "A session lasts at most 24 hours."),
        ({"day": "2026-03-08", "starts": "02:30", "ends": "04:00"}, "starts", "straight to"),
        ({"day": "2026-03-08", "starts": "01:30", "ends": "02:30"}, "ends", "straight to"),
        ({"day": "2026-11-01", "starts": "01:30", "ends": "03:00"}, "starts_fold", "twice"),
        ({"day": "2026-11-01", "starts": "00:30", "ends": "01:30"}, "ends_fold", "twice"),
        ({"breaks": "10:30-10:45"}, "breaks", "A break lies within the session"),
        ({"breaks": "09:30-09:20"}, "breaks", "A break lies within the session"),
        (
            {"day": "2026-03-08", "starts": "01:00", "ends": "05:00", "breaks": "02:30-02:45"},
            "breaks",
            "straight to",
        ),
    ],
)
def test_each_bad_time_is_told_by_its_field(
    event: Event, editor: Browser, given: dict[str, str], field: str, told: str
) -> None:
    editor.get(f"{URL}/new")
    page = editor.submit(**{**FILLED, **given})
    assert page.status == 422
    element = page.soup.select_one(f"[name={field}]")
    assert element is not None
    described = str(element.get("aria-describedby", "")).split()
    sentences = [page.soup.find(id=one).get_text(" ", strip=True) for one in described]
    assert any(told in sentence for sentence in sentences), sentences
    kept = page.soup.select_one("[name=titles_en]")
    assert kept["value"] == "Opening"
    assert queries.sessions_of(event.id) == []


def test_session_over_midnight_over_the_change_of_clocks_has_its_true_length(
    event: Event,
) -> None:
    night = make_session(event, starts=wall("2026-03-07T23:00"), ends=wall("2026-03-08T04:00"))
    assert night.ends_at - night.starts_at == timedelta(hours=4)
    again = make_session(event, starts=wall("2026-10-31T23:00"), ends=wall("2026-11-01T04:00"))
    assert again.ends_at - again.starts_at == timedelta(hours=6)


def test_second_of_two_times_may_end_what_the_first_began(event: Event) -> None:
    short = make_session(
        event, starts=wall("2026-11-01T01:30"), ends=wall("2026-11-01T01:30"), ends_fold=1
    )
    assert short.ends_at - short.starts_at == timedelta(hours=1)
    with transaction(), pytest.raises(Invalid) as refused:
        services.add_session(
            event,
            values(event, starts=wall("2026-11-01T01:30"), ends=wall("2026-11-01T01:40"),
                   starts_fold=1),
            actor=EDITOR,
        )  # fmt: skip
    assert refused.value.field == "ends"


def test_breaks_after_midnight_are_of_the_next_day(event: Event) -> None:
    night = make_session(
        event, starts=wall("2026-04-02T23:00"), ends=wall("2026-04-03T02:00"),
        breaks=(("23:30", "23:45"), ("00:30", "00:45"), ("23:55", "00:05")),
    )  # fmt: skip
    found = list(break_walls(night.starts, night.breaks))
    assert found == [
        (wall("2026-04-02T23:30"), wall("2026-04-02T23:45")),
        (wall("2026-04-03T00:30"), wall("2026-04-03T00:45")),
        (wall("2026-04-02T23:55"), wall("2026-04-03T00:05")),
    ]
    assert [ends - begins for begins, ends in queries.breaks_of(night)] == [
        timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=10),
    ]  # fmt: skip


def test_break_that_no_clock_shows_any_more_stops_nothing(event: Event) -> None:
    session = make_session(event, starts=wall("2026-03-08T01:00"), ends=wall("2026-03-08T05:00"))
    with transaction():
        session.breaks = [["02:30", "02:45"]]
    assert queries.breaks_of(session) == ()
    assert look_over(event, queries.load_draft(event.id)) is not None


def test_one_minute_of_overlap_is_a_clash_and_none_is_not(event: Event) -> None:
    room = make_room(event, "Hall")
    first = make_session(event, code="1", titles=Translated(en="A"), room_id=room.id)
    make_session(event, code="2", starts=first.ends, room_id=room.id)
    assert faults_of(look_over(event, queries.load_draft(event.id))) == {}
    third = make_session(
        event, code="3", starts=first.ends - timedelta(minutes=1), ends=first.ends,
        room_id=room.id,
    )  # fmt: skip
    assert set(faults_of(look_over(event, queries.load_draft(event.id)))) == {first.ref, third.ref}


def test_session_outside_the_event_is_warned_of(event: Event) -> None:
    make_session(event, starts=wall("2026-12-24T18:00"))
    (told,) = look_over(event, queries.load_draft(event.id))
    assert told.sentence == "It lies outside the days of the event."


def test_room_is_not_removed_under_its_sessions(event: Event, browser: Browser) -> None:
    room = make_room(event, "Hall")
    session = make_session(event, room_id=room.id)
    with transaction(), pytest.raises(Conflict, match="Move them first"):
        remove_room(event, room, actor=EDITOR)
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    browser.get(f"/manage/f1/settings/rooms/{room.ref}")
    page = browser.submit(browser.page.form(action="remove"))
    assert "Move them first" in page.text
    assert queries.get_session(event.id, session.ref).room_id == room.id
