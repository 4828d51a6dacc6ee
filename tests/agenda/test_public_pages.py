"""The public pages of the programme, made once for everybody."""

import re
from pathlib import Path

from flask import Flask

from eventhub.agenda import services
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_many,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser

PUBLIC = "/en/xiamen-2026/programme"


def test_before_publication_a_plain_page(browser: Browser, event: Event) -> None:
    make_session(event)
    page = browser.get(PUBLIC)
    assert page.status == 200
    assert "The programme will be published here." in page.text
    assert browser.get(f"{PUBLIC}/speakers").status == 404


def test_public_page_says_version_times_and_who_speaks(browser: Browser, event: Event) -> None:
    room = make_room(event, "Jimei Hall")
    session = make_session(
        event, code="1.1", titles=Translated(en="Opening", fr="Ouverture"), room_id=room.id
    )
    name_speakers(session, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    publish(event)
    page = browser.get(PUBLIC)
    assert "Thu 2 April 2026" in page.text
    assert "09:00" in page.text
    assert "Times are those of Xiamen (UTC+8): 09:00 there is 01:00 UTC." in page.text
    assert "Ms. Ama TETTEH" in page.text
    assert "First version" in page.text
    assert page.soup.select_one("time")["datetime"] == "2026-04-02T09:00+08:00"  # type: ignore[index]
    assert "Ouverture" in browser.get("/fr/xiamen-2026/programme").text
    one = browser.get(f"{PUBLIC}/sessions/{session.ref}")
    assert "09:00 in Xiamen (UTC+8; 01:00 in" in one.text
    assert "Minister" in one.text
    assert "Opening" in browser.get(f"{PUBLIC}/speakers").text


def test_made_once_pages_carry_nothing_of_the_reader(
    editor: Browser, event: Event, statements: list[str]
) -> None:
    make_session(event)
    publish(event)
    editor.get("/account")
    first = editor.get(f"{PUBLIC}?utm=<script>")
    assert "Set-Cookie" not in first.response.headers
    assert "Cookie" not in first.response.headers.get("Vary", "")
    assert b"csrf" not in first.response.data
    assert b"utm" not in first.response.data
    assert first.response.headers["Cache-Control"] == "public, no-cache"
    etag = first.response.headers["ETag"]
    assert editor.get(PUBLIC).response.headers["ETag"] == etag
    statements.clear()
    again = editor.get(PUBLIC, **{"If-None-Match": etag})
    assert again.status == 304
    assert not again.response.data
    assert len(statements) == 2
    packed = editor.client.get(PUBLIC, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != etag, "other bytes, another name"


def test_new_version_makes_new_pages(browser: Browser, event: Event, app: Flask) -> None:
    session = make_session(event, titles=Translated(en="Opening"))
    publish(event)
    first = browser.get(PUBLIC)
    change(event, session, titles=Translated(en="Inauguration"))
    assert "Opening" in browser.get(PUBLIC).text
    publish(event)
    second = browser.get(PUBLIC)
    assert "Inauguration" in second.text
    assert "Rev.1" in second.text
    assert second.response.headers["ETag"] != first.response.headers["ETag"]


def test_change_of_the_event_makes_new_pages(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    assert "The forum" in browser.get(PUBLIC).text
    with transaction():
        event.state, event.notice = "cancelled", Translated(en="A typhoon is near.")
    page = browser.get(PUBLIC)
    assert "The event is cancelled" in page.text
    assert "A typhoon is near." in page.text


def test_job_makes_the_pages_before_anybody_asks(
    browser: Browser, event: Event, app: Flask, statements: list[str]
) -> None:
    make_session(event)
    publish(event)
    assert run_due(app) >= 1
    made = list((Path(app.extensions["eventhub.settings"].data_dir) / "cache").rglob("*.gz"))
    names = {path.name.partition(".gz")[0] for path in made}
    for language in ("en", "fr"):
        for form in ("day-2026-04-02", "day-all", "first", "speakers"):
            assert f"{language}-{form}" in names
        for form in ("calendar", "schedule.xml", "schedule.json"):
            assert any(name.startswith(f"{language}-{form}-") for name in names), form
    statements.clear()
    assert browser.get("/fr/xiamen-2026/programme").status == 200
    assert len(statements) == 2
    make_session(event)
    publish(event)
    run_due(app)
    assert all(not path.exists() for path in made)


def test_r3_2_private_session_stands_nowhere_and_closed_shows_its_title(
    browser: Browser, event: Event
) -> None:
    speaker = make_speaker(event, "Ms. Ama TETTEH")
    closed = make_session(
        event,
        titles=Translated(en="Heads of delegation"),
        descriptions=Translated(en="What is at stake"),
        access="closed",
        admit=("HOD",),
    )
    private = make_session(event, titles=Translated(en="Security briefing"), access="private")
    for session in (closed, private):
        name_speakers(session, (speaker, "chair"))
    make_session(event)
    publish(event)
    pages = [PUBLIC, f"{PUBLIC}/all", f"{PUBLIC}/sessions/{closed.ref}", f"{PUBLIC}/speakers"]
    texts = {url: browser.get(url).text for url in pages}
    assert "Heads of delegation" in texts[PUBLIC]
    assert "Closed" in texts[PUBLIC]
    for text in texts.values():
        assert "Security briefing" not in text
        assert "What is at stake" not in text
        assert "TETTEH" not in text
    assert browser.get(f"{PUBLIC}/sessions/{private.ref}").status == 404
    assert browser.get(f"{PUBLIC}/speakers/{speaker.ref}").status == 404


def test_cancelled_session_stays_struck_with_the_word(browser: Browser, event: Event) -> None:
    session = make_session(event)
    publish(event)
    with transaction():
        services.cancel_session(event, session, actor=EDITOR)
    publish(event)
    article = browser.get(PUBLIC).soup.select_one("article.cancelled")
    assert article is not None
    assert "Cancelled" in article.get_text()


def test_reader_chooses_the_clock(browser: Browser, event: Event) -> None:
    make_session(event, starts=wall("2026-04-02T09:00"))
    publish(event)
    page = browser.get(f"{PUBLIC}?tz=America/New_York")
    assert "21:00" in page.text
    assert "Wed 1 April" in page.text
    assert "ETag" in page.response.headers
    assert "09:00" in browser.get(f"{PUBLIC}?tz=Mars/Olympus").text
    assert browser.get(f"{PUBLIC}/time-zone").status == 200


def test_day_without_sessions_is_not_found(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    for day in ("2026-04-03", "tomorrow", "20260402"):
        assert browser.get(f"{PUBLIC}/{day}").status == 404


def test_programme_opens_at_today(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="First day"))
    make_session(event, titles=Translated(en="Second day"), starts=wall("2026-04-03T09:00"))
    publish(event)
    with clock.at(wall("2026-04-03T05:00:00+00:00")):
        assert "Second day" in browser.get(PUBLIC).text
    with clock.at(wall("2026-05-03T05:00:00+00:00")):
        assert "First day" in browser.get(PUBLIC).text


def test_draft_event_shows_no_programme(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    with transaction():
        event.state = "draft"
    assert browser.get(PUBLIC).status == 404


def test_rooms_are_columns_by_classes_alone(browser: Browser, event: Event) -> None:
    rooms = [make_room(event, name) for name in ("Plenary Hall", "Jimei Hall")]
    for room in rooms:
        make_session(event, room_id=room.id)
    make_session(event, kind="break", starts=wall("2026-04-02T12:00"))
    publish(event)
    page = browser.get(PUBLIC)
    assert page.soup.select_one(".programme.grid.rooms-2")
    classes = [" ".join(a["class"]) for a in page.soup.select("article")]
    assert classes == [
        "session from-2 to-3 room-2",
        "session from-2 to-3 room-3",
        "session from-4 to-5 all-rooms break",
    ]
    sheet = browser.get(re.findall(r'href="(/static-event/programme[^"]+)"', str(page.soup))[0])
    assert "immutable" in sheet.response.headers["Cache-Control"]
    assert b".from-2{--from:2}" in sheet.response.data


def test_public_page_asks_the_same_for_1_and_30_sessions(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    counts = []
    for more in (1, 29):
        make_many(event, more)
        publish(event)
        statements.clear()
        assert browser.get(PUBLIC).status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
