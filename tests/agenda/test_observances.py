"""Holidays and times of prayer, of which the programme is warned (R3.4)."""

from datetime import date, datetime, timedelta
from datetime import time as clock_time

from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.lint import look_over
from eventhub.core.db import transaction
from eventhub.events.models import Event
from tests.agenda.programmes import EDITOR, make_room, make_session
from tests.agenda.test_lint import sentences
from tests.browser import Browser
from tests.factories import give, make_account, make_event

FRIDAY = date(2026, 4, 3)
PRAYER = {"name": "Friday prayer", "starts": "12:45", "ends": "13:30", "day": "2026-04-03"}
HOLIDAY = {"day": "2026-04-03", "name": "Good Friday"}


def observe(event: Event, **values: list[dict[str, str]]) -> None:
    """Keep holidays and times of prayer."""
    with transaction():
        kept = {"holidays": [], "prayers": [], **values}
        services.keep_observances(event, kept, actor=EDITOR)


def make_friday() -> Event:
    """Return a forum of the two days of 2 and 3 April 2026."""
    return make_event(starts_on=date(2026, 4, 2), ends_on=FRIDAY)


def test_r3_4_session_on_a_holiday_is_advised_against_once(app: Flask) -> None:
    event = make_friday()
    observe(event, holidays=[HOLIDAY])
    assert sentences(event) == []
    for hour in (9, 11):
        make_session(event, starts=datetime.combine(FRIDAY, clock_time(hour)))
    assert sentences(event) == ["Fri 3 April 2026 is a holiday: Good Friday."]


def test_r3_4_session_during_prayer_is_advised_against(app: Flask) -> None:
    event = make_friday()
    observe(event, prayers=[PRAYER])
    noon = datetime.combine(FRIDAY, clock_time(12))
    make_session(event, starts=noon, ends=noon + timedelta(minutes=45))
    make_session(event, starts=noon - timedelta(days=1), ends=noon + timedelta(hours=-22))
    assert sentences(event) == [], "it ends when the prayer begins; the other is on Thursday"
    one = make_session(event, starts=noon, ends=noon + timedelta(minutes=46))
    (advice,) = sentences(event)
    assert advice == "One session goes on during Friday prayer on Fri 3 April, 12:45–13:30."
    with transaction():
        one.breaks = [["12:40", "13:30"]]
    assert sentences(event) == [], "its own break makes room"


def test_acceptance_holds_when_other_sessions_go_on_during_prayer(app: Flask) -> None:
    event = make_friday()
    observe(event, prayers=[{**PRAYER, "day": ""}])
    noon = datetime.combine(FRIDAY, clock_time(13))
    make_session(event, starts=noon)
    (told,) = look_over(event, queries.load_draft(event.id))
    with transaction():
        services.accept_finding(
            event, told.finding, "A room for prayer is next door.", actor=EDITOR
        )
    make_session(event, starts=noon, room_id=make_room(event).id)
    (again,) = look_over(event, queries.load_draft(event.id))
    assert again.accepted is not None
    assert again.finding.said["sessions"] == "2"


def test_editor_enters_holidays_and_prayers(browser: Browser) -> None:
    event = make_event(slug="f", starts_on=date(2026, 4, 2), ends_on=FRIDAY)
    make_session(event, starts=datetime.combine(FRIDAY, clock_time(13)))
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    browser.get("/manage/f/programme/observances")
    page = browser.submit(**{"holidays-0-day": "2026-04-03", "holidays-0-name": ""})
    assert page.status == 422
    page = browser.submit(
        **{
            "holidays-0-name": "Good Friday",
            "prayers-0-name": "Friday prayer",
            "prayers-0-starts": "13:30",
            "prayers-0-ends": "12:45",
        }
    )
    assert "It must end after it starts." in page.text
    page = browser.submit(**{"prayers-0-starts": "12:45", "prayers-0-ends": "13:30"})
    assert "is a holiday: Good Friday." in page.text
    assert "during Friday prayer" in page.text
    page = browser.get("/manage/f/programme/observances")
    assert page.soup.select_one("input[name=holidays-0-name]")["value"] == "Good Friday"
    browser.submit(**{"holidays-0-day": "", "holidays-0-name": ""})
    assert "is a holiday" not in browser.get("/manage/f/programme/checks").text


def test_stranger_does_not_see_them(browser: Browser) -> None:
    make_event(slug="f")
    browser.sign_in(make_account())
    assert browser.get("/manage/f/programme/observances").status in (403, 404)
