"""Limits per delegation (R1.8, R1.11)."""

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.registration import services
from tests.registration.factories import sent
from tests.registration.world import World


def limit(world: World, code: str = "delegates", **given: object) -> None:
    with transaction():
        services.add_pool(world.event, code, seats=2, categories=["DEL"], actor=SYSTEM, **given)  # type: ignore[arg-type]


def test_each_delegation_has_its_own_seats(world: World) -> None:
    limit(world)
    sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    sent(world.event, world.delegate, 2, entity_id=world.kenya.id)
    with pytest.raises(Conflict):
        sent(world.event, world.delegate, entity_id=world.zambia.id)


def test_other_categories_and_people_without_entity_are_not_limited(world: World) -> None:
    limit(world)
    sent(world.event, world.open, 3, entity_id=world.zambia.id)
    rows = sent(world.event, world.delegate, 3)
    assert {row.state for row in rows} == {"submitted"}


def test_host_and_co_host_have_limits_of_their_own(world: World) -> None:
    limit(world, limits={world.zambia.id: None, world.kenya.id: 3})
    sent(world.event, world.delegate, 9, entity_id=world.zambia.id)
    sent(world.event, world.delegate, 3, entity_id=world.kenya.id)
    with pytest.raises(Conflict):
        sent(world.event, world.delegate, entity_id=world.kenya.id)


def test_r1_11_soft_limit_accepts_and_flags(world: World) -> None:
    limit(world, lock="soft")
    rows = sent(world.event, world.delegate, 4, entity_id=world.zambia.id)
    assert [row.is_over_quota for row in rows] == [False, False, True, True]


def test_limit_of_a_name_there_is_refused(world: World) -> None:
    limit(world)
    with pytest.raises(Conflict):
        limit(world)
    with pytest.raises(Invalid):
        limit(world, "others", when_full="explode")
