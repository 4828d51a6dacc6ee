"""Submitting, vouching, deciding: states, decisions, mail, passes."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.jobs.runner import run_due
from eventhub.passes.models import Pass
from eventhub.registration import queries, rules, services, signals
from eventhub.registration.models import Decision, Registration
from eventhub.registration.rules import State
from tests.factories import make_event
from tests.registration.conftest import World
from tests.registration.factories import (
    OFFICER,
    OTHER_OFFICER,
    STAFF,
    accredited,
    desk_for,
    do,
    draft,
    focal_point_of,
    mails,
    moves,
    nominated,
    sent,
    set_registration,
)


def test_a_draft_that_is_sent_waits_for_its_focal_point(world: World) -> None:
    row = draft(world.event, world.delegate, entity_id=world.zambia.id)
    do(services.submit, world.event, [row], actor=queries.registrant(row))
    assert row.state == State.SUBMITTED
    assert queries.numbers_of([row]) == {row.id: "ZMB-01"}
    assert row.delegation_id is not None
    assert mails(world.event) == [("received", row.email)]


def test_r1_2_every_move_writes_one_decision(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    assert moves(row) == [
        ("", "draft", "done"),
        ("draft", "submitted", "done"),
        ("submitted", "nominated", "done"),
        ("nominated", "accredited", "done"),
    ]
    do(services.revoke, world.event, [row], reason="misuse", actor=OFFICER)
    do(services.reinstate, world.event, [row], actor=OFFICER)
    assert moves(row)[-2:] == [
        ("accredited", "revoked", "done"),
        ("revoked", "nominated", "done"),
    ]
    last = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert last is not None
    assert (last.reason, last.actor_id) == ("reinstated", OFFICER.id)


def test_r1_2_a_move_that_fails_leaves_no_decision(world: World) -> None:
    good, bad = nominated(world.event, world.delegate, 2)
    do(services.withdraw, world.event, [bad], actor=queries.registrant(bad))
    before = db.session.scalar(select(func.count()).select_from(Decision))
    with pytest.raises(Conflict, match="changed meanwhile"):
        do(services.accredit, world.event, [good, bad], actor=OFFICER)
    assert db.session.scalar(select(func.count()).select_from(Decision)) == before
    assert db.session.get_one(Registration, good.id).state == State.NOMINATED, "all or none"


@pytest.mark.parametrize("state", [s for s in State if s != State.NOMINATED])
def test_r1_1_nobody_is_accredited_from_another_state(world: World, state: State) -> None:
    (row,) = nominated(world.event, world.delegate)
    with transaction():
        row.state = state
    with pytest.raises(Conflict):
        do(services.accredit, world.event, [row], actor=SYSTEM)
    assert db.session.get_one(Registration, row.id).state == state


def test_categories_that_nobody_vouches_for_and_approves_are_confirmed_at_once(
    world: World,
) -> None:
    row = draft(world.event, world.open)
    do(services.submit, world.event, [row], actor=queries.registrant(row))
    assert row.state == State.ACCREDITED
    assert row.pass_id is not None
    assert [to for _start, to, _o in moves(row)] == [
        "draft",
        "submitted",
        "nominated",
        "accredited",
    ]
    assert mails(world.event) == [("accredited", row.email)]


def test_where_the_organiser_vouches_it_goes_on_by_itself(world: World) -> None:
    (row,) = sent(world.event, world.press)
    assert row.state == State.NOMINATED
    kinds = db.session.scalars(
        select(Decision.actor_kind).where(Decision.to_state == State.NOMINATED)
    )
    assert list(kinds) == ["system"]


def test_without_delegations_the_organiser_vouches(world: World) -> None:
    with transaction():
        world.event.switches = ["badges"]
    row, other = sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    assert row.state == State.NOMINATED
    assert row.delegation_id is None
    assert [row.number, other.number] == [1, 2], "numbers need no delegation"


def test_a_focal_point_vouches_for_whom_it_enters(world: World) -> None:
    (first,) = sent(world.event, world.delegate, entity_id=world.zambia.id)
    assert first.delegation_id is not None
    actor = focal_point_of(first.delegation_id)
    entry = services.Entry(world.delegate.id, {"given_names": "Ruth", "entity_id": world.zambia.id})
    with transaction():
        rows = services.enter(world.event.id, [entry], actor=actor, source="focal_point")
        services.submit(world.event.id, [rows[0].id], actor=focal_point_of(first.delegation_id))
    assert rows[0].state == State.NOMINATED
    assert rows[0].number == 2


def test_a_focal_point_vouches_for_its_own_delegation_only(world: World) -> None:
    (zambian,) = sent(world.event, world.delegate, entity_id=world.zambia.id)
    (kenyan,) = sent(world.event, world.delegate, entity_id=world.kenya.id)
    assert zambian.delegation_id is not None
    actor = focal_point_of(zambian.delegation_id)
    with pytest.raises(NotFound):
        do(services.vouch, world.event, [zambian, kenyan], actor=actor)
    do(services.vouch, world.event, [zambian], actor=actor)
    assert zambian.state == State.NOMINATED
    with pytest.raises(NotFound):
        do(services.accredit, world.event, [zambian], actor=actor)


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


def test_drafts_are_deleted_after_thirty_days(world: World, noon: datetime) -> None:
    old_id = draft(world.event, world.delegate).id
    with clock.at(noon + timedelta(days=10)):
        young = draft(world.event, world.delegate)
    (kept,) = sent(world.event, world.delegate)
    with clock.at(noon + timedelta(days=31)), transaction():
        assert services.delete_old_drafts(world.event.id) == 1
    assert set(db.session.scalars(select(Registration.id))) == {young.id, kept.id}
    assert old_id not in set(db.session.scalars(select(Decision.registration_id)))


def test_the_pass_is_void_when_the_registration_ends(world: World) -> None:
    one, two = accredited(world.event, world.delegate, 2)
    do(services.withdraw, world.event, [one], actor=queries.registrant(one))
    do(services.revoke, world.event, [two], reason="security", actor=OFFICER)
    passes = db.session.scalars(select(Pass).order_by(Pass.id)).all()
    assert [(entry.state, entry.void_reason) for entry in passes] == [
        ("void", "withdrawn"),
        ("void", "revoked"),
    ]
    do(services.reinstate, world.event, [two], actor=OFFICER)
    do(services.accredit, world.event, [two], actor=OFFICER, at_once=True)
    assert two.pass_id not in {entry.id for entry in passes}, "a new pass"


def test_a_pass_opens_the_zones_of_the_category(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    entry = db.session.get_one(Pass, row.pass_id)
    assert entry.zone_bits == 0b10
    assert entry.expires_at == world.event.ends_at + timedelta(days=1)


def test_signals_are_sent_once_for_all_in_the_transaction(world: World) -> None:
    heard: list[tuple[str, int, list[int]]] = []

    def on_submitted(event_id: int, registrations: list[Registration]) -> None:
        heard.append(("submitted", event_id, [row.id for row in registrations]))

    def on_accredited(event_id: int, registrations: list[Registration]) -> None:
        heard.append(("accredited", event_id, [row.id for row in registrations]))

    with signals.submitted.connected_to(on_submitted), \
            signals.accredited.connected_to(on_accredited):  # fmt: skip
        rows = accredited(world.event, world.delegate, 3)
    ids = [row.id for row in rows]
    assert heard == [("submitted", world.event.id, ids), ("accredited", world.event.id, ids)]


def test_somebody_elses_link_does_nothing(world: World) -> None:
    mine, theirs = draft(world.event, world.delegate), draft(world.event, world.delegate)
    for service in (services.submit, services.withdraw):
        with pytest.raises(NotFound):
            do(service, world.event, [theirs], actor=queries.registrant(mine))
        with pytest.raises(NotFound):
            do(service, world.event, [mine, theirs], actor=queries.registrant(mine))
    with pytest.raises(NotFound), transaction():
        services.save_step(theirs, "names", {"phone": "1"}, actor=queries.registrant(mine))


def test_r1_36_the_same_id_at_another_event_is_not_found(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    with pytest.raises(NotFound), transaction():
        services.accredit(world.event.id + 1, [row.id], actor=OFFICER)


def test_r1_29_nobody_is_sent_without_any_name(world: World) -> None:
    row = draft(world.event, world.delegate, family_name="", given_names="")
    with pytest.raises(Invalid) as refusal:
        do(services.submit, world.event, [row], actor=queries.registrant(row))
    assert refusal.value.field == "family_name"
    single = draft(world.event, world.delegate, family_name="", given_names="Sriwahyuni")
    do(services.submit, world.event, [single], actor=queries.registrant(single))
    assert single.state == State.SUBMITTED


def test_r1_31_one_address_for_a_whole_mission(world: World) -> None:
    rows = sent(world.event, world.delegate, 3, email="mission@example.org")
    found = queries.by_email(world.event.id, " Mission@Example.org")
    assert {row.id for row in found} == {row.id for row in rows}


def test_r1_14_the_deadline_with_its_grace(world: World) -> None:
    closes = world.event.registration_closes_at
    with clock.at(closes - timedelta(minutes=1)):
        slow = draft(world.event, world.delegate)
        slower = draft(world.event, world.delegate)
    with clock.at(closes + timedelta(minutes=11)):
        do(services.submit, world.event, [slow], actor=queries.registrant(slow))
        assert slow.is_late
        with pytest.raises(Conflict, match="closed"), transaction():
            services.start_draft(
                world.event.id, category_id=world.delegate.id, language="en", actor=SYSTEM
            )
    with clock.at(closes + timedelta(minutes=17)):
        with pytest.raises(Conflict, match="closed"):
            do(services.submit, world.event, [slower], actor=queries.registrant(slower))
        (entered,) = sent(world.event, world.delegate, source="organiser")
        assert entered.is_late, "staff may enter late, and it is marked"


def test_a_step_is_kept_and_a_second_window_is_told(world: World) -> None:
    row = draft(world.event, world.delegate)
    actor, seen = queries.registrant(row), row.version
    with transaction():
        services.save_step(
            row, "names", {"family_name": "Zulu", "half": "typed"}, version=seen, actor=actor
        )
    assert row.family_name == "Zulu"
    assert row.draft["names"]["half"] == "typed"
    with pytest.raises(Conflict, match="another window"), transaction():
        services.save_step(row, "names", {"family_name": "Phiri"}, version=seen, actor=actor)
    assert db.session.get_one(Registration, row.id).family_name == "Zulu", "nothing lost"


def test_a_private_link_finds_its_registration_until_a_new_one_is_made(world: World) -> None:
    (row,) = sent(world.event, world.delegate)
    token = queries.token_of(row)
    assert queries.by_token(token).id == row.id
    assert queries.by_token(token.lower()).id == row.id
    with pytest.raises(NotFound):
        queries.by_token(token[:-1] + ("A" if token[-1] != "A" else "B"))
    with transaction():
        services.new_link(row, actor=STAFF)
    with pytest.raises(NotFound):
        queries.by_token(token)
    assert mails(world.event)[-1] == ("link_again", row.email)


def test_r1_9_a_replacement_keeps_the_seat(world: World) -> None:
    with transaction():
        world.event.places = 1
    (old,) = accredited(world.event, world.delegate, entity_id=world.zambia.id)
    assert old.delegation_id is not None
    waiting = sent(world.event, world.delegate)[0]
    assert waiting.state == State.WAITLISTED
    entry = services.Entry(world.delegate.id, {"family_name": "Phiri", "email": "p@example.org"})
    with transaction():
        new = services.replace(
            world.event.id, old.id, entry, actor=focal_point_of(old.delegation_id)
        )
    assert (old.state, new.state) == (State.REPLACED, State.NOMINATED)
    assert (new.replaces_id, new.entity_id, new.number) == (old.id, world.zambia.id, 2)
    assert db.session.get_one(Registration, waiting.id).state == State.WAITLISTED
    assert db.session.get_one(Pass, old.pass_id).state == "void"
    with clock.at(world.event.starts_at), pytest.raises(Conflict, match="deadline"), transaction():
        services.replace(world.event.id, new.id, entry, actor=focal_point_of(old.delegation_id))


def test_r1_5_scope_of_approval_is_the_zones_of_the_category(world: World) -> None:
    assert {State.ACCREDITED} <= rules.HELD
    (row,) = accredited(world.event, world.delegate)
    assert world.delegate.zones == ["Z1"]
    assert db.session.get_one(Pass, row.pass_id).zone_bits == 2


def test_the_desk_registers_and_accredits_many_at_once(world: World) -> None:
    entries = [
        services.Entry(world.delegate.id, {"given_names": f"Walk-in {n}", "entity_id": e.id})
        for n, e in enumerate([world.zambia, world.kenya] * 5)
    ]
    with transaction():
        rows = services.register_and_accredit(world.event.id, entries, actor=STAFF)
    assert {row.state for row in rows} == {State.ACCREDITED}
    assert [row.number for row in rows] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert len({row.pass_id for row in rows}) == 10
    assert len(moves(rows[0])) == 4


def test_nothing_moves_in_an_archived_event(world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    with transaction():
        world.event.state = "archived"
    with pytest.raises(Conflict, match="closed"):
        do(services.accredit, world.event, [row], actor=OFFICER)
