"""Precedence between heads, and where observer States stand, by the rules' numbers."""

from datetime import date

from eventhub.entities.rules import Block, Kind
from eventhub.protocol.rules import Head, HeadsBy, HostStands, Observers, block_at, precedence

AMBASSADOR, CHARGE, MINISTER = 50, 55, 30
SEATS = {code: place for place, code in enumerate(range(1, 7))}
"""Entities 1 to 6 sit in this order, 1 being the State drawn."""


def ids(heads: list[Head]) -> list[int]:
    return [head.entity_id for head in heads]


def test_r2_6_setting_and_entity_place_an_observer() -> None:
    after, among = Observers.AFTER_MEMBERS, Observers.INTERLEAVED
    observer = Kind.OBSERVER_STATE
    assert block_at(observer, "PSE", all_observers=after) is None
    assert block_at(observer, "PSE", all_observers=among) == Block.MEMBER_STATES
    assert block_at(observer, "PSE", all_observers=among, own=after) is None
    assert block_at(observer, "PSE", all_observers=after, own=among) == Block.MEMBER_STATES
    assert block_at(observer, "VAT", all_observers=among) is None
    assert block_at(observer, "VAT", all_observers=after, own=among) == Block.MEMBER_STATES
    assert block_at(Kind.IGO, "AU", all_observers=among) is None


def test_r2_8_rank_comes_first_then_the_seats_from_the_state_drawn() -> None:
    heads = [Head(1, AMBASSADOR), Head(2, MINISTER), Head(4, AMBASSADOR), Head(3, MINISTER)]
    assert ids(precedence(heads, SEATS)) == [2, 3, 1, 4]


def test_r2_8_charges_follow_all_ambassadors() -> None:
    heads = [Head(1, CHARGE), Head(6, AMBASSADOR), Head(5, AMBASSADOR)]
    assert ids(precedence(heads, SEATS)) == [5, 6, 1]
    assert ids(precedence(heads, SEATS, by=HeadsBy.IN_OFFICE)) == [5, 6, 1]


def test_r2_8_who_is_longer_in_office_goes_first() -> None:
    heads = [
        Head(1, AMBASSADOR),
        Head(2, AMBASSADOR, date(2024, 5, 1)),
        Head(3, AMBASSADOR, date(2019, 2, 1)),
        Head(4, AMBASSADOR),
    ]
    assert ids(precedence(heads, SEATS, by=HeadsBy.IN_OFFICE)) == [3, 2, 1, 4]
    assert ids(precedence(heads, SEATS)) == [1, 2, 3, 4]


def test_r2_8_the_host_stands_first_or_last_by_setting() -> None:
    heads = [Head(1, MINISTER), Head(2, MINISTER, is_host=True), Head(3, AMBASSADOR)]
    assert ids(precedence(heads, SEATS)) == [1, 2, 3]
    assert ids(precedence(heads, SEATS, host=HostStands.FIRST)) == [2, 1, 3]
    assert ids(precedence(heads, SEATS, host=HostStands.LAST)) == [1, 3, 2]
