"""Calendars of one room and of one track (R3.6)."""

import icalendar
from flask import Flask

from eventhub.agenda.models import Session, Track
from eventhub.calendars.parts import to_part
from eventhub.events.models import Event, EventRoom
from eventhub.i18n import Translated, use
from tests.agenda.programmes import change, make_room, make_session, publish, wall
from tests.browser import Browser
from tests.calendars.reading import FEED, fetched
from tests.factories import keep

ROOMS = "/en/xiamen-2026/programme/rooms"
TRACKS = "/en/xiamen-2026/programme/tracks"


def make_track(event: Event, code: str = "T1", title: str = "Policy") -> Track:
    """Return a track with titles in English and French."""
    track: Track = keep(
        Track(event_id=event.id, code=code, titles=Translated(en=title, fr=f"{title} (fr)"))
    )
    return track


def _placed(event: Event) -> tuple[EventRoom, EventRoom, Session]:
    hall, other = make_room(event, "Haicang Hall"), make_room(event, "Jimei Hall")
    here = make_session(event, titles=Translated(en="Here"), room_id=hall.id)
    make_session(event, titles=Translated(en="There"), room_id=other.id)
    make_session(event, titles=Translated(en="Nowhere"))
    make_session(event, titles=Translated(en="Secret"), room_id=hall.id, access="private",
                 starts=wall("2026-04-02T14:00"))  # fmt: skip
    publish(event)
    return hall, other, here


def test_r3_6_room_and_track_hold_their_public_sessions_alone(
    browser: Browser, event: Event
) -> None:
    track = make_track(event)
    make_session(event, titles=Translated(en="On policy"), track_id=track.id)
    hall, other, _here = _placed(event)
    assert set(fetched(browser, f"{ROOMS}/{hall.ref}.ics")) == {"Here"}
    assert set(fetched(browser, f"{ROOMS}/{other.ref}.ics")) == {"There"}
    assert set(fetched(browser, f"{TRACKS}/{track.ref}.ics")) == {"On policy"}


def test_entries_of_a_part_equal_those_of_the_whole(browser: Browser, event: Event) -> None:
    hall, _other, _here = _placed(event)
    whole = fetched(browser, FEED)["Here"].to_ical()
    assert fetched(browser, f"{ROOMS}/{hall.ref}.ics")["Here"].to_ical() == whole


def test_part_says_its_name_in_the_language_of_its_address(browser: Browser, event: Event) -> None:
    track = make_track(event)
    make_session(event, track_id=track.id)
    publish(event)
    address = TRACKS.replace("/en/", "/fr/")
    found = icalendar.Calendar.from_ical(browser.get(f"{address}/{track.ref}.ics").response.data)
    assert found["X-WR-CALNAME"].startswith("Le forum")
    assert found["X-WR-CALNAME"].endswith("Policy (fr)")


def test_room_that_every_session_left_is_an_empty_calendar_that_can_be_read(
    browser: Browser, event: Event
) -> None:
    hall, other, here = _placed(event)
    change(event, here, room_id=other.id)
    publish(event)
    page = browser.get(f"{ROOMS}/{hall.ref}.ics")
    calendar = icalendar.Calendar.from_ical(page.response.data)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert set(fetched(browser, f"{ROOMS}/{other.ref}.ics")) == {"Here", "There"}


def test_part_nobody_knows_and_part_before_publishing_are_not_found(
    browser: Browser, event: Event
) -> None:
    hall = make_room(event, "Haicang Hall")
    assert browser.get(f"{ROOMS}/{hall.ref}.ics").status == 404
    make_session(event)
    publish(event)
    assert browser.get(f"{ROOMS}/{hall.ref}.ics").status == 200
    for wrong in ("NOTHERE", "a.b", hall.ref + "0"):
        assert browser.get(f"{ROOMS}/{wrong}.ics").status == 404
        assert browser.get(f"{TRACKS}/{wrong}.ics").status == 404


def test_parts_are_made_once_with_two_statements_and_304(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    hall, _other, _here = _placed(event)
    url = f"{ROOMS}/{hall.ref}.ics"
    first = browser.get(url).response
    statements.clear()
    again = browser.get(url, **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert len(statements) == 2


def test_page_of_a_day_leads_to_its_calendar(browser: Browser, event: Event) -> None:
    _placed(event)
    page = browser.get("/en/xiamen-2026/programme/2026-04-02")
    link = page.soup.find("a", string="Calendar of this day") or next(
        a for a in page.soup.find_all("a") if "Calendar of this day" in a.text
    )
    assert fetched(browser, str(link["href"]))
    assert "Calendar of this day" not in browser.get("/en/xiamen-2026/programme/all").text


def test_ways_lead_to_the_calendars_of_parts(browser: Browser, event: Event, app: Flask) -> None:
    track = make_track(event)
    hall = make_room(event, "Haicang Hall")
    make_session(event, room_id=hall.id, track_id=track.id)
    publish(event)
    with app.test_request_context(), use("fr"):
        ways = [to_part(event, "room", hall.ref), to_part(event, "track", track.ref)]
    for way in ways:
        assert way.url.startswith("/fr/")
        assert len(fetched(browser, way.url)) == 1
