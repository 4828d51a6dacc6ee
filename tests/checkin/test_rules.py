"""What a door answers, without an application."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eventhub.checkin.rules import Door, Mark, Shown, Stay, answer, stays

GOOD = Shown(is_genuine=True, zones=frozenset({"Z1"}), category="DEL")
NINE = datetime(2026, 4, 2, 9, tzinfo=UTC)


def test_r4_7_good_pass_enters() -> None:
    assert answer(GOOD, Door(zone="Z1", admits=frozenset({"DEL"}), places=10, inside=9)) == (
        "enter", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "door", "result", "reason"),
    [
        ({"is_genuine": False}, Door(), "desk", "unreadable"),
        ({"is_this_event": False}, Door(), "stop", "other_event"),
        ({"is_void": True}, Door(), "stop", "void"),
        ({"is_replaced": True}, Door(), "stop", "replaced"),
        ({"is_expired": True}, Door(), "stop", "expired"),
        ({"is_accredited": False}, Door(), "desk", "not_accredited"),
        ({"may_print": False}, Door(), "desk", "incomplete"),
        ({}, Door(zone="Z5"), "stop", "zone"),
        ({}, Door(admits=frozenset({"HOD"})), "stop", "session"),
        ({}, Door(places=10, inside=10), "stop", "full"),
    ],
)
def test_r4_7_each_refusal_has_its_reason(
    shown: dict[str, bool], door: Door, result: str, reason: str
) -> None:
    assert answer(replace(GOOD, **shown), door) == (result, reason)  # type: ignore[arg-type]


def test_r4_7_a_forged_code_is_told_before_anything_else() -> None:
    worst = Shown(is_genuine=False, is_void=True, is_expired=True, is_accredited=False)
    assert answer(worst, Door(zone="Z9", places=0)) == ("desk", "unreadable")


def _mark(minutes: int, direction: str) -> Mark:
    return Mark(NINE + timedelta(minutes=minutes), direction)


def test_r4_9_second_in_without_out_changes_nothing() -> None:
    assert stays([_mark(0, "in"), _mark(5, "in"), _mark(30, "out")]) == [
        Stay(NINE, NINE + timedelta(minutes=30))
    ]


def test_stays_are_ordered_by_time_not_by_arrival() -> None:
    late = [_mark(60, "out"), _mark(0, "in")]
    assert stays(late) == [Stay(NINE, NINE + timedelta(minutes=60))]


def test_out_without_in_is_left_out() -> None:
    assert stays([_mark(0, "out")]) == []
