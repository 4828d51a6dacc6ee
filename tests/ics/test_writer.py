"""Calendar files as an independent reader (the icalendar library) sees them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventhub.ics.writer import Entry, Mailbox, calendar

MADE = datetime(2024, 1, 10, 8, 0, tzinfo=UTC)
CHANGEABLE_ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Caracas",
    "America/New_York",
    "Asia/Beirut",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
]


def make_entry(**given: Any) -> Entry:
    zone = given.get("zone", "Asia/Shanghai")
    starts = given.get("starts_at", datetime(2024, 4, 2, 9, 0, tzinfo=ZoneInfo(zone)))
    fields: dict[str, Any] = {
        "uid": "7d1a4f2e-0000-4000-8000-000000000001@events.example",
        "sequence": 0,
        "status": "CONFIRMED",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "zone": zone,
        "summary": "Opening",
        "created_at": MADE,
        "changed_at": MADE,
    }
    return Entry(**(fields | given))


def read(data: bytes) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(data)
    assert isinstance(found, icalendar.Calendar)
    assert [error for part in found.walk() for error in part.errors] == []
    return found


def read_one(entry: Entry, **options: Any) -> icalendar.Event:
    (event,) = read(calendar([entry], **options)).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def instant(event: icalendar.Event, label: str = "DTSTART") -> datetime:
    return event.decoded(label).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Asia/Shanghai", (2024, 4, 2, 9, 0), (2024, 4, 2, 1, 0)),
        ("America/New_York", (2025, 5, 6, 13, 15), (2025, 5, 6, 17, 15)),
        ("America/New_York", (2026, 3, 6, 9, 0), (2026, 3, 6, 14, 0)),
        ("America/New_York", (2026, 3, 9, 9, 0), (2026, 3, 9, 13, 0)),
        ("Africa/Lusaka", (2026, 7, 1, 8, 0), (2026, 7, 1, 6, 0)),
        ("Africa/Casablanca", (2026, 2, 1, 9, 0), (2026, 2, 1, 8, 0)),
        ("Africa/Casablanca", (2026, 3, 1, 9, 0), (2026, 3, 1, 9, 0)),
        ("Africa/Cairo", (2026, 4, 23, 23, 0), (2026, 4, 23, 21, 0)),
        ("Africa/Cairo", (2026, 4, 24, 1, 0), (2026, 4, 23, 22, 0)),
        ("Pacific/Apia", (2011, 12, 29, 9, 0), (2011, 12, 29, 19, 0)),
        ("Pacific/Apia", (2011, 12, 31, 9, 0), (2011, 12, 30, 19, 0)),
        ("Asia/Kathmandu", (2026, 5, 1, 9, 0), (2026, 5, 1, 3, 15)),
    ],
)
def test_local_time_is_written_with_its_zone_and_read_as_the_right_instant(
    zone: str, local: tuple[int, ...], utc: tuple[int, ...]
) -> None:
    starts = datetime(*local, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]
    entry = make_entry(zone=zone, starts_at=starts)
    written = starts.strftime("%Y%m%dT%H%M%S")
    assert f"\r\nDTSTART;TZID={zone}:{written}\r\n".encode() in calendar([entry])
    assert instant(read_one(entry)) == datetime(*utc, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_the_hour_a_clock_repeats_is_written_in_utc() -> None:
    second = datetime(2026, 2, 15, 2, 30, fold=1, tzinfo=ZoneInfo("Africa/Casablanca"))
    entry = make_entry(zone="Africa/Casablanca", starts_at=second.astimezone(UTC))
    assert b"\r\nDTSTART:20260215T023000Z\r\n" in calendar([entry])
    first = replace(entry, starts_at=second.replace(fold=0), ends_at=second.replace(hour=5))
    assert b"\r\nDTSTART;TZID=Africa/Casablanca:20260215T023000\r\n" in calendar([first])


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(CHANGEABLE_ZONES),
    when=st.datetimes(datetime(2007, 1, 1), datetime(2037, 12, 30)),  # noqa: DTZ001
    hours=st.integers(0, 24 * 400),
)
def test_instants_survive_when_only_the_files_own_vtimezone_is_believed(
    zone: str, when: datetime, hours: int
) -> None:
    starts = when.replace(microsecond=0, tzinfo=UTC)
    ends = starts + timedelta(hours=hours)
    # A zone name nobody knows leaves the reader nothing but the definition in the file; a new
    # name each time, since the reader remembers the definitions it has seen.
    unknown = f"Nowhere/{uuid4()}"
    data = calendar([make_entry(zone=zone, starts_at=starts, ends_at=ends)])
    data = data.replace(f"TZID={zone}:".encode(), f"TZID={unknown}:".encode())
    data = data.replace(f"TZID:{zone}\r\n".encode(), f"TZID:{unknown}\r\n".encode())
    (event,) = read(data).walk("VEVENT")
    assert instant(event) == starts
    assert ends == starts or instant(event, "DTEND") == ends


def test_each_zone_used_is_defined_once_and_briefly() -> None:
    entries = [
        make_entry(uid=f"{n}@x", zone=zone)
        for n, zone in enumerate(["Asia/Shanghai", "America/New_York", "Asia/Shanghai", "UTC"])
    ]
    zones = read(calendar(entries)).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["America/New_York", "Asia/Shanghai"]
    assert [len(zone.subcomponents) for zone in zones] == [3, 1]
    assert sum(len(zone.to_ical()) for zone in zones) < 700


def test_summer_time_is_the_one_called_daylight_even_where_winter_is_the_exception() -> None:
    (zone,) = read(calendar([make_entry(zone="Europe/Dublin")])).walk("VTIMEZONE")
    kinds = {part.name: part.decoded("TZOFFSETTO") for part in zone.subcomponents}
    assert kinds == {"STANDARD": timedelta(0), "DAYLIGHT": timedelta(hours=1)}


scripts = st.text(
    alphabet=st.one_of(
        st.sampled_from("主席开幕词厦门论坛"),
        st.sampled_from("الجلسة الافتتاحية"),
        st.sampled_from("😀👩🏽‍💻🇿🇲\u200d\ufe0f"),
        st.sampled_from('abc ,;:\\"^nN\n'),
        st.characters(
            exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"
        ),
    ),
    max_size=200,
)


@settings(max_examples=150, deadline=None)
@given(summary=scripts, description=scripts, tags=st.lists(scripts.filter(bool), max_size=3))
def test_any_script_folds_without_cutting_a_character_and_reads_back(
    summary: str, description: str, tags: list[str]
) -> None:
    entry = make_entry(summary=summary, description=description, categories=tuple(tags))
    data = calendar([entry])
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert value_of(unfolded, "SUMMARY") == summary
    assert value_of(unfolded, "DESCRIPTION") == description
    event = read_one(entry)
    assert str(event["SUMMARY"]) == summary
    assert str(event.get("DESCRIPTION", "")) == description


def value_of(unfolded: str, label: str) -> str:
    """Return a text as RFC 5545 section 3.3.11 says to read it."""
    found = re.search(rf"\r\n{label}:([^\r]*)\r\n", unfolded)
    if not found:
        return ""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], found[1])


def test_a_backslash_before_n_stays_what_was_typed() -> None:
    assert b"SUMMARY:C:\\\\New\\, \\\\new\r\n" in calendar([make_entry(summary="C:\\New, \\new")])


def test_what_separates_values_is_escaped() -> None:
    data = calendar([make_entry(location="Hall A; door 2, left")])
    assert b"LOCATION:Hall A\\; door 2\\, left\r\n" in data


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="a\x00\x01\x07\x1b\x7f\x85\x9f\ud800\udfff\u2028\r\n\t\x0b"))
def test_control_characters_never_reach_a_file(text: str) -> None:
    data = calendar(
        [
            make_entry(
                uid=f"u{text}@x", summary=text, location=text, url=f"https://x.example/{text}",
                organizer=Mailbox(text, f"desk{text}@x.example"), categories=(text,),
            )
        ],
        name=text,
    )  # fmt: skip
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028]", data.decode())
    assert len(read(data).walk("VEVENT")) == 1


def test_equal_input_gives_equal_bytes_and_the_body_holds_no_clock() -> None:
    entries = [make_entry(uid=f"{n}@x", zone="America/New_York") for n in range(3)]
    again = [replace(entry) for entry in entries]
    assert calendar(entries, name="Forum") == calendar(again, name="Forum")
    event = read_one(entries[0])
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == MADE


def test_a_cancelled_entry_stays_with_a_higher_sequence_and_rings_no_alarm() -> None:
    before = make_entry(alarms_minutes=(15,))
    after = replace(before, status="CANCELLED", sequence=1, changed_at=MADE + timedelta(days=1))
    event = read_one(after)
    assert (str(event["UID"]), event["SEQUENCE"]) == (before.uid, 1)
    assert str(event["STATUS"]) == "CANCELLED"
    assert event.walk("VALARM") == []
    assert len(read_one(before).walk("VALARM")) == 1
    assert read_one(before).walk("VALARM")[0].decoded("TRIGGER") == timedelta(minutes=-15)


def test_a_subscribed_file_says_its_name_language_and_pace() -> None:
    data = calendar([make_entry()], name="Форум, 2024", language="ru", refresh_minutes=60)
    found = read(data)
    assert "\r\nNAME;LANGUAGE=ru:Форум\\, 2024\r\n".encode() in data
    assert "\r\nX-WR-CALNAME:Форум\\, 2024\r\n".encode() in data
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "METHOD" not in found


def test_a_request_names_the_attendee_and_asks_for_no_answer() -> None:
    entry = make_entry(
        organizer=Mailbox("Forum secretariat", "desk@events.example"),
        attendees=(Mailbox('Chanda "CC" MWILA, Ms', "chanda@mfa.example"),),
        online_url="https://video.example/комната?id=1",
    )
    event = read_one(entry, method="REQUEST")
    attendee = event["ATTENDEE"]
    assert str(attendee) == "mailto:chanda@mfa.example"
    assert attendee.params["CN"] == "Chanda 'CC' MWILA, Ms"
    assert (attendee.params["RSVP"], attendee.params["PARTSTAT"]) == ("FALSE", "ACCEPTED")
    assert str(event["ORGANIZER"]) == "mailto:desk@events.example"
    assert str(event["CONFERENCE"]).startswith("https://video.example/%D0%BA")
    assert "ATTENDEE" not in read_one(entry, method="PUBLISH")


def test_a_day_entry_covers_every_local_day_it_touches() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    starts, ends = datetime(2024, 4, 2, tzinfo=zone), datetime(2024, 4, 4, tzinfo=zone)
    data = calendar([make_entry(starts_at=starts, ends_at=ends, all_day=True)])
    (event,) = read(data).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        date(2024, 4, 2),
        date(2024, 4, 4),
    )
    assert b"VTIMEZONE" not in data


def test_a_moment_has_a_start_and_no_end() -> None:
    starts = datetime(2024, 4, 2, 9, 0, tzinfo=UTC)
    assert "DTEND" not in read_one(make_entry(starts_at=starts, ends_at=starts))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"starts_at": datetime(2024, 4, 2), "ends_at": MADE}, "no time zone"),  # noqa: DTZ001
        ({"ends_at": MADE}, "ends before"),
        ({"sequence": -1}, "sequence"),
        ({"uid": ""}, "UID"),
        ({"organizer": Mailbox("desk@x.example", "Desk")}, "e-mail"),
    ],
)
def test_an_impossible_entry_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_entry(**wrong)


def test_a_message_that_contradicts_itself_is_refused() -> None:
    entry = make_entry(
        organizer=Mailbox("", "desk@x.example"), attendees=(Mailbox("", "a@x.example"),)
    )
    for entries, method, message in [
        ([entry, entry], None, "same UID"),
        ([make_entry()], "REQUEST", "organizer and attendees"),
        ([entry, replace(entry, uid="2@x")], "REQUEST", "one entry"),
        ([entry], "CANCEL", "status"),
        ([replace(entry, status="CANCELLED")], "REQUEST", "status"),
    ]:
        with pytest.raises(ValueError, match=message):
            calendar(entries, method=method)  # type: ignore[arg-type]


def test_two_hundred_entries_take_well_under_a_tenth_of_a_second() -> None:
    long = "主席开幕词。" * 20 + "Moderated by A, B; C. " * 20
    entries = [make_entry(uid=f"{n}@x", description=long) for n in range(200)]
    best = min(timed(entries) for _ in range(3))
    assert best < 0.1, f"{best * 1000:.0f} ms"


def timed(entries: list[Entry]) -> float:
    began = perf_counter()
    calendar(entries)
    return perf_counter() - began
