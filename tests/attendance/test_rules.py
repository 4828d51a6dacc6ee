"""Credited minutes, levels and progress, without an application."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from eventhub.attendance.rules import (
    Credit,
    Credited,
    Excuses,
    Policy,
    Record,
    Why,
    credited,
    level,
    possible_minutes,
    progress,
    record_of,
)

START = datetime(2024, 10, 14, 6, tzinfo=UTC)
WORKSHOP = Credit(
    "W1", START, START + timedelta(hours=3), 165,
    ((START + timedelta(minutes=90), START + timedelta(minutes=105)),),
)  # fmt: skip
LATE_OK = timedelta(minutes=15)
SEMINAR = Policy(post_test=0.6, survey=True)
VECTORS = tomllib.loads(
    files("eventhub.demo").joinpath("content", "vectors.toml").read_text("utf-8")
)["certificate"]["cases"]


def _at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def _credit(*stays: tuple[int, int | None], session: Credit = WORKSHOP) -> Credited:
    spans = [(_at(since), None if until is None else _at(until)) for since, until in stays]
    return credited(session, spans, late_ok=LATE_OK)


def _whole(minutes: int) -> Credited:
    return Credited(minutes, 1.0, Why.INSIDE)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (0, 180, 165), (-20, 200, 165), (0, 90, 90), (90, 105, 0), (105, 180, 75), (60, 120, 45),
        (-60, -5, 0), (180, 240, 0),
    ],
)  # fmt: skip
def test_r5_1_time_inside_is_clipped_and_breaks_taken_off(
    since: int, until: int, minutes: int
) -> None:
    assert _credit((since, until)).minutes == minutes


def test_r5_1_minutes_are_a_share_of_the_credit_minutes() -> None:
    opening = replace(WORKSHOP, credit_minutes=30, breaks=(), ends_at=_at(60))
    assert _credit((0, 30), session=opening).minutes == 15
    assert _credit((0, 60), session=opening).minutes == 30


def test_r5_1_session_without_credit_minutes_counts_its_length_less_breaks() -> None:
    assert replace(WORKSHOP, credit_minutes=0).minutes == 165


def test_r5_1_breaks_that_overlap_are_taken_off_once() -> None:
    breaks = ((_at(90), _at(105)), (_at(95), _at(110)))
    assert _credit((0, 180), session=replace(WORKSHOP, breaks=breaks)).minutes == 165
    assert replace(WORKSHOP, breaks=breaks).net_seconds == 160 * 60


@pytest.mark.parametrize(
    ("since", "minutes", "why"),
    [
        (-31, 0, Why.TOO_EARLY), (-30, 165, Why.ON_TIME), (0, 165, Why.ON_TIME),
        (15, 165, Why.ON_TIME), (16, 82, Why.LATE), (89, 82, Why.LATE), (90, 0, Why.TOO_LATE),
        (200, 0, Why.TOO_LATE),
    ],
)  # fmt: skip
def test_r5_1_single_scan_gives_full_half_or_nothing(since: int, minutes: int, why: Why) -> None:
    found = _credit((since, None))
    assert (found.minutes, found.why) == (minutes, why)


def test_r5_1_overlapping_stays_count_once() -> None:
    assert _credit((0, 60), (30, 90)).minutes == 90


def test_r5_1_remote_joins_and_a_late_scan_on_site_add_up_without_overlap() -> None:
    """On the screen for 40 minutes, in the room from minute 50 on, and no way out seen."""
    hybrid = _credit((0, 40), (50, None))
    assert (hybrid.minutes, hybrid.why) == (82 + 40, Why.LATE)
    assert _credit((0, 80), (60, None)).minutes == 82 + 80
    assert _credit((0, 180), (60, None)).minutes == 165


def test_r5_1_scan_that_counts_nothing_leaves_what_was_measured() -> None:
    assert _credit((0, 60), (170, None)) == _credit((0, 60))


def test_r5_1_nobody_seen_is_absent_and_after_the_end_is_outside() -> None:
    assert _credit().why is Why.ABSENT
    assert _credit((190, 200)).why is Why.OUTSIDE


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["expect"])
def test_r5_2_vectors(vector: dict[str, object]) -> None:
    """Scenario 9: completion, participation, participation, none."""
    record = Record(
        {"all": _whole(round(float(str(vector["credit_share"])) * 1380))},
        1380,
        missed=() if vector["mandatory_done"] else ("M1",),
        post_test=float(str(vector["post_test"])),
        survey=bool(vector["survey"]),
    )
    assert level(record, SEMINAR).level == vector["expect"]


def test_r5_2_vectors_are_the_four_of_scenario_9() -> None:
    expected = ["completion", "participation", "participation", "none"]
    assert [one["expect"] for one in VECTORS] == expected


@pytest.mark.parametrize(
    ("share", "test", "survey", "expected"),
    [
        (0.5, None, False, "participation"), (0.8, 0.6, True, "completion"),
        (0.8, 0.6, False, "participation"), (0.8, None, True, "participation"),
        (0.799, 0.9, True, "participation"), (0.499, 0.9, True, "none"),
    ],
)  # fmt: skip
def test_r5_2_thresholds_themselves_are_enough(
    share: float, test: float | None, survey: bool, expected: str
) -> None:
    record = Record({"all": _whole(int(share * 1000))}, 1000, post_test=test, survey=survey)
    assert level(record, SEMINAR).level == expected


def test_r5_2_thresholds_are_settings() -> None:
    record = Record({"all": _whole(400)}, 1000)
    assert level(record, Policy(participation_share=0.4)).level == "participation"
    assert (
        level(record, Policy(participation_share=0.3, completion_share=0.4)).level == "completion"
    )
    assert level(record, Policy(0.4, completion_share=None)).missing == ()


def test_r5_2_says_what_is_missing() -> None:
    record = Record({"M1": _whole(700)}, 1380, missed=("M5",))
    assert level(record, SEMINAR).missing == ("share", "mandatory", "post_test", "survey")


def test_r5_2_mandatory_session_takes_half_of_it() -> None:
    must = replace(WORKSHOP, is_mandatory=True)
    half, less = _credit((20, None)), _credit((0, 80))
    assert record_of([must], {"W1": half}, SEMINAR).missed == ()
    assert record_of([must], {"W1": less}, SEMINAR).missed == ("W1",)
    assert record_of([must], {}, SEMINAR).missed == ("W1",)


def test_r5_2_of_sessions_at_one_time_only_one_can_be_attended() -> None:
    tracks = [
        Credit("A", _at(0), _at(90), 90), Credit("B", _at(0), _at(90), 60),
        Credit("C", _at(90), _at(180), 90), Credit("D", _at(60), _at(120), 60),
    ]  # fmt: skip
    assert possible_minutes(tracks) == 180
    assert possible_minutes([]) == 0
    both = record_of(tracks[:2], {"A": _whole(90), "B": _whole(60)}, SEMINAR)
    assert (both.minutes, both.share) == (90, 1.0)


def test_r5_2_excused_time_leaves_the_count_and_mandatory_stays() -> None:
    must = replace(WORKSHOP, code="M", is_mandatory=True)
    later = replace(WORKSHOP, starts_at=_at(240), ends_at=_at(420), breaks=())
    excused = Credited(0, 0.0, Why.ABSENT, is_excused=True)
    had = {"M": excused, "W1": _whole(165)}
    by_policy = {
        kind: record_of([must, later], had, replace(SEMINAR, excuses=kind)) for kind in Excuses
    }
    assert {kind: one.possible for kind, one in by_policy.items()} == {
        Excuses.NOTED: 330, Excuses.TIME: 165, Excuses.ALL: 165,
    }  # fmt: skip
    assert [by_policy[kind].missed for kind in Excuses] == [("M",), ("M",), ()]


def test_r5_2_excused_part_of_a_session_counts_as_attended_so_far() -> None:
    left_ill = replace(_credit((0, 60)), is_excused=True)
    record = record_of([WORKSHOP], {"W1": left_ill}, SEMINAR)
    assert (record.minutes, record.possible, record.share) == (60, 60, 1.0)


def test_r5_2_everything_excused_reaches_nothing() -> None:
    excused = Credited(0, 0.0, Why.ABSENT, is_excused=True)
    record = record_of([WORKSHOP], {"W1": excused}, replace(SEMINAR, excuses=Excuses.ALL))
    assert level(record, SEMINAR).level == "none"


def test_r5_3_one_check_in_is_enough_where_hours_do_not_count() -> None:
    policy = Policy(by_hours=False)
    assert level(Record({}, 0, check_ins=1), policy).level == "attendance"
    assert level(Record({}, 0), policy) == level(Record({}, 0, post_test=1.0), policy)
    assert level(Record({}, 0), policy).missing == ("check_in",)


def test_r5_4_hours_are_quarters_rounded_down() -> None:
    assert Record({"a": _whole(1380)}, 1380).quarter_hours == 92
    assert Record({"a": _whole(44)}, 1380).quarter_hours == 2
    assert Record({"a": _whole(14)}, 1380).quarter_hours == 0


WEEK = [
    Credit(code, _at(1440 * day), _at(1440 * day + 100), 100, is_mandatory=code == "M5")
    for day, code in enumerate(("M1", "M2", "M3", "M4", "M5"))
]


def test_r5_2_progress_tells_what_can_still_be_reached() -> None:
    asked = Policy(survey=True, post_test=0.6)
    had = {"M1": _whole(100)}
    found = progress(WEEK, record_of(WEEK, had, asked), asked, _at(1440 + 200))
    assert (found.minutes, found.possible, found.ahead) == (100, 500, 300)
    assert found.to_come == ("M3", "M4", "M5")
    assert [(one.level, one.minutes, one.lacking, one.state) for one in found.goals] == [
        ("participation", 250, 150, "open"), ("completion", 400, 300, "open"),
    ]  # fmt: skip
    assert [one.state for one in found.must_see] == ["to_come"]
    assert (found.test, found.survey) == ("waiting", "waiting")


def test_r5_2_progress_after_the_event_and_what_is_out_of_reach() -> None:
    asked = Policy()
    over = progress(WEEK, record_of(WEEK, {"M1": _whole(100)}, asked), asked, _at(1440 * 9))
    assert [one.state for one in over.goals] == ["out_of_reach", "out_of_reach"]
    assert [one.state for one in over.must_see] == ["missed"]
    four = {code: _whole(100) for code in ("M1", "M2", "M3", "M4")}
    missed = progress(WEEK, record_of(WEEK, four, asked), asked, _at(1440 * 9))
    assert [(one.state, one.is_blocked) for one in missed.goals] == [
        ("reached", False), ("out_of_reach", True),
    ]  # fmt: skip


def test_r5_2_progress_has_time_but_waits_for_test_and_survey() -> None:
    asked = Policy(survey=True, post_test=0.6)
    had = {one.code: _whole(100) for one in WEEK}
    record = record_of(WEEK, had, asked, post_test=0.5)
    found = progress(WEEK, record, asked, _at(1440 * 9))
    assert [one.state for one in found.goals] == ["reached", "open"]
    assert (found.test, found.survey, found.level) == ("failed", "waiting", "participation")


def test_r5_3_progress_of_a_forum_asks_for_no_hours() -> None:
    asked = Policy(by_hours=False)
    found = progress(WEEK, record_of(WEEK, {}, asked, check_ins=1), asked, _at(0))
    assert (found.goals, found.must_see, found.level) == ((), (), "attendance")
