"""Reading the public programme: by room, track, language, kind, words, and what is on now."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from eventhub.agenda.services import add_track
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    EDITOR,
    make_room,
    make_session,
    make_speaker,
    make_xiamen,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser, Page

URL = "/en/xiamen-2026/programme"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen."""
    return make_xiamen(languages=["en", "fr", "zh"])


def titles(page: Page) -> list[str]:
    """Return the headings of the sessions that a page shows."""
    return [h.get_text(strip=True) for h in page.soup.select("article h3")]


def test_programme_is_read_by_room_track_language_and_kind(browser: Browser, event: Event) -> None:
    jimei, haicang = make_room(event, "Jimei Hall"), make_room(event, "Haicang Hall")
    with transaction():
        track = add_track(event.id, "T1", Translated(en="Policy"), actor=EDITOR)
    make_session(
        event, titles=Translated(en="Opening"), room_id=jimei.id, floor_languages=("zh",),
        interpretation=("fr",), kind="opening",
    )  # fmt: skip
    make_session(
        event, titles=Translated(en="Panel"), room_id=haicang.id, track_id=track.id,
        floor_languages=("en",), kind="panel", starts=wall("2026-04-03T09:00"),
    )  # fmt: skip
    publish(event)
    index = browser.get(f"{URL}/search")
    by_name = {a.get_text(strip=True): a["href"] for a in index.soup.select(".parts a")}
    assert {"Jimei Hall", "Haicang Hall", "Policy", "French", "Chinese", "English"} <= set(by_name)
    for name, found in (
        ("Jimei Hall", ["Opening"]),
        ("Policy", ["Panel"]),
        ("French", ["Opening"]),
        ("English", ["Panel"]),
        ("Panel", ["Panel"]),
    ):
        page = browser.get(str(by_name[name]))
        assert page.soup.h1.get_text(strip=True) == name
        assert titles(page) == found, name
    assert "Fri 3 April 2026" in browser.get(str(by_name["Policy"])).text
    assert "Calendar of this room" in browser.get(str(by_name["Jimei Hall"])).text


def test_language_without_sessions_says_so_and_what_is_not_there_is_not_found(
    browser: Browser, event: Event
) -> None:
    make_session(event, floor_languages=("en",))
    publish(event)
    page = browser.get(f"{URL}/languages/ar")
    assert "No session is held in this language or interpreted into it." in page.text
    for path in ("languages/xx", "rooms/NOTHING", "tracks/NOTHING", "kinds/party", "moods/x"):
        assert browser.get(f"{URL}/{path}").status == 404, path


def test_search_folds_letters_and_reads_titles_speakers_rooms_and_codes(
    browser: Browser, event: Event
) -> None:
    room = make_room(event, "Gulangyu Hall")
    session = make_session(
        event, code="7.3", titles=Translated(en="Digital skills", fr="Compétences numériques"),
        descriptions=Translated(en="For young people."), room_id=room.id,
    )  # fmt: skip
    name_speakers(session, (make_speaker(event, "Ms. Élodie N’GUESSAN"), "chair"))
    make_session(event, code="C", titles=Translated(en="Closing", zh="普遍接入与基础设施"))
    publish(event)
    for words in (
        "SKILLS", "skills digital", "competences", "elodie", "gulangyu", "7.3", "young",
    ):  # fmt: skip
        assert titles(browser.get(f"{URL}/search?q={words}")) == ["Digital skills"], words
    for words in ("基础设施", "基础", "普遍 设施"):
        assert titles(browser.get(f"{URL}/search?q={words}")) == ["Closing"], words
    assert titles(browser.get(f"{URL}/search?q=skills closing")) == []
    page = browser.get(f"{URL}/search?q=<b>nothing")
    assert "No session has all of these words." in page.text
    assert b"<b>nothing" not in page.response.data
    assert page.response.headers["X-Robots-Tag"].startswith("noindex")


def test_r3_2_search_never_reads_what_is_closed(browser: Browser, event: Event) -> None:
    speaker = make_speaker(event, "Ms. Ama TETTEH")
    closed = make_session(
        event, access="closed", titles=Translated(en="Bureau meeting"),
        descriptions=Translated(en="About the candidature"),
    )  # fmt: skip
    private = make_session(event, access="private", titles=Translated(en="Secret breakfast"))
    name_speakers(closed, (speaker, "chair"))
    name_speakers(private, (speaker, "chair"))
    publish(event)
    assert titles(browser.get(f"{URL}/search?q=bureau")) == ["Bureau meeting"]
    for words in ("candidature", "tetteh", "secret", "breakfast"):
        assert titles(browser.get(f"{URL}/search?q={words}")) == [], words


