"""Submitting, vouching and what ends a registration: states, decisions, passes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.passes.models import Pass
from eventhub.registration import queries, rules, services, signals
from eventhub.registration.models import Decision, Registration
from eventhub.registration.rules import State
from tests.registration.factories import (
    OFFICER,
    STAFF,
    accredited,
    do,
    draft,
    focal_point_of,
    mails,
    moves,
    nominated,
    sent,
)
from tests.registration.world import World


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
        setup = queries.setup_of(world.event.id)
        with pytest.raises(Conflict, match="closed"):
            services.start_draft(setup, category_id=world.delegate.id, language="en", actor=SYSTEM)
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
