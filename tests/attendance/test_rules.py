"""Credited minutes and levels, without an application."""

from datetime import UTC, datetime, timedelta

import pytest

from eventhub.attendance.rules import Credit, Policy, Record, credited, level

START = datetime(2024, 10, 14, 6, tzinfo=UTC)
WORKSHOP = Credit(
    "W1", START, START + timedelta(hours=3), 165,
    ((START + timedelta(minutes=90), START + timedelta(minutes=105)),),
)  # fmt: skip
LATE_OK = timedelta(minutes=15)
SEMINAR = Policy(mandatory=("M1", "M5"), post_test=0.6, survey=True)


def _at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (0, 180, 165), (-20, 200, 165), (0, 90, 90), (90, 105, 0), (105, 180, 75), (60, 120, 45),
        (-60, -5, 0),
    ],
)  # fmt: skip
def test_r5_1_time_inside_is_clipped_and_breaks_taken_off(
    since: int, until: int, minutes: int
) -> None:
    assert credited(WORKSHOP, [(_at(since), _at(until))], late_ok=LATE_OK) == minutes


@pytest.mark.parametrize(
    ("since", "minutes"),
    [(-30, 165), (-31, 0), (0, 165), (15, 165), (16, 82), (89, 82), (90, 0), (200, 0)],
)
def test_r5_1_single_scan_gives_full_half_or_nothing(since: int, minutes: int) -> None:
    assert credited(WORKSHOP, [(_at(since), None)], late_ok=LATE_OK) == minutes


def test_r5_1_overlapping_stays_count_once() -> None:
    stays = [(_at(0), _at(60)), (_at(30), _at(90))]
    assert credited(WORKSHOP, stays, late_ok=LATE_OK) == 90


@pytest.mark.parametrize(
    ("share", "mandatory", "test", "survey", "expected"),
    [
        (0.85, True, 0.7, True, "completion"),
        (0.85, True, 0.5, True, "participation"),
        (0.8, False, 0.9, True, "participation"),
        (0.49, True, 0.9, True, "none"),
        (0.5, True, None, False, "participation"),
        (0.8, True, 0.6, True, "completion"),
        (0.8, True, 0.6, False, "participation"),
    ],
)
def test_r5_2_levels(
    share: float, mandatory: bool, test: float | None, survey: bool, expected: str
) -> None:
    record = Record(
        {"all": round(share * 1380)}, 1380, attended_mandatory=mandatory, post_test=test,
        survey=survey,
    )  # fmt: skip
    assert level(record, SEMINAR).level == expected


def test_r5_2_says_what_is_missing() -> None:
    record = Record({"M1": 700}, 1380, attended_mandatory=False)
    assert level(record, SEMINAR).missing == ("share", "mandatory", "post_test", "survey")


def test_r5_3_one_check_in_is_enough_where_hours_do_not_count() -> None:
    policy = Policy(by_hours=False)
    assert level(Record({}, 0, check_ins=1), policy).level == "attendance"
    assert level(Record({}, 0), policy).level == "none"


def test_r5_4_hours_are_quarters_rounded_down() -> None:
    assert Record({"a": 1380}, 1380).quarter_hours == 92
    assert Record({"a": 44}, 1380).quarter_hours == 2
