"""Requests on a list: who may stand on it, where, and what moves them (R3.7, R3.8, R3.10)."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.speaking import services
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.services import Wish
from tests.factories import make_entity
from tests.speaking.lists import CHAIR, alter, ask, fill, floor, inscribe, make_list, order, wish


@pytest.fixture
def one(app: Flask) -> SpeakerList:
    return make_list()


def test_r3_8_requests_stand_by_tier_then_time(one: SpeakerList, noon: datetime) -> None:
    fill(one, "ZMB", "CHN", since=noon)
    inscribe(one, "KEN", "MIN", received_at=noon + timedelta(hours=1))
    inscribe(one, "BRA", received_at=noon - timedelta(hours=1))
    assert order(one) == ["KEN", "BRA", "ZMB", "CHN"]


def test_r3_8_a_group_statement_of_an_organization_stands_with_states(
    one: SpeakerList, noon: datetime
) -> None:
    fill(one, "ZMB", since=noon)
    union = make_entity("AUC", "African Union Commission", kind="igo")
    ask(one, Wish(entity=union, rank=wish("ZMB", "MIN").rank))
    assert order(one)[-1] == "African Union Commission"
    ask(one, Wish(entity=union, rank=wish("ZMB", "MIN").rank, for_group="African Group"))
    assert order(one) == ["African Union Commission", "ZMB", "African Union Commission"]


def test_observers_stand_among_states_where_so_decided(one: SpeakerList, noon: datetime) -> None:
    holy_see = make_entity("VAT", "Holy See", kind="observer_state")
    ask(one, Wish(entity=holy_see, rank=wish("ZMB", "MIN").rank))
    fill(one, "ZMB", since=noon)
    assert order(one) == ["ZMB", "Holy See"]
    with transaction():
        services.change_list(one, {"observers_apart": False}, version=None, actor=CHAIR)
    assert order(one) == ["Holy See", "ZMB"]


def test_r3_7_an_entity_stands_once_unless_for_a_group(one: SpeakerList) -> None:
    inscribe(one, "ZMB")
    with pytest.raises(Conflict) as refused:
        inscribe(one, "ZMB", "MIN")
    assert refused.value.field == "entity"
    inscribe(one, "ZMB", for_group="Group of Friends")
    assert order(one) == ["ZMB", "ZMB"]


def test_r3_7_an_own_statement_may_follow_one_for_a_group(one: SpeakerList) -> None:
    inscribe(one, "ZMB", for_group="Group of Friends")
    inscribe(one, "ZMB")
    assert order(one) == ["ZMB", "ZMB"]


def test_somebody_must_be_named_in_one_way(one: SpeakerList) -> None:
    for asked in (Wish(), wish("ZMB", body="Somebody")):
        with pytest.raises(Invalid):
            ask(one, asked)


def test_r3_14_after_closing_only_by_the_chair(one: SpeakerList) -> None:
    with transaction():
        services.set_open(one, is_open=False, actor=CHAIR)
    with pytest.raises(Conflict) as refused:
        inscribe(one, "ZMB")
    assert refused.value.field == "chair"
    row = inscribe(one, "ZMB", chair="Co-host of the meeting")
    assert row.reason == "Co-host of the meeting"


def test_r3_10_a_lower_rank_goes_to_the_end_once_confirmed(
    one: SpeakerList, noon: datetime
) -> None:
    rows = [
        inscribe(one, code, "MIN", received_at=noon + timedelta(minutes=n))
        for n, code in enumerate(("ZMB", "CHN"))
    ]
    fill(one, "KEN", "BRA", since=noon - timedelta(days=1))
    with clock.at(noon + timedelta(hours=1)):
        alter(one, rows[0], wish("ZMB"), is_confirmed=False)
        assert order(one) == ["ZMB", "CHN", "KEN", "BRA"]
        with transaction():
            services.confirm(one, rows[0], actor=CHAIR)
    assert order(one) == ["CHN", "KEN", "BRA", "ZMB"]


def test_r3_10_a_higher_rank_moves_up_by_original_time(one: SpeakerList, noon: datetime) -> None:
    _zambia, china, kenya = fill(one, "ZMB", "CHN", "KEN", since=noon)
    for row, code in ((kenya, "KEN"), (china, "CHN")):
        alter(one, row, wish(code, "MIN"), is_confirmed=True)
    assert order(one) == ["CHN", "KEN", "ZMB"]


def test_moved_by_hand_stays_and_keeps_its_reason(one: SpeakerList, noon: datetime) -> None:
    rows = fill(one, "ZMB", "CHN", "KEN", since=noon)
    with pytest.raises(Invalid) as refused, transaction():
        services.move(one, rows[2], 1, reason="", actor=CHAIR)
    assert refused.value.field == "reason"
    with transaction():
        services.move(one, rows[2], 1, reason="Leaves at 15:00", actor=CHAIR)
    assert order(one) == ["KEN", "ZMB", "CHN"]
    inscribe(one, "BRA", "MIN")
    assert order(one) == ["KEN", "BRA", "ZMB", "CHN"]
    [kenya] = [entry for entry in floor(one).waiting if entry.name == "Kenya"]
    assert (kenya.request.is_moved, kenya.request.reason) == (True, "Leaves at 15:00")
    with transaction():
        services.let_go(one, rows[2], actor=CHAIR)
    assert order(one) == ["BRA", "ZMB", "CHN", "KEN"]


def test_r3_14_two_swap(one: SpeakerList, noon: datetime) -> None:
    rows = fill(one, "ZMB", "CHN", "KEN", since=noon)
    with transaction():
        services.swap(one, rows[0], rows[2], reason="", actor=CHAIR)
    assert order(one) == ["KEN", "CHN", "ZMB"]


def test_r3_14_withdrawn_and_written_leave_and_come_back(one: SpeakerList, noon: datetime) -> None:
    rows = fill(one, "ZMB", "CHN", "KEN", since=noon)
    for row, gone in ((rows[0], "withdrawn"), (rows[1], "written")):
        with transaction():
            services.take_off(one, row, state=gone, reason="", actor=CHAIR)
    assert order(one) == ["KEN"]
    assert [entry.request.state for entry in floor(one).gone] == ["withdrawn", "written"]
    with transaction():
        services.put_back(one, rows[0], actor=CHAIR)
    assert order(one) == ["ZMB", "KEN"]


def test_balanced_order_stores_why_somebody_comes_early(one: SpeakerList, noon: datetime) -> None:
    with transaction():
        services.change_list(one, {"ordering": "balanced"}, version=None, actor=CHAIR)
    fill(one, "ZMB", "KEN", "CHN", since=noon)
    assert order(one) == ["ZMB", "CHN", "KEN"]
    assert [entry.request.shifted for entry in floor(one).waiting] == ["", "group", ""]


def test_change_of_somebody_else_is_not_overwritten(one: SpeakerList, noon: datetime) -> None:
    [row] = fill(one, "ZMB", since=noon)
    seen = row.version
    alter(one, row, wish("ZMB", speaker="A"), version=seen)
    with pytest.raises(Conflict):
        alter(one, row, wish("ZMB", speaker="B"), version=seen)
    assert floor(one).waiting[0].request.speaker == "A"