def test_r3_2_hidden_title_track_and_kind_are_not_found_out_by_reading_parts(
    browser: Browser, event: Event
) -> None:
    with transaction():
        track = add_track(event.id, "T1", Translated(en="Policy"), actor=EDITOR)
    make_session(
        event, access="closed", hides_title=True, titles=Translated(en="Bureau"), kind="drafting",
        track_id=track.id,
    )  # fmt: skip
    make_session(event, titles=Translated(en="Opening"))
    publish(event)
    assert titles(browser.get(f"{URL}/search?q=bureau")) == []
    assert titles(browser.get(f"{URL}/tracks/{track.ref}")) == []
    assert "Closed meeting" in browser.get(f"{URL}/2026-04-02").text
    assert browser.get(f"{URL}/kinds/drafting").status == 404
    feed = browser.client.get(f"{URL}/tracks/{track.ref}.ics")
    assert feed.status_code == 200
    assert b"VEVENT" not in feed.data


def test_search_asks_the_same_for_1_and_200_sessions_and_shows_a_hundred(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    make_session(event, titles=Translated(en="Round table"))
    publish(event)
    counts = []
    for more in (0, 120):
        for _number in range(more):
            make_session(event, titles=Translated(en="Round table"))
        if more:
            publish(event)
        statements.clear()
        page = browser.get(f"{URL}/search?q=table")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
    assert len(titles(page)) == 100
    assert "The first 100 of 121 sessions." in page.text


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def test_now_and_next_moves_with_the_clock_and_is_the_same_in_between(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    room = make_room(event, "Jimei Hall")
    for hour, title in ((9, "Opening"), (10, "Panel")):
        make_session(
            event, titles=Translated(en=title), room_id=room.id,
            starts=wall(f"2026-04-02T{hour:02}:00"),
        )  # fmt: skip
    publish(event)
    with clock.at(at("03-01T00:00")):
        page = browser.get(f"{URL}/now")
        assert "The programme begins on Thu 2 April 2026, 09:00 in Xiamen (UTC+8):" in page.text
        assert titles(page) == ["Opening"]
    with clock.at(at("04-02T01:30")):
        page = browser.get(f"{URL}/now")
        assert titles(page) == ["Opening", "Panel"]
        assert "Now 09:00–10:00" in page.text.replace(" – ", "–").replace("– ", "–")
    etag = page.response.headers["ETag"]
    with clock.at(at("04-02T01:59")):
        statements.clear()
        answer = browser.client.get(f"{URL}/now", headers={"If-None-Match": etag})
        assert answer.status_code == 304
        assert answer.headers["Cache-Control"] == "public, max-age=10"
        assert len(statements) == 2
    with clock.at(at("04-02T02:00")):
        assert titles(browser.get(f"{URL}/now")) == ["Panel"]
    with clock.at(at("04-02T03:00")):
        assert "The programme has ended." in browser.get(f"{URL}/now").text


def test_piece_of_now_and_next_is_what_the_page_holds(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Opening"))
    publish(event)
    with clock.at(at("04-02T01:30")):
        place = browser.get(f"{URL}/now").soup.select_one("[data-live]")
        assert place is not None
        piece = browser.client.get(str(place["data-live"]))
    shown = BeautifulSoup(piece.get_data(as_text=True), "lxml").get_text(" ", strip=True)
    assert shown == place.get_text(" ", strip=True)
    assert "Opening" in shown
    assert "<html" not in piece.get_data(as_text=True)


def test_cancelled_event_has_nothing_on(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Opening"))
    publish(event)
    with transaction():
        event.state = "cancelled"
    with clock.at(at("04-02T01:30")):
        page = browser.get(f"{URL}/now")
    assert titles(page) == []
    assert "The event is cancelled" in page.text


def test_programme_of_which_nothing_is_public_is_read_all_the_same(
    browser: Browser, event: Event
) -> None:
    make_session(event, access="private")
    publish(event)
    for page in ("", "/now", "/search", "/search?q=session", "/mine", "/languages/en"):
        assert browser.get(URL + page).status == 200, page
    assert "Nothing is planned here." in browser.get(f"{URL}/now").text
    assert browser.client.get(f"{URL}/worker.js").status_code == 200
