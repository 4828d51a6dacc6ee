"""The order of speakers, the room for them, their clock (R3.8 to R3.12)."""

from datetime import UTC, datetime, timedelta

import pytest

from eventhub.demo import content
from eventhub.entities.rules import Kind
from eventhub.speaking.rules import (
    Asked,
    Clock,
    Phase,
    balanced,
    block_of,
    capacity,
    forecast,
    laid_out,
    moved_to,
    phase_of,
    plain,
    tier_and_time,
    words_in,
    written,
)

TIERS = {"HOG": 1, "MIN": 2, "VMIN": 3, "AMB": 4, "DG": 5}
REQUESTS = (
    ("ZMB", "MIN", "woman", "AFR", "2024-03-10T08:00"),
    ("EGY", "MIN", "woman", "AFR", "2024-03-10T08:05"),
    ("CHN", "MIN", "man", "APG", "2024-03-10T09:00"),
    ("CIV", "MIN", "woman", "AFR", "2024-03-11T10:00"),
    ("MOZ", "MIN", "man", "AFR", "2024-03-09T12:00"),
    ("ETH", "VMIN", "man", "AFR", "2024-03-01T09:00"),
    ("AUC", "DG", "woman", "IGO", "2024-02-28T09:00"),
    ("BRA", "AMB", "man", "GRULAC", "2024-03-12T09:00"),
    ("IDN", "AMB", "woman", "APG", "2024-03-05T09:00"),
    ("KEN", "HOG", "man", "AFR", "2024-03-20T16:00"),
)
CODES = [row[0] for row in REQUESTS]
MORNING = datetime(2026, 4, 2, 9, tzinfo=UTC)


def requests() -> list[Asked]:
    return [
        Asked(
            id=place,
            block=2 if group == "IGO" else 0,
            tier=TIERS[rank],
            queued_at=datetime.fromisoformat(at).replace(tzinfo=UTC),
            group=group,
            gender=gender,
        )
        for place, (_code, rank, gender, group, at) in enumerate(REQUESTS)
    ]


def asked(id_: int, group: str = "", gender: str = "", **given: int) -> Asked:
    at = MORNING + timedelta(minutes=id_)
    values = {"block": 0, "tier": 2, **given}
    return Asked(id=id_, queued_at=at, group=group, gender=gender, **values)


def test_r3_8_plain_order_is_rank_then_time() -> None:
    told = [CODES[one.id] for one in plain(requests())]
    assert told == ["KEN", "MOZ", "ZMB", "EGY", "CHN", "CIV", "ETH", "IDN", "BRA", "AUC"]


def test_r3_8_same_minute_is_decided_by_the_english_alphabet() -> None:
    late, early = (Asked(one, 0, 2, MORNING, rank_en=rank) for one, rank in ((1, 193), (2, 7)))
    assert plain([late, early]) == [early, late]


@pytest.mark.parametrize(
    ("kind", "for_group", "apart", "block"),
    [
        (Kind.MEMBER_STATE, False, True, 0),
        (Kind.IGO, True, True, 0),
        (None, True, True, 0),
        (Kind.OBSERVER_STATE, False, True, 1),
        (Kind.REGIONAL_INTEGRATION_ORGANIZATION, False, True, 1),
        (Kind.OBSERVER_STATE, False, False, 0),
        (Kind.SPECIALIZED_AGENCY, False, True, 2),
        (Kind.IGO, False, True, 2),
        (Kind.NGO, False, True, 3),
        (None, False, True, 3),
    ],
)
def test_r3_8_blocks(kind: Kind | None, for_group: bool, apart: bool, block: int) -> None:
    assert block_of(kind, is_for_group=for_group, observers_apart=apart) == block


def test_r3_9_balanced_order_lets_regions_and_genders_take_turns() -> None:
    told = [CODES[one.asked.id] for one in balanced(requests())]
    assert told == ["KEN", "CHN", "ZMB", "MOZ", "EGY", "CIV", "ETH", "IDN", "BRA", "AUC"]


def test_r3_9_reason_of_each_shift_is_told() -> None:
    why = {CODES[one.asked.id]: one.why for one in balanced(requests())}
    assert why["CHN"] == ("group",)
    assert why["ZMB"] == ("gender",)
    assert {code for code, reason in why.items() if reason} == {"CHN", "ZMB"}


def test_r3_9_head_is_passed_over_three_times_at_most() -> None:
    others = [asked(n, "AFR", "woman") if n % 2 else asked(n, "APG", "man") for n in range(2, 8)]
    last, head = asked(0, "AFR", "woman"), asked(1, "AFR", "man")
    assert [one.asked.id for one in balanced([head, *others], last)][:4] == [2, 3, 4, 1]
    waited = asked(1, "AFR", "man", passed=2)
    assert [one.asked.id for one in balanced([waited, *others], last)][:2] == [2, 1]


