"""Days and times as people write them."""

from datetime import date, time

import pytest

from eventhub.agenda.rules.written_times import leading_span, read_day, read_span

DAYS = [date(2024, 4, 2), date(2024, 4, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-02", "2/4/2024", "02.04.2024", "2.4.", "4/2/2024", "02/04/24", "2 April 2024",
        "Tuesday, 2 April 2024", "Tue 2 Apr", "April 2, 2024", "April 2nd", "2nd April",
        "mardi 2 avril 2024", "Mar. 2 avril", "2 avril", "2 de abril de 2024", "2 апреля 2024 г.",
        "2 abril", "4月2日", "2024年4月2日", "2024年4月2日（星期二）", "４月２日", "2 أبريل 2024",
        "Tuesday", "mardi", "星期二", "周二", "вторник", "Day 1", "Jour 1", "第1天", "第一天",
        "45384", "(Tuesday 2 April)", "Tue 02/04",
    ],
)  # fmt: skip
def test_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text, DAYS) == date(2024, 4, 2)


def test_day_outside_the_event_is_read_day_first() -> None:
    assert read_day("5/6/2024", DAYS) == date(2024, 6, 5)
    assert read_day("1er avril", DAYS) == date(2024, 4, 1)
    assert read_day("6/25/2024", DAYS) == date(2024, 6, 25)


def test_year_is_that_of_the_event_also_across_new_year() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1)]
    assert read_day("31 December", days) == days[0]
    assert read_day("1 January", days) == days[1]


@pytest.mark.parametrize(
    "text",
    ["", "Opening", "31 February", "Day 7", "Sunday", "May we begin", "9:00", "Room 4", "30/30",
     "2 April: opening of the forum", "12"],
)  # fmt: skip
def test_what_names_no_day_of_the_calendar_is_none(text: str) -> None:
    assert read_day(text, DAYS) is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("9:00", time(9)), ("09.00", time(9)), ("9h30", time(9, 30)), ("9h", time(9)),
        ("9 am", time(9)), ("9 a.m.", time(9)), ("2:30 pm", time(14, 30)), ("12 am", time(0)),
        ("12 pm", time(12)), ("noon", time(12)), ("0900", time(9)), ("0930 hrs", time(9, 30)),
        ("9时30分", time(9, 30)), ("9点", time(9)), ("下午2:30", time(14, 30)),
        ("9点半", time(9, 30)),
        ("９：３０", time(9, 30)), ("14 h 15", time(14, 15)), ("9:00:00", time(9)),
    ],
)  # fmt: skip
def test_time_is_read_however_it_is_written(text: str, start: time) -> None:
    assert read_span(text) == (start, None, False)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00-10:30", time(9), time(10, 30)), ("09.00 – 10.30", time(9), time(10, 30)),
        ("9h30 à 11h", time(9, 30), time(11)), ("2-3 pm", time(14), time(15)),
        ("11 am to 1 pm", time(11), time(13)), ("11-1 pm", time(11), time(13)),
        ("9:00至10:30", time(9), time(10, 30)), ("上午9:00—10:30", time(9), time(10, 30)),
        ("9-10", time(9), time(10)), ("0900-1030", time(9), time(10, 30)),
        ("с 9:00 до 10:30"[2:], time(9), time(10, 30)), ("23:30-00:15", time(23, 30), time(0, 15)),
    ],
)  # fmt: skip
def test_span_is_read_however_it_is_written(text: str, start: time, end: time) -> None:
    assert read_span(text) == (start, end, False)


def test_end_at_midnight_is_the_end_of_the_day() -> None:
    assert read_span("20:00-24:00") == (time(20), time(0), True)
    assert read_span("20:00-00:00") == (time(20), time(0), True)


@pytest.mark.parametrize(
    "text", ["", "2", "Opening", "25:00", "9:75", "1-2", "9:00-10:00-11:00", "Room 9"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_span(text) is None


def test_time_at_the_start_of_a_line_is_parted_from_the_rest() -> None:
    assert leading_span("9.00 - 9.30 Opening") == ("9.00 - 9.30", "Opening")
    assert leading_span("9:00 Opening of 2 days") == ("9:00", "Opening of 2 days")
    assert leading_span("Opening at 9:00") == ("", "Opening at 9:00")
