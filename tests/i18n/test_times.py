"""Days and times in the reader's language."""

from datetime import UTC, date, datetime

import pytest

from eventhub.i18n import LANGUAGES, times, use

OPENING = datetime(2024, 4, 2, 1, tzinfo=UTC)


def test_event_time_stands_with_city_and_offset():
    assert (
        times.event_time(OPENING, "Asia/Shanghai", "Xiamen")
        == "Tue 2 April 2024, 09:00 in Xiamen (UTC+8)"
    )


def test_readers_time_stands_beside_it():
    said = times.event_time(OPENING, "Asia/Shanghai", "Xiamen", reader_zone="Africa/Lusaka")
    assert said == "Tue 2 April 2024, 09:00 in Xiamen (UTC+8; 03:00 in Lusaka)"


def test_readers_day_is_said_where_it_differs():
    said = times.event_time(
        OPENING, "Asia/Shanghai", "Xiamen", reader_zone="America/New_York", year=False
    )
    assert said == "Tue 2 April, 09:00 in Xiamen (UTC+8; Mon 1 April, 21:00 in New York)"


def test_same_clock_is_not_said_twice():
    said = times.event_time(OPENING, "Asia/Shanghai", "Xiamen", reader_zone="Asia/Singapore")
    assert "Singapore" not in said


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Kathmandu", "UTC+5:45"), ("America/New_York", "UTC−4"), ("Africa/Accra", "UTC")],
)
def test_offset_has_minutes_only_where_there_are_some(zone, said):
    assert times.offset(OPENING, zone) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2–3 April 2024"),
        ("fr", "2–3 avril 2024"),
        ("es", "2–3 de abril de 2024"),
        ("ru", "2–3 апреля 2024 г."),
        ("zh", "2024年4月2日至3日"),
        ("ar", "2–3 أبريل 2024"),
        ("pt", "2–3 de abril de 2024"),
    ],
)
def test_span_says_month_and_year_once(language, said):
    with use(language):
        assert times.span(date(2024, 4, 2), date(2024, 4, 3)) == said


def test_span_over_months_and_years():
    assert times.span(date(2024, 4, 30), date(2024, 5, 2)) == "30 April – 2 May 2024"
    assert times.span(date(2024, 12, 30), date(2025, 1, 2)) == "30 December 2024 – 2 January 2025"
    with use("zh"):
        assert times.span(date(2024, 4, 30), date(2024, 5, 2)) == "2024年4月30日至5月2日"


def test_single_day_carries_its_weekday():
    assert times.span(date(2025, 5, 6), date(2025, 5, 6)) == "Tue 6 May 2025"


def test_french_says_first_of_the_month():
    with use("fr"):
        assert times.day(date(2024, 4, 1)) == "lun. 1er avril 2024"
        assert times.span(date(2024, 4, 1), date(2024, 4, 3)) == "1er–3 avril 2024"


def test_french_groups_digits_by_narrow_no_break_space():
    with use("fr"):
        assert times.number(12345) == "12\u202f345"


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_western_in_every_language(language):
    with use(language):
        said = times.event_time(OPENING, "Asia/Shanghai", "Xiamen") + times.number(1234)
    digits = [character for character in said if character.isdigit()]
    assert digits
    assert all(character.isascii() for character in digits)


def test_range_of_times_runs_as_the_language_does():
    assert times.clock_range("09:00", "10:30") == "09:00–10:30"
    with use("ar"):
        assert times.clock_range("09:00", "10:30") == "\u206709:00–10:30\u2069"
