"""Places: never one too many, and the waiting list in its order."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.entities.models import EntityGroup, GroupMembership
from eventhub.i18n import Translated
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.rules import SEAT_STATES, State, Turn
from tests.factories import keep, make_category
from tests.registration.factories import (
    OFFICER,
    STAFF,
    accredited,
    do,
    draft,
    mails,
    make_pool,
    moves,
    nominated,
    sent,
    set_registration,
)
from tests.registration.world import World


def places(world: World, number: int, when_full: str = "waitlist", lock: str = "hard") -> None:
    with transaction():
        world.event.places = number
        services.ensure_pool(world.event)
        services.set_pool(world.event, "event", when_full=when_full, lock=lock, actor=STAFF)


def states(world: World) -> Counter[str]:
    db.session.rollback()
    query = select(Registration.state).where(Registration.event_id == world.event.id)
    return Counter(db.session.scalars(query))


def submit_at_once(app: Flask, event_id: int, ids: list[int]) -> list[str]:
    """Submit each from a thread of its own, all at the same moment; return what came of each."""
    ready, told = threading.Barrier(len(ids)), []

    def submit(ident: int) -> None:
        with app.app_context():
            actor = queries.registrant(db.session.get_one(Registration, ident))
            db.session.rollback()
            ready.wait()
            try:
                with transaction():
                    row = services.submit(event_id, [ident], actor=actor)[0]
                    state = str(row.state)
                told.append(state)
            except Conflict:
                told.append("refused")
            finally:
                db.session.remove()

    run_together(submit, ids)
    return told


def run_together(act: Callable[[Any], None], each: Sequence[Any]) -> None:
    """Call `act` with each in a thread of its own that sees the test's clock; wait for all."""
    threads = [threading.Thread(target=copy_context().run, args=(act, one)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_r1_8_fifty_at_once_for_seven_seats_give_exactly_seven(app: Flask, world: World) -> None:
    places(world, 7, "refuse")
    ids = [draft(world.event, world.delegate, entity_id=world.zambia.id).id for _ in range(50)]
    event_id = world.event.id
    db.session.rollback()
    told = Counter(submit_at_once(app, event_id, ids))
    assert told == {"submitted": 7, "refused": 43}
    assert states(world) == {"submitted": 7, "draft": 43}
    taken = db.session.scalars(select(Registration).where(Registration.number.is_not(None)))
    assert sorted(row.number or 0 for row in taken) == list(range(1, 8)), "numbers without gaps"


def test_r1_8_fifty_at_once_in_two_pools_fill_neither_beyond_its_seats(
    app: Flask, world: World
) -> None:
    places(world, 9, "refuse")
    make_pool(world.event, "delegates", scope="per_delegation", seats=4, categories=["DEL"])
    ids = [
        draft(world.event, world.delegate, entity_id=entity.id).id
        for _ in range(25)
        for entity in (world.zambia, world.kenya)
    ]
    event_id, zambia = world.event.id, world.zambia.id
    db.session.rollback()
    told = Counter(submit_at_once(app, event_id, ids))
    assert told == {"submitted": 8, "refused": 42}, "four each, although nine places are there"
    query = select(Registration).where(
        Registration.state == "submitted", Registration.entity_id == zambia
    )
    assert len(list(db.session.scalars(query))) == 4


def test_r1_12_fifty_at_once_the_others_wait_at_places_one_to_forty_three(
    app: Flask, world: World
) -> None:
    places(world, 7)
    ids = [draft(world.event, world.delegate, entity_id=world.zambia.id).id for _ in range(50)]
    event_id = world.event.id
    db.session.rollback()
    told = Counter(submit_at_once(app, event_id, ids))
    assert told == {"submitted": 7, "waitlisted": 43}
    assert states(world) == {"submitted": 7, "waitlisted": 43}
    waiting = queries.places_of(world.event.id)
    assert sorted(place.number for place in waiting.values()) == list(range(1, 44))


def test_r1_3_two_officers_at_the_same_moment_one_wins(app: Flask, world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    ident, event_id = row.id, world.event.id
    db.session.rollback()
    ready, told = threading.Barrier(2), []

    def decide(accepts: bool) -> None:
        with app.app_context():
            ready.wait()
            try:
                with transaction():
                    if accepts:
                        services.accredit(event_id, [ident], actor=OFFICER)
                    else:
                        services.reject(event_id, [ident], reason="duplicate", actor=OFFICER)
                told.append("won")
            except Conflict as refusal:
                told.append(refusal.message)
            finally:
                db.session.remove()

    run_together(decide, [True, False])
    assert sorted(told)[1] == "won"
    assert "changed meanwhile" in sorted(told)[0]
    held = [move for move in moves(db.session.get_one(Registration, ident)) if move[2] == "held"]
    assert len(held) == 1


def test_a_full_pool_lets_wait_and_says_the_place(world: World) -> None:
    places(world, 1)
    sent(world.event, world.delegate)
    row = draft(world.event, world.delegate)
    do(services.submit, world.event, [row], actor=queries.registrant(row))
    assert row.state == State.WAITLISTED
    assert mails(world.event) == [("waitlisted", row.email)]
    place = queries.places_of(world.event.id)[row.id]
    assert (place.number, place.turn) == (1, Turn.TIME)
    assert queries.phrase(row.state, "forum", place.number) == "Waiting list, place 1"


def test_who_does_not_count_needs_no_seat(world: World) -> None:
    places(world, 0 + 1)
    sent(world.event, world.delegate)
    (staff,) = sent(world.event, world.staff)
    assert staff.state == State.ACCREDITED


def test_r1_11_a_soft_pool_accepts_and_flags(world: World) -> None:
    places(world, 1, "refuse", "soft")
    inside, over = sent(world.event, world.delegate, 2)
    assert (inside.is_over_quota, over.is_over_quota) == (False, True)
    assert over.state == State.SUBMITTED


def test_r1_11_a_full_pool_offers_the_overflow_category(world: World) -> None:
    overflow = make_category(
        world.event, "OVF", mark="OV", counts_as_participant=False, vouched_by="none"
    )
    set_registration(world.event, overflow_category="OVF")
    places(world, 1, "overflow")
    inside, over = sent(world.event, world.delegate, 2)
    assert inside.category_id == world.delegate.id
    assert (over.category_id, over.is_over_quota) == (overflow.id, True)
    with transaction():
        overflow.is_on = False
    with pytest.raises(Conflict, match="places are taken"):
        sent(world.event, world.delegate)


def test_r1_8_all_pools_of_a_person_must_have_room(world: World) -> None:
    make_pool(world.event, "zambia", scope="per_delegation", seats=2, when_full="refuse")
    sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    with pytest.raises(Conflict):
        sent(world.event, world.delegate, entity_id=world.zambia.id)
    (kenyan,) = sent(world.event, world.delegate, entity_id=world.kenya.id)
    assert kenyan.state == State.SUBMITTED


def test_r1_8_one_too_many_of_a_list_refuses_the_list(world: World) -> None:
    places(world, 2, "refuse")
    with pytest.raises(Conflict):
        sent(world.event, world.delegate, 3)
    assert states(world) == {}


def test_a_returned_registration_keeps_its_seat(world: World) -> None:
    places(world, 1)
    (row,) = nominated(world.event, world.delegate)
    do(services.return_, world.event, [row], fields=["email"], actor=OFFICER, at_once=True)
    (late,) = sent(world.event, world.delegate)
    assert late.state == State.WAITLISTED
    do(services.submit, world.event, [row], actor=queries.registrant(row))
    assert row.state == State.SUBMITTED


@pytest.mark.parametrize("way", ["withdraw", "reject", "waitlist", "revoke", "no_answer"])
def test_a_freed_seat_goes_to_the_next_in_the_same_transaction(
    world: World, noon: datetime, way: str
) -> None:
    places(world, 1)
    (first,) = nominated(world.event, world.delegate)
    (second,) = sent(world.event, world.delegate)
    assert second.state == State.WAITLISTED
    if way == "withdraw":
        do(services.withdraw, world.event, [first], actor=queries.registrant(first))
    elif way == "reject":
        do(services.reject, world.event, [first], reason="duplicate", actor=OFFICER, at_once=True)
    elif way == "waitlist":
        do(services.waitlist, world.event, [first], actor=OFFICER, at_once=True)
        assert first.state == State.WAITLISTED, "not promoted again in the same breath"
    elif way == "revoke":
        do(services.accredit, world.event, [first], actor=OFFICER, at_once=True)
        do(services.revoke, world.event, [first], reason="misuse", actor=OFFICER)
    else:
        do(services.return_, world.event, [first], fields=["email"], actor=OFFICER, at_once=True)
        with clock.at(noon + timedelta(days=6)), transaction():
            services.withdraw_unanswered(world.event.id)
    assert second.state == State.SUBMITTED
    assert ("promoted", second.email) in mails(world.event)
    assert moves(second)[-1] == ("waitlisted", "submitted", "done")


def test_who_was_vouched_for_before_waiting_is_nominated_again(world: World) -> None:
    places(world, 2)
    one, two = nominated(world.event, world.delegate, 2)
    do(services.waitlist, world.event, [one], actor=OFFICER, at_once=True)
    assert one.state == State.WAITLISTED
    do(services.withdraw, world.event, [two], actor=queries.registrant(two))
    assert one.state == State.NOMINATED


def test_where_nobody_approves_the_promoted_is_confirmed(world: World) -> None:
    places(world, 1)
    (first,) = sent(world.event, world.open)
    (second,) = sent(world.event, world.open)
    assert (first.state, second.state) == (State.ACCREDITED, State.WAITLISTED)
    do(services.withdraw, world.event, [first], actor=queries.registrant(first))
    assert second.state == State.ACCREDITED
    assert second.pass_id is not None
    assert ("accredited", second.email) in mails(world.event)


def test_r1_12_a_delegation_without_anybody_goes_first(world: World) -> None:
    places(world, 2)
    accredited(world.event, world.delegate, entity_id=world.zambia.id)
    (leaving,) = sent(world.event, world.delegate)
    (zambian,) = sent(world.event, world.delegate, entity_id=world.zambia.id)
    (kenyan,) = sent(world.event, world.delegate, entity_id=world.kenya.id)
    order = queries.places_of(world.event.id)
    assert (order[kenyan.id].number, order[kenyan.id].turn) == (1, Turn.NOBODY_ACCREDITED)
    assert order[zambian.id].number == 2
    do(services.withdraw, world.event, [leaving], actor=queries.registrant(leaving))
    assert (kenyan.state, zambian.state) == (State.SUBMITTED, State.WAITLISTED)


@pytest.mark.parametrize("why", ["lldc", "sids", "ldc"])
def test_r1_12_small_and_least_developed_states_go_first_where_the_event_wants_it(
    world: World, why: str
) -> None:
    places(world, 3)
    for one in (world.zambia, world.kenya):
        accredited(world.event, world.delegate, entity_id=one.id)
    (leaving,) = sent(world.event, world.delegate)
    (zambian,) = sent(world.event, world.delegate, entity_id=world.zambia.id)
    (kenyan,) = sent(world.event, world.delegate, entity_id=world.kenya.id)
    if why == "ldc":
        group = keep(EntityGroup(code="ldc", names=Translated(en="Least developed countries")))
        keep(GroupMembership(group_id=group.id, entity_id=world.kenya.id))
    else:
        with transaction():
            setattr(world.kenya, why, True)
    assert queries.places_of(world.event.id)[zambian.id].number == 1
    set_registration(world.event, equity=True)
    order = queries.places_of(world.event.id)
    assert (order[kenyan.id].number, order[kenyan.id].turn) == (1, Turn.EQUITY)
    assert (order[zambian.id].number, order[zambian.id].turn) == (2, Turn.TIME)
    do(services.withdraw, world.event, [leaving], actor=queries.registrant(leaving))
    assert (kenyan.state, zambian.state) == (State.SUBMITTED, State.WAITLISTED)


def test_more_places_let_more_people_in(world: World) -> None:
    places(world, 1)
    sent(world.event, world.delegate)
    waiting = sent(world.event, world.delegate, 3)
    with transaction():
        world.event.places = 3
        assert services.promote_waiting(world.event.id) == waiting[:2]
    assert states(world) == {"submitted": 3, "waitlisted": 1}


def test_an_officer_may_give_a_free_place_out_of_turn_but_none_that_is_not_there(
    world: World,
) -> None:
    places(world, 1)
    sent(world.event, world.delegate)
    first, second = sent(world.event, world.delegate, 2)
    with pytest.raises(Conflict, match="No place"):
        do(services.give_place, world.event, [second], actor=OFFICER)
    with transaction():
        world.event.places = 2
    do(services.give_place, world.event, [second], actor=OFFICER)
    assert (first.state, second.state) == (State.WAITLISTED, State.SUBMITTED)


def test_reinstating_needs_a_free_seat(world: World) -> None:
    places(world, 1)
    (gone,) = nominated(world.event, world.delegate)
    do(services.reject, world.event, [gone], reason="duplicate", actor=OFFICER, at_once=True)
    (other,) = nominated(world.event, world.delegate)
    with pytest.raises(Conflict, match="places are taken"):
        do(services.reinstate, world.event, [gone], actor=OFFICER)
    do(services.withdraw, world.event, [other], actor=queries.registrant(other))
    do(services.reinstate, world.event, [gone], actor=OFFICER)
    assert gone.state == State.NOMINATED
    assert len([s for s in states(world).elements() if s in SEAT_STATES]) == 1


def test_staff_cannot_enter_into_a_full_pool(world: World) -> None:
    places(world, 1)
    sent(world.event, world.delegate)
    row = draft(world.event, world.delegate, source="organiser")
    with pytest.raises(Conflict, match="places are taken"):
        do(services.submit, world.event, [row], actor=STAFF)
    entry = services.Entry(world.delegate.id, {"given_names": "Ruth"})
    with pytest.raises(Conflict, match="places are taken"), transaction():
        services.register_and_accredit(world.event.id, [entry], actor=STAFF)
    assert states(world) == {"submitted": 1, "draft": 1}
