"""The feeds in the programs that people use: khal with vdirsyncer, ical.js, node-ical, libical."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventhub.agenda import services as agenda
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.ics.writer import Entry, calendar
from eventhub.registration.models import Registration
from tests.agenda.programmes import EDITOR, change, make_room, make_session, publish, wall
from tests.calendars.clients import Starts, Subscriber, read_by_libical, read_by_node, served
from tests.calendars.reading import FEED
from tests.factories import make_event

pytestmark = pytest.mark.clients

READERS: dict[str, Callable[[Path], Starts]] = {
    "libical": read_by_libical,
    "ical.js": lambda path: read_by_node("ical.js", path),
    "node-ical": lambda path: read_by_node("node-ical", path),
}
MARCH = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_scenario_7_real_clients_follow_a_moved_and_a_cancelled_session(
    app: Flask, event: Event, delegate: Registration, own: str, tmp_path: Path
) -> None:
    hall = make_room(event, "Haicang Hall")
    track = make_session(
        event, titles=Translated(en="Track 3"), access="by_invitation", admit=("DEL",),
        starts=wall("2026-04-02T14:15"), ends=wall("2026-04-02T17:15"),
    )  # fmt: skip
    dinner = make_session(event, titles=Translated(en="Dinner"), starts=wall("2026-04-02T19:00"))
    plenary = make_session(event, titles=Translated(en="Plenary"))
    with clock.at(MARCH):
        publish(event)
    with served(app) as base:
        mine = Subscriber(tmp_path / "mine", base + own, zone="Africa/Lusaka")
        everybody = Subscriber(tmp_path / "all", base + FEED)
        for one in (mine, everybody):
            one.sync()
        before = mine.entries()
        assert {title: entry["SEQUENCE"] for title, entry in before.items()} == {
            "Track 3": 0,
            "Dinner": 0,
            "Plenary": 0,
        }
        assert mine.listed("2026-04-01")["Track 3"] == "2026-04-02 08:15"
        read_before = _read_by_all(base + own, tmp_path)
        change(event, track, starts=wall("2026-04-02T14:30"), ends=wall("2026-04-02T17:30"),
               room_id=hall.id)  # fmt: skip
        with transaction():
            agenda.cancel_session(event, dinner, actor=EDITOR)
        publish(event)
        for one in (mine, everybody):
            one.sync()
        after, public = mine.entries(), everybody.entries()
        assert mine.listed("2026-04-01")["Track 3"] == "2026-04-02 08:30"
        assert everybody.listed("2026-04-01")["Track 3"] == "2026-04-02 06:30"
        read_after = _read_by_all(base + own, tmp_path)
        assert read_after == _read_by_all(base + FEED, tmp_path)
    moved = {track.uid: ("20260402T061500Z", "20260402T063000Z")}
    uids = sorted([track.uid, dinner.uid, plenary.uid])
    assert [uid for uid, _start in read_before] == [uid for uid, _start in read_after] == uids
    changed = {uid: (was, now) for (uid, was), (_uid, now) in
               zip(read_before, read_after, strict=True) if was != now}  # fmt: skip
    assert changed == moved
    assert {title: (entry["SEQUENCE"], str(entry["STATUS"])) for title, entry in after.items()} == {
        "Track 3": (1, "CONFIRMED"),
        "Dinner": (1, "CANCELLED"),
        "Plenary": (0, "CONFIRMED"),
    }
    assert "Haicang Hall" in after["Track 3"]["LOCATION"]
    said = ("SEQUENCE", "STATUS", "DTSTART", "DTEND", "LOCATION", "LAST-MODIFIED")
    for title, entry in after.items():
        assert [entry[name] for name in said] == [public[title][name] for name in said]


def _read_by_all(url: str, folder: Path) -> Starts:
    """Return what every library reads at an address; they must agree."""
    path = folder / "fetched.ics"
    with urlopen(url, timeout=20) as answer:
        path.write_bytes(answer.read())
    read = [reader(path) for reader in READERS.values()]
    assert all(one == read[0] for one in read)
    return read[0]


CASES = [
    ("America/New_York", "2026-03-07T09:00", "20260307T140000Z"),
    ("America/New_York", "2026-03-08T09:00", "20260308T130000Z"),
    ("America/New_York", "2026-03-08T01:59", "20260308T065900Z"),
    ("America/New_York", "2026-03-08T03:00", "20260308T070000Z"),
    ("Africa/Casablanca", "2026-02-14T09:00", "20260214T080000Z"),
    ("Africa/Casablanca", "2026-02-16T09:00", "20260216T090000Z"),
    ("Africa/Casablanca", "2026-03-22T03:00", "20260322T020000Z"),
    ("Africa/Cairo", "2026-04-23T23:30", "20260423T213000Z"),
    ("Africa/Cairo", "2026-04-24T01:00", "20260423T220000Z"),
    ("Asia/Shanghai", "2024-04-02T09:00", "20240402T010000Z"),
    ("Africa/Lusaka", "2026-04-02T09:00", "20260402T070000Z"),
    ("Pacific/Apia", "2026-04-02T09:00", "20260401T200000Z"),
    ("Pacific/Apia", "2011-12-29T09:00", "20111229T190000Z"),
    ("Pacific/Apia", "2011-12-31T09:00", "20111230T190000Z"),
]
"""Zone, wall time, the same in UTC; gaps of 2026 are at 02:00 in New York on 8 March and in
Casablanca on 22 March, at midnight in Cairo on 24 April; Apia left out 30 December 2011."""


@pytest.mark.parametrize("reader", READERS)
def test_instants_are_right_beside_changes_of_the_clock(reader: str, tmp_path: Path) -> None:
    entries = []
    for number, (zone, starts, _utc) in enumerate(CASES):
        starts_at = wall(starts).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        entries.append(_entry(f"{number:02}@test.example", zone, starts_at))
    path = tmp_path / "cases.ics"
    path.write_bytes(calendar(entries, name="Cases"))
    expected = [(f"{n:02}@test.example", utc) for n, (_zone, _wall, utc) in enumerate(CASES)]
    assert READERS[reader](path) == expected


WILD = [
    ("主席致辞：厦门论坛" * 12, "a,b;c\\d\nBEGIN:VEVENT\nEND:VCALENDAR"),
    ("الجلسة الافتتاحية" * 3, "x" * 9000),
    ('😀 👩🏽\u200d💻 🇿🇲 "quoted", semi;colon', "😀" * 500),
]
"""Titles and descriptions; the first session lasts past midnight into the day on which the clocks
of New York change."""


@pytest.mark.parametrize("reader", READERS)
def test_published_programme_with_wild_texts_is_read_by_every_library(
    app: Flask, tmp_path: Path, reader: str
) -> None:
    event = make_event(slug="ny-2026", zone="America/New_York", starts_on=date(2026, 3, 7),
                       titles=Translated(en="Side event; one, two"))  # fmt: skip
    expected = []
    for number, (title, about) in enumerate(WILD):
        starts = wall(f"2026-03-{7 + number:02}T22:30")
        session = make_session(
            event, starts=starts, ends=starts + timedelta(hours=3),
            titles=Translated(en=title), descriptions=Translated(en=about),
        )  # fmt: skip
        expected.append((session.uid, f"{session.starts_at:%Y%m%dT%H%M%SZ}"))
    publish(event)
    path = tmp_path / "feed.ics"
    path.write_bytes(app.test_client().get("/en/ny-2026/calendar.ics").data)
    assert READERS[reader](path) == sorted(expected)


def _entry(uid: str, zone: str, starts_at: datetime) -> Entry:
    return Entry(
        uid=uid, sequence=0, status="CONFIRMED", starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=20), zone=zone, summary="Session",
        created_at=MARCH, changed_at=MARCH,
    )  # fmt: skip
