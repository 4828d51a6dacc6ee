"""The same person at several events (R1.30, R6.7)."""

import pytest

from eventhub.audit.queries import entries_of
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.people.models import Person
from eventhub.registration.models import Registration
from eventhub.registration.services import confirm_same_person
from tests.factories import make_category, make_event
from tests.registration.factories import sent
from tests.registration.world import World


def confirm(*rows: Registration) -> Person:
    with transaction():
        return confirm_same_person([row.id for row in rows], actor=SYSTEM)


def elsewhere(world: World) -> Registration:
    event = make_event(starts_on=world.event.starts_on)
    return sent(event, make_category(event, "OPN", vouched_by="none", approver="none"))[0]


def test_r1_30_registrations_of_two_events_become_one_person(world: World) -> None:
    here, there = sent(world.event, world.open)[0], elsewhere(world)
    person = confirm(here, there)
    assert here.person_id == there.person_id == person.id
    assert person.confirmed_by == SYSTEM.label
    told = entries_of(world.event.id, subject_ref=here.ref, limit=1)[0]
    assert told.action == "registration.confirm_same_person"


def test_a_third_event_joins_the_person_known_already(world: World) -> None:
    here, there, third = sent(world.event, world.open)[0], elsewhere(world), elsewhere(world)
    first = confirm(here, there)
    assert confirm(there, third).id == first.id
    assert third.person_id == first.id


def test_two_of_one_event_or_of_two_persons_are_refused(world: World) -> None:
    one, other = sent(world.event, world.open, 2)
    with pytest.raises(Conflict):
        confirm(one, other)
    there, third = elsewhere(world), elsewhere(world)
    confirm(one, there)
    fourth = elsewhere(world)
    confirm(third, fourth)
    with pytest.raises(Conflict):
        confirm(one, third)
