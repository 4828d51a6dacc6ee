"""Scenario 7 of the release: a track moves, and only its people hear of it; the mail part.

What real calendar clients make of the feeds is tested beside the formats.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from eventhub.calendars.queries import feed_token
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from tests.agenda.programmes import change, make_room, make_session, publish, wall
from tests.browser import Browser
from tests.factories import make_category, make_event, make_registration
from tests.mail.post import Post, free_port, mail_server

NOON = datetime(2024, 3, 26, 8, tzinfo=UTC)


@pytest.fixture
def post(app: Flask) -> Iterator[Post]:
    """Let the application send to a real mail server."""
    port = free_port()
    settings: Settings = app.extensions["eventhub.settings"]
    with mail_server(port) as box:
        app.extensions["eventhub.settings"] = replace(settings, mail=f"smtp://127.0.0.1:{port}")
        yield box


def _entry(browser: Browser, url: str, uid: str) -> tuple[str, int, str]:
    """Return UID, SEQUENCE and LOCATION of a session in the calendar at this address."""
    answer = browser.get(url).response
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.data)
    (entry,) = [one for one in calendar.walk("VEVENT") if str(one["UID"]) == uid]
    return str(entry["UID"]), int(entry["SEQUENCE"]), str(entry["LOCATION"])


def test_scenario_7_revision_moves_track_3_and_only_its_people_get_mail(
    app: Flask, browser: Browser, post: Post
) -> None:
    event = make_event(
        slug="xiamen-2024", starts_on=date(2024, 4, 2), languages=["en", "fr", "zh"],
        titles=Translated(en="The forum", zh="论坛"),
    )  # fmt: skip
    jimei, haicang = make_room(event, "Room Jimei"), make_room(event, "Room Haicang")
    track = make_session(
        event, code="2.3", titles=Translated(en="Track 3", zh="第三专题"), room_id=jimei.id,
        access="by_invitation", admit=("DEL",), starts=wall("2024-04-02T14:15"),
        ends=wall("2024-04-02T17:15"),
    )  # fmt: skip
    plenary = make_session(event, code="1")
    delegates, media = make_category(event, "DEL"), make_category(event, "MED")
    admitted = [
        make_registration(event, delegates, state="accredited", language=language)
        for language in ("en", "zh")
    ]
    make_registration(event, media, state="accredited")
    personal = f"/my/{feed_token(admitted[0])}/calendar.ics"
    public = "/en/xiamen-2024/calendar.ics"
    with clock.at(NOON):
        publish(event)
        run_due(app)
        before = _entry(browser, personal, track.uid)
        change(
            event, track, room_id=haicang.id, starts=wall("2024-04-02T14:30"),
            ends=wall("2024-04-02T17:30"),
        )  # fmt: skip
        publish(event)
    with clock.at(NOON + timedelta(minutes=30)):
        run_due(app)
        told = {str(message["To"]): message for message in post.taken}
        assert set(told) == {person.email for person in admitted}
        english, chinese = (_text(told[person.email]) for person in admitted)
        moved = "2.3 Track 3 moved from Room Jimei to Room Haicang, 14:15–17:15 to 14:30–17:30."
        assert moved in " ".join(english.split())
        assert "Times are those of Xiamen." in english
        assert "第三专题" in chinese
        assert before[1] == 0
        mine = _entry(browser, personal, track.uid)
        assert mine == (track.uid, 1, "Room Haicang, Xiamen")
        assert _entry(browser, public, track.uid) == mine
        assert _entry(browser, public, plenary.uid)[1] == 0
        run_due(app)
    assert len(post.taken) == 2


def _text(message: object) -> str:
    body = message.get_body(["plain"])  # type: ignore[attr-defined]
    return str(body.get_content())
