"""Counting and rounding."""

import pytest

from eventhub.i18n import use
from eventhub.reports.headline import headline, quoted, represented
from eventhub.reports.rules import Counted, figures, rounded_down


@pytest.mark.parametrize(
    ("n", "floor", "exact"),
    [(184, 180, False), (43, 40, False), (74, 70, False), (180, 180, True), (40, 40, True),
     (29, 29, True), (31, 30, False), (0, 0, True)],
)  # fmt: skip
def test_r6_6_rounds_down_and_says_so(n: int, floor: int, exact: bool) -> None:
    assert rounded_down(n) == (floor, exact)


@pytest.mark.parametrize(
    ("participants", "states", "sentence"),
    [
        (184, 43, "over 180 participants from more than 40 countries"),
        (180, 43, "180 participants from over 40 countries"),
        (184, 40, "over 180 participants from 40 countries"),
        (20, 12, "20 participants from 12 countries"),
    ],
)
def test_r6_6_headline_takes_over_first_then_more_than(
    participants: int, states: int, sentence: str
) -> None:
    assert headline(participants, states) == sentence
    assert headline(participants, states, of_seminar=True) == sentence


def test_r6_6_people_of_a_forum_are_no_trainees_in_chinese() -> None:
    with use("zh"):
        assert "与会者" in quoted("forum", 251, 39)
        assert "学员" in quoted("seminar", 184, 43)
    assert quoted("side_event", 196, 74) == "representatives from over 70 countries"


def test_r6_6_countries_represented() -> None:
    assert represented(74) == "representatives from over 70 countries"
    assert represented(1) == "representatives from 1 country"


def _row(person: str, event: int, state: str, **more: object) -> Counted:
    return Counted(person=person, event=event, entity=state or "ITU", state=state, **more)  # type: ignore[arg-type]


def test_r6_7_series_counts_persons_and_states_once() -> None:
    rows = [_row("p1", 1, "ZMB"), _row("p2", 1, "KEN"), _row("p1", 2, "ZMB"), _row("p3", 2, "ZMB")]
    found = figures(rows)
    assert (found.registered, found.participants, found.states) == (4, 3, 2)
    assert sum(figures(r for r in rows if r.event == e).states for e in (1, 2)) == 3


def test_r6_7_one_more_registration_of_the_same_person_changes_nothing() -> None:
    rows = [_row("p1", 1, "ZMB"), _row("p2", 2, "KEN")]
    again = figures([*rows, _row("p1", 2, "ZMB")])
    assert (again.participants, again.states) == (2, 2)


def test_r6_1_who_does_not_count_is_registered_only() -> None:
    rows = [_row("p1", 1, "ZMB"), _row("p2", 1, "KEN", is_participant=False)]
    found = figures(rows)
    assert (found.registered, found.participants, found.states) == (2, 1, 1)


def test_r6_1_organizations_are_counted_apart_from_states() -> None:
    found = figures([_row("p1", 1, "ZMB"), _row("p2", 1, "")])
    assert (found.states, found.organizations) == (1, 1)


def test_r6_4_share_of_women_is_of_those_who_answered() -> None:
    rows = [
        _row("p1", 1, "ZMB", gender="woman"), _row("p2", 1, "ZMB", gender="man"),
        _row("p3", 1, "ZMB"),
    ]  # fmt: skip
    found = figures(rows)
    assert found.answered_gender == 2
    assert found.women_share == 0.5
    assert figures([]).women_share is None


def test_r6_2_regions_count_states_and_persons() -> None:
    rows = [
        _row("p1", 1, "ZMB", region="002", un_group="AFR", is_ldc=True),
        _row("p2", 1, "ZMB", region="002", un_group="AFR", is_ldc=True),
        _row("p3", 1, "FRA", region="150", un_group="WEOG"),
    ]
    found = figures(rows)
    assert found.states_by_region == {"002": 1, "150": 1}
    assert found.persons_by_region == {"002": 2, "150": 1}
    assert found.ldc == 1
