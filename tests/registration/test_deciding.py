"""An officer decides: two at once, scopes, held decisions, reasons, what is returned."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.jobs.runner import run_due
from eventhub.passes.models import Pass
from eventhub.registration import queries, services
from eventhub.registration.rules import State
from tests.factories import make_event
from tests.registration.factories import (
    OFFICER,
    OTHER_OFFICER,
    desk_for,
    do,
    mails,
    moves,
    nominated,
    sent,
    set_registration,
)
from tests.registration.world import World


def test_r1_3_two_officers_at_once_the_second_is_told(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    seen = {row.id: row.version}
    do(services.accredit, world.event, [row], actor=OFFICER, versions=seen)
    with pytest.raises(Conflict, match="changed meanwhile: Accredited"):
        do(services.reject, world.event, [row], reason="duplicate", actor=OTHER_OFFICER)
    with pytest.raises(Conflict, match="changed meanwhile"):
        do(
            services.reject, world.event, [row], reason="duplicate", actor=OTHER_OFFICER,
            versions=seen,
        )  # fmt: skip
    assert moves(row)[-1] == ("nominated", "accredited", "held")


def test_r1_3_a_version_seen_before_is_refused(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    seen = {row.id: row.version}
    with transaction():
        services.request_change(row, {"phone": "+260 1"}, actor=queries.registrant(row))
    with pytest.raises(Conflict, match="changed meanwhile"):
        do(services.accredit, world.event, [row], actor=OFFICER, versions=seen)


def test_r1_7_a_desk_decides_on_its_categories_only(world: World) -> None:
    (delegate,) = nominated(world.event, world.delegate)
    (press,) = sent(world.event, world.press)
    desk = desk_for(world.press)
    with pytest.raises(NotFound):
        do(services.accredit, world.event, [delegate], actor=desk)
    do(services.accredit, world.event, [press], actor=desk, at_once=True)
    assert press.state == State.ACCREDITED
    entries = [services.Entry(world.delegate.id, {"given_names": "Ruth"})]
    with pytest.raises(NotFound), transaction():
        services.enter(world.event.id, entries, actor=desk, source="organiser")


def test_a_decision_is_held_and_takes_effect_by_the_job(
    app: Flask, world: World, noon: datetime
) -> None:
    (row,) = nominated(world.event, world.delegate)
    do(services.accredit, world.event, [row], actor=OFFICER)
    assert row.state == State.NOMINATED
    assert row.pass_id is None
    assert mails(world.event) == []
    with clock.at(noon + timedelta(seconds=119)):
        run_due(app)
        db.session.rollback()
        assert row.state == State.NOMINATED
    with clock.at(noon + timedelta(seconds=120)):
        run_due(app)
        run_due(app)
        db.session.rollback()
        assert row.state == State.ACCREDITED
        assert moves(row)[-1] == ("nominated", "accredited", "done")
        assert mails(world.event) == [("accredited", row.email)]
        with transaction():
            assert services.take_effect(world.event.id) == 0, "twice is harmless"
    assert db.session.scalar(select(func.count()).select_from(Pass)) == 1


def test_each_decision_has_its_whole_hold_whatever_else_is_due(
    app: Flask, world: World, noon: datetime
) -> None:
    first, second = nominated(world.event, world.delegate, 2)
    do(services.accredit, world.event, [first], actor=OFFICER)
    with clock.at(noon + timedelta(seconds=60)):
        do(services.reject, world.event, [second], reason="not_eligible", actor=OFFICER)
    with clock.at(noon + timedelta(seconds=120)):
        run_due(app)
        db.session.rollback()
        assert (first.state, second.state) == (State.ACCREDITED, State.NOMINATED)
        do(services.undo_decision, world.event, [second], actor=OFFICER)
    with clock.at(noon + timedelta(seconds=180)):
        run_due(app)
        db.session.rollback()
        assert second.state == State.NOMINATED


def test_r1_36_nobody_of_another_event_is_decided_on(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    other = make_event()
    for service, given in (
        (services.accredit, {}),
        (services.reject, {"reason": "not_eligible"}),
        (services.revoke, {"reason": "misuse"}),
        (services.undo_decision, {}),
    ):
        with pytest.raises(NotFound):
            do(service, other, [row], actor=OFFICER, **given)
    assert row.state == State.NOMINATED


def test_a_held_decision_can_be_undone(app: Flask, world: World, noon: datetime) -> None:
    (row,) = nominated(world.event, world.delegate)
    do(services.reject, world.event, [row], reason="not_eligible", actor=OFFICER)
    do(services.undo_decision, world.event, [row], actor=OTHER_OFFICER)
    assert moves(row)[-1] == ("nominated", "rejected", "cancelled")
    with clock.at(noon + timedelta(minutes=5)):
        run_due(app)
        db.session.rollback()
        assert row.state == State.NOMINATED
        assert mails(world.event) == []
        do(services.accredit, world.event, [row], actor=OTHER_OFFICER, at_once=True)
        with pytest.raises(Conflict, match="taken effect"):
            do(services.undo_decision, world.event, [row], actor=OFFICER)


def test_who_withdraws_meanwhile_cancels_what_is_held(
    app: Flask, world: World, noon: datetime
) -> None:
    stays, leaves = nominated(world.event, world.delegate, 2)
    do(services.accredit, world.event, [stays, leaves], actor=OFFICER)
    do(services.withdraw, world.event, [leaves], actor=queries.registrant(leaves))
    with clock.at(noon + timedelta(minutes=5)):
        run_due(app)
    db.session.rollback()
    assert (stays.state, leaves.state) == (State.ACCREDITED, State.WITHDRAWN)
    assert ("nominated", "accredited", "cancelled") in moves(leaves)


def test_the_hold_is_a_setting_and_may_be_none(world: World) -> None:
    set_registration(world.event, hold_seconds=0)
    (row,) = nominated(world.event, world.delegate)
    do(services.accredit, world.event, [row], actor=OFFICER)
    assert row.state == State.ACCREDITED


def test_each_returned_registration_has_its_own_five_days(world: World, noon: datetime) -> None:
    early, late = nominated(world.event, world.delegate, 2)
    wanted = {"fields": ["email"], "actor": OFFICER, "at_once": True}
    do(services.return_, world.event, [early], **wanted)
    with clock.at(noon + timedelta(days=2)):
        do(services.return_, world.event, [late], **wanted)
    with clock.at(noon + timedelta(days=5)), transaction():
        gone = services.withdraw_unanswered(world.event.id)
    assert gone == [early]
    assert (early.state, late.state) == (State.WITHDRAWN, State.RETURNED)


def test_a_reason_is_needed_and_one_of_ours(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    for given in ({"reason": ""}, {"reason": "because"}, {"reason": "other", "text": " "}):
        with pytest.raises(Invalid):
            do(services.reject, world.event, [row], actor=OFFICER, **given)
    with pytest.raises(Invalid) as refusal:
        do(services.return_, world.event, [row], fields=["nothing"], actor=OFFICER)
    assert refusal.value.field == "fields"


def test_what_is_returned_is_corrected_in_those_fields_only_and_keeps_its_seat(
    world: World,
) -> None:
    (row,) = nominated(world.event, world.delegate, email="old@example.org")
    wanted = {"fields": ["family_name", "email"], "reason": "name_differs"}
    do(services.return_, world.event, [row], actor=OFFICER, at_once=True, **wanted)
    assert row.state == State.RETURNED
    assert row.return_until == clock.now() + timedelta(days=5)
    actor = queries.registrant(row)
    with transaction():
        typed = {"family_name": "Phiri", "email": "new@example.org", "phone": "1"}
        services.save_step(row, "names", typed, actor=actor)
    do(services.submit, world.event, [row], actor=actor)
    assert (row.family_name, row.email, row.phone) == ("Phiri", "new@example.org", "")
    assert (row.state, row.returned_fields, row.return_until) == (State.SUBMITTED, [], None)
    assert "phiri" in row.search


def test_what_nobody_corrects_is_withdrawn(world: World, noon: datetime) -> None:
    (row,) = nominated(world.event, world.delegate)
    do(services.return_, world.event, [row], fields=["email"], actor=OFFICER, at_once=True)
    with clock.at(noon + timedelta(days=5)), transaction():
        assert services.events_to_tidy() == [world.event.id]
        assert services.withdraw_unanswered(world.event.id) == [row]
        assert services.withdraw_unanswered(world.event.id) == []
    assert row.state == State.WITHDRAWN
    assert mails(world.event)[-1] == ("withdrawn", row.email)