def test_r3_9_head_comes_soon_among_many_of_other_regions() -> None:
    others = [asked(n, group="APG" if n % 2 else "AFR") for n in range(2, 9)]
    order = [one.asked.id for one in balanced([asked(1, "AFR", "man"), *others],
                                              asked(0, "AFR", "man"))]  # fmt: skip
    assert order.index(1) <= 3


def test_r3_9_order_goes_on_as_planned_while_people_speak() -> None:
    left, last, spoken = requests(), None, []
    while left:
        first = balanced(left, last)[0].asked
        head = plain(one for one in left if (one.block, one.tier) == (first.block, first.tier))[0]
        left = [
            Asked(one.id, one.block, one.tier, one.queued_at, one.rank_en, one.group, one.gender,
                  one.passed + (one.id == head.id))
            for one in left if one.id != first.id
        ]  # fmt: skip
        spoken.append(CODES[first.id])
        last = first
    assert spoken == [CODES[one.asked.id] for one in balanced(requests())]


def test_r3_9_unknown_gender_and_group_cost_nothing() -> None:
    assert [one.asked.id for one in balanced([asked(1), asked(2)], asked(0))] == [1, 2]


def test_r3_10_lower_rank_goes_to_the_end_and_higher_moves_up_by_original_time() -> None:
    received, skipped, now = MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(hours=2)
    given = {"received_at": received, "queued_at": skipped, "now": now}
    assert tier_and_time(2, 4, **given) == (4, now)
    assert tier_and_time(4, 2, **given) == (2, received)
    assert tier_and_time(3, 3, **given) == (3, skipped)


@pytest.mark.parametrize("case", content.vectors()["speaker_capacity"]["cases"])
def test_r3_11_capacity(case: dict[str, int]) -> None:
    told = capacity(case["meeting_minutes"], case["limit_s"], case["turnover_s"])
    assert told == case["expected"]


def test_r3_11_overflow_and_what_would_help() -> None:
    told = forecast(45, [180] * 14, 180, 30)
    assert (told.capacity, told.asked, told.over, told.minutes) == (12, 14, 2, 49)
    assert told.limit_s == 160
    assert capacity(45, told.limit_s, 30) >= 14
    assert forecast(told.minutes, [180] * 14, 180, 30).over == 0


def test_r3_11_group_statements_take_their_own_time() -> None:
    assert forecast(45, [300, *[180] * 11], 180, 30).over == 0
    assert forecast(45, [300, 300, *[180] * 10], 180, 30).over == 1


def test_r3_11_no_limit_under_a_minute_is_offered() -> None:
    assert forecast(10, [180] * 30, 180, 30).limit_s is None
    assert forecast(10, [], 180, 30).over == 0


@pytest.mark.parametrize(
    ("left", "phase", "text"),
    [
        (180, Phase.TIME, "3:00"),
        (30.1, Phase.TIME, "0:31"),
        (30, Phase.WARNING, "0:30"),
        (0.4, Phase.WARNING, "0:01"),
        (0, Phase.OVER, "0:00"),
        (-0.5, Phase.OVER, "0:00"),
        (-12.7, Phase.OVER, "+0:12"),
        (-75, Phase.OVER, "+1:15"),
    ],
)
def test_r3_12_warning_at_30_red_at_0_then_up(left: float, phase: Phase, text: str) -> None:
    assert phase_of(left, 30) == phase
    assert written(left) == text


def test_r3_12_clock_stands_still_and_gets_more() -> None:
    stopped = MORNING + timedelta(seconds=60)
    clock = Clock(MORNING, 180, extra_s=30, stopped_at=stopped, stopped_s=20)
    assert clock.spoken_s(MORNING + timedelta(minutes=10)) == 40
    assert clock.left_s(MORNING + timedelta(minutes=10)) == 170
    over = Clock(MORNING, 180, ended_at=MORNING + timedelta(seconds=200))
    assert over.left_s(MORNING + timedelta(hours=1)) == -20


def test_r3_12_words_of_a_limit() -> None:
    assert (words_in(180), words_in(300)) == (330, 550)


def test_moved_stay_where_they_were_put() -> None:
    current = moved_to([1, 2, 3, 4], 4, 1)
    assert current == [1, 4, 2, 3]
    assert laid_out([*current, 5], {4}, [5, 1, 2, 3, 4]) == [5, 4, 1, 2, 3]
    assert moved_to([1, 2, 3], 1, 99) == [2, 3, 1]
