"""The floor as it is worked: speaking, done, skipped, the clock, taking back (R3.12, R3.14)."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.speaking import services
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.queries import log_of, seconds_by_entity
from tests.speaking.lists import CHAIR, do, fill, floor, inscribe, make_list, order, state

Floor3 = tuple[SpeakerList, list[SpeakingRequest], datetime]


@pytest.fixture
def three(app: Flask, noon: datetime) -> Floor3:
    """Return a list on which Zambia, China and Kenya wait, and noon."""
    one = make_list()
    return one, fill(one, "ZMB", "CHN", "KEN", since=noon - timedelta(days=1)), noon


def speaking(one: SpeakerList) -> str:
    current = floor(one).current
    return current.name if current else ""


def at_second(noon: datetime, seconds: float) -> AbstractContextManager[None]:
    return clock.at(noon + timedelta(seconds=seconds))


def test_r3_14_next_speaks_and_whoever_spoke_is_done(three: Floor3) -> None:
    one, rows, noon = three
    do(services.speak, one, rows[0].id)
    assert (speaking(one), order(one)) == ("Zambia", ["CHN", "KEN"])
    with at_second(noon, 170):
        do(services.speak, one, rows[1].id)
    assert (speaking(one), order(one)) == ("China", ["KEN"])
    assert [entry.name for entry in floor(one).done] == ["Zambia"]
    with at_second(noon, 300):
        do(services.finish, one)
    assert speaking(one) == ""
    spoken = [(line.names.pick("en"), line.seconds) for line in log_of(one.event_id, one.id)]
    assert spoken == [("Zambia", 170), ("China", 130)]
    assert seconds_by_entity(one.event_id) == {state("ZMB").id: 170, state("CHN").id: 130}


def test_r3_14_whoever_is_skipped_goes_to_the_end_of_the_tier(three: Floor3) -> None:
    one, rows, noon = three
    inscribe(one, "BRA", "EXP")
    do(services.skip, one, rows[0].id)
    assert order(one) == ["CHN", "KEN", "ZMB", "BRA"]
    with at_second(noon, 30):
        do(services.speak, one, rows[1].id)
        do(services.skip, one, rows[1].id)
    assert (speaking(one), order(one)) == ("", ["KEN", "ZMB", "CHN", "BRA"])
    assert log_of(one.event_id, one.id) == []


def test_r3_12_pause_and_more_time(three: Floor3) -> None:
    one, rows, noon = three
    do(services.speak, one, rows[0].id)
    with at_second(noon, 60):
        do(services.pause, one)
    with at_second(noon, 100):
        turn = floor(one).turn
        assert turn is not None
        assert turn.clock.left_s(clock.now()) == 120
        with pytest.raises(Conflict):
            do(services.pause, one)
        do(services.resume, one)
        do(services.give_more, one)
    with at_second(noon, 110):
        turn = floor(one).turn
        assert turn is not None
        assert turn.clock.left_s(clock.now()) == 140
        do(services.finish, one)
    assert log_of(one.event_id, one.id)[0].seconds == 70


def test_r3_12_groups_have_a_limit_of_their_own(three: Floor3) -> None:
    one, rows, _noon = three
    group = inscribe(one, "BRA", for_group="Group of Friends")
    limits = []
    for row in (rows[0], group):
        do(services.speak, one, row.id)
        turn = floor(one).turn
        assert turn is not None
        limits.append(turn.limit_s)
    assert limits == [180, 300]


def test_two_operators_do_not_do_the_same_twice(three: Floor3) -> None:
    one, rows, _noon = three
    seen = floor(one).listed.live
    with transaction():
        services.speak(one, rows[0].id, seen, actor=CHAIR)
    with pytest.raises(Conflict), transaction():
        services.speak(one, rows[1].id, seen, actor=CHAIR)
    with pytest.raises(Conflict), transaction():
        services.finish(one, seen, actor=CHAIR)
    assert speaking(one) == "Zambia"


def test_a_new_request_does_not_stop_the_operator(three: Floor3) -> None:
    one, rows, _noon = three
    seen = floor(one).listed.live
    inscribe(one, "BRA", "MIN")
    with transaction():
        services.speak(one, rows[0].id, seen, actor=CHAIR)
    assert (speaking(one), order(one)) == ("Zambia", ["BRA", "CHN", "KEN"])


def test_nobody_speaks_twice(three: Floor3) -> None:
    one, rows, _noon = three
    do(services.speak, one, rows[0].id)
    do(services.finish, one)
    for act in (services.speak, services.skip):
        with pytest.raises(Conflict):
            do(act, one, rows[0].id)
    for act in (services.finish, services.pause, services.resume, services.give_more):
        with pytest.raises(Conflict):
            do(act, one)


def test_list_of_a_closed_event_stays_as_it_is(three: Floor3) -> None:
    one, rows, _noon = three
    with transaction():
        db.session.get_one(Event, one.event_id).state = "archived"
    with pytest.raises(Conflict):
        do(services.speak, one, rows[0].id)
    assert speaking(one) == ""


def test_done_is_taken_back_and_the_clock_runs_on(three: Floor3) -> None:
    one, rows, noon = three
    do(services.speak, one, rows[0].id)
    with at_second(noon, 50):
        do(services.finish, one)
    with at_second(noon, 60):
        do(services.undo, one)
        turn = floor(one).turn
    assert turn is not None
    assert speaking(one) == "Zambia"
    assert turn.clock.spoken_s(noon + timedelta(seconds=60)) == 60
    assert log_of(one.event_id, one.id) == []


def test_every_act_is_taken_back_one_after_the_other(three: Floor3) -> None:
    one, rows, noon = three
    with transaction():
        services.move(one, rows[2], 1, reason="Leaves early", actor=CHAIR)
    assert order(one) == ["KEN", "ZMB", "CHN"]
    do(services.speak, one, rows[2].id)
    do(services.give_more, one)
    do(services.pause, one)
    do(services.resume, one)
    with at_second(noon, 20):
        do(services.speak, one, rows[0].id)
    do(services.skip, one, rows[0].id)
    do(services.skip, one, rows[1].id)
    acts = [do(services.undo, one) for _time in range(3)]
    assert acts == ["skip", "skip", "speak"]
    assert (speaking(one), order(one)) == ("Kenya", ["ZMB", "CHN"])
    assert [do(services.undo, one) for _time in range(4)] == ["resume", "pause", "more", "speak"]
    assert (speaking(one), order(one)) == ("", ["KEN", "ZMB", "CHN"])
    with pytest.raises(Conflict):
        do(services.undo, one)


def test_r3_9_who_is_passed_over_is_counted_while_the_list_runs(app: Flask, noon: datetime) -> None:
    one = make_list(ordering="balanced")
    first = inscribe(one, "ETH", "MIN", gender="woman")
    rows = {"ETH": first}
    people = {"ZMB": "man", "CHN": "man", "KEN": "woman", "IND": "man", "EGY": "woman",
              "JPN": "man"}  # fmt: skip
    for place, (code, gender) in enumerate(people.items()):
        at = noon - timedelta(hours=10 - place)
        rows[code] = inscribe(one, code, received_at=at, gender=gender)
    planned = order(one)
    assert planned == ["ETH", "CHN", "KEN", "IND", "ZMB", "JPN", "EGY"]
    spoken = []
    while waiting := order(one):
        with at_second(noon, len(spoken)):
            do(services.speak, one, rows[waiting[0]].id)
        spoken.append(waiting[0])
    assert spoken == planned


def test_of_many_who_press_at_once_one_gives_the_floor(three: Floor3, app: Flask) -> None:
    one, rows, _noon = three
    list_id, ids, told = one.id, [row.id for row in rows], list[str]()
    ready = Barrier(6)
    db.session.rollback()

    def press(id_: int) -> None:
        with app.app_context():
            listed = db.session.get_one(SpeakerList, list_id)
            ready.wait()
            try:
                with transaction():
                    services.speak(listed, id_, 0, actor=CHAIR)
                told.append("done")
            except Conflict:
                told.append("told")
            finally:
                db.session.remove()

    threads = [Thread(target=press, args=(ids[n % 3],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", *["told"] * 5]
    assert len(order(one)) == 2
    assert floor(one).listed.live == 1
