"""Delegations: opened once, numbers never given twice, focal points with a reach."""

import pytest
from flask import Flask

from eventhub.access.queries import grants_of
from eventhub.core.actor import EVERYTHING, SYSTEM, Scope
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, NotFound
from eventhub.delegations import queries, services
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from tests.factories import make_account, make_entity, make_event


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum."""
    return make_event()


def opened(event: Event, code: str, name: str, **given: object) -> Delegation:
    entity = make_entity(code, name, **given)
    with transaction():
        return services.get_or_open(event.id, entity.id, actor=SYSTEM)


def test_a_delegation_is_opened_once(event: Event) -> None:
    zambia = opened(event, "ZMB", "Zambia")
    with transaction():
        again = services.open_for(event.id, "ZMB", actor=SYSTEM)
    assert again.id == zambia.id
    with pytest.raises(NotFound), transaction():
        services.open_for(event.id, "XYZ", actor=SYSTEM)


def test_numbers_go_on_and_are_never_given_twice(event: Event) -> None:
    zambia = opened(event, "ZMB", "Zambia")
    with transaction():
        found = services.next_numbers(event.id, {zambia.entity_id: 3})
    assert found == {zambia.entity_id: (zambia.id, range(1, 4))}
    with transaction():
        found = services.next_numbers(event.id, {zambia.entity_id: 1})
    assert found == {zambia.entity_id: (zambia.id, range(4, 5))}


def test_delegations_stand_in_the_order_of_the_language(event: Event) -> None:
    opened(event, "ZAF", "South Africa", ranks={"en": 3, "fr": 1})
    opened(event, "EGY", "Egypt", ranks={"en": 1, "fr": 2})
    found = [[s.entity.code for s in queries.delegations_of(event.id, EVERYTHING, language)]
             for language in ("en", "fr")]  # fmt: skip
    assert found == [["EGY", "ZAF"], ["ZAF", "EGY"]]


def test_r1_36_a_focal_point_reaches_its_own_delegation_only(event: Event) -> None:
    zambia, kenya = opened(event, "ZMB", "Zambia"), opened(event, "KEN", "Kenya")
    account = make_account()
    with transaction():
        services.name_focal_point(zambia, account, actor=SYSTEM)
    grant = grants_of(account.id, event_id=event.id)[0]
    assert (grant.role, grant.scope) == ("focal_point", {"delegations": [zambia.id]})
    scope = Scope(delegations=frozenset({zambia.id}))
    shown = queries.delegations_of(event.id, scope, "en")
    assert [sent.delegation.id for sent in shown] == [zambia.id]
    with pytest.raises(NotFound):
        queries.get_delegation(event.id, kenya.ref, scope)
    points = queries.focal_points_of(event.id, [zambia.id, kenya.id])
    assert [len(points[one]) for one in (zambia.id, kenya.id)] == [1, 0]


def test_two_people_changing_a_delegation_the_second_is_told(event: Event) -> None:
    zambia = opened(event, "ZMB", "Zambia")
    seen = zambia.version
    with transaction():
        services.set_role(zambia, "observer", version=seen, actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.set_role(zambia, "host", version=seen, actor=SYSTEM)
