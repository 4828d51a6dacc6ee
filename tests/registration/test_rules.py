"""States, fields and turns without a database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from eventhub.registration import rules
from eventhub.registration.rules import State, Turn, Waiting, Who
from eventhub.registration.rules.states import TRANSITIONS

TABLE = """
-           draft       registrant focal_point staff
draft       submitted   registrant focal_point staff
submitted   nominated   focal_point system
submitted   returned    focal_point officer
nominated   returned    focal_point officer
returned    submitted   registrant focal_point
nominated   accredited  system officer
submitted   waitlisted  officer system
nominated   waitlisted  officer system
waitlisted  submitted   system officer
waitlisted  nominated   system officer
submitted   rejected    focal_point officer
nominated   rejected    focal_point officer
returned    rejected    focal_point officer
waitlisted  rejected    focal_point officer
draft       withdrawn   registrant focal_point
submitted   withdrawn   registrant focal_point
nominated   withdrawn   registrant focal_point
returned    withdrawn   registrant focal_point system
waitlisted  withdrawn   registrant focal_point
accredited  withdrawn   registrant focal_point
accredited  replaced    focal_point
accredited  revoked     officer
draft       waitlisted  registrant focal_point
rejected    nominated   officer
withdrawn   nominated   officer
revoked     nominated   officer
"""
"""The table of the field, written a second time on purpose."""

ALLOWED = {
    (None if start == "-" else State(start), State(end)): {Who(word) for word in who}
    for start, end, *who in (line.split() for line in TABLE.strip().splitlines())
}


@pytest.mark.parametrize(("start", "end"), list(product([None, *State], State)))
def test_r1_1_only_the_moves_of_the_table_are_possible(start: State | None, end: State) -> None:
    allowed = ALLOWED.get((start, end), set())
    for who in Who:
        assert rules.may_move(start, end, {who}) == (who in allowed), who
    assert rules.may_move(start, end, frozenset(Who)) == bool(allowed)
    assert not rules.may_move(start, end, frozenset())


def test_r1_1_nothing_leads_out_of_replaced_and_only_reinstating_out_of_the_other_ends() -> None:
    out = {start: {b for a, b in TRANSITIONS if a == start} for start in rules.ENDED}
    assert out.pop(State.REPLACED) == set()
    assert all(ends == {State.NOMINATED} for ends in out.values())


def test_r1_8_seats_count_from_submitted_to_accredited_and_returned() -> None:
    assert {str(state) for state in rules.SEAT_STATES} == {
        "submitted",
        "nominated",
        "returned",
        "accredited",
    }


def test_r1_4_free_fields_and_those_that_wait_are_all_fields_and_apart() -> None:
    assert not rules.FREE_EDIT & rules.NEEDS_APPROVAL
    apart = {*rules.FOR_STAFF, "mode"}
    assert rules.FREE_EDIT | rules.NEEDS_APPROVAL | apart == rules.FIELDS
    assert not apart & (rules.FREE_EDIT | rules.NEEDS_APPROVAL)
    assert rules.IDENTITY < rules.NEEDS_APPROVAL
    old = {"phone": "1", "family_name": "Mwila", "email": "a@example.org"}
    new = {"phone": "2", "family_name": "Phiri", "email": "a@example.org"}
    assert rules.split_changes(old, new) == ({"phone": "2"}, {"family_name": "Phiri"})


def test_a_returned_name_reopens_all_parts_of_it() -> None:
    assert {"given_names", "name_order", "display_caps"} <= rules.reopened(["family_name"])
    assert rules.reopened(["phone"]) == {"phone"}


def test_r1_12_the_order_of_the_waiting_list() -> None:
    nine = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def one(number: int, entity: int | None, minutes: int) -> Waiting:
        return Waiting(number, entity, nine + timedelta(minutes=minutes))

    waiting = [
        one(1, None, 0),
        one(2, 10, 1),  # represented
        one(3, 20, 9),  # nobody accredited
        one(4, 30, 5),  # nobody accredited
        one(5, 40, 8),  # represented, favoured
        one(6, 50, 9),  # nobody accredited, favoured
    ]
    plain = rules.in_turn(waiting, represented={10, 40})
    assert [row.id for row, _turn in plain] == [4, 3, 6, 1, 2, 5]
    assert [turn for _row, turn in plain][:3] == [Turn.NOBODY_ACCREDITED] * 3
    fair = rules.in_turn(waiting, represented={10, 40}, favoured={40, 50})
    assert [row.id for row, _turn in fair] == [6, 4, 3, 5, 1, 2]
    assert fair[3][1] == Turn.EQUITY
    assert fair[4][1] == Turn.TIME


def test_r1_12_equal_times_stand_by_id() -> None:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    rows = rules.in_turn([Waiting(2, None, now), Waiting(1, None, now)], represented=set())
    assert [row.id for row, _turn in rows] == [1, 2]


def test_r1_14_what_was_begun_in_time_may_end_within_the_grace() -> None:
    closes = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)
    begun, grace = closes - timedelta(minutes=1), timedelta(minutes=15)

    def late(minutes: int, begun_at: datetime | None = begun) -> bool:
        now = closes + timedelta(minutes=minutes)
        return rules.is_within_grace(closes_at=closes, begun_at=begun_at, now=now, grace=grace)

    assert late(11)
    assert late(15)
    assert not late(17)
    assert not late(11, None)
    assert not late(11, closes + timedelta(seconds=1))
    assert not late(0), "in time is not late"
