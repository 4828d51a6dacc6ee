"""Changes after a registration was sent."""

import pytest
from sqlalchemy import select

from eventhub.audit.queries import entries_of
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.passes.models import Pass
from eventhub.registration import queries, services
from eventhub.registration.models import ChangeRequest, Registration
from tests.factories import make_category
from tests.registration.factories import (
    OFFICER,
    STAFF,
    accredited,
    desk_for,
    mails,
    make_photo,
    sent,
)
from tests.registration.world import World


def ask(row: Registration, **values: object) -> ChangeRequest | None:
    with transaction():
        return services.request_change(row, values, actor=queries.registrant(row))


def decide(change: ChangeRequest, *, accept: bool, text: str = "") -> None:
    with transaction():
        services.decide_change(
            change.id, event_id=change.event_id, accept=accept, text=text, actor=OFFICER
        )


def test_r1_4_free_fields_change_at_once(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    assert ask(row, phone="+260 211 1", gender="woman") is None
    assert (row.phone, row.gender, row.needs_new_badge) == ("+260 211 1", "woman", False)


def test_r1_4_the_old_value_stands_until_an_officer_agrees(world: World) -> None:
    (row,) = accredited(world.event, world.delegate, functional_title="Director")
    change = ask(row, functional_title="Minister", phone="1")
    assert change is not None
    assert (row.functional_title, row.phone) == ("Director", "1")
    assert (change.old, change.new) == (
        {"functional_title": "Director"},
        {"functional_title": "Minister"},
    )
    decide(change, accept=True)
    assert (row.functional_title, row.needs_new_badge) == ("Minister", True)
    assert "minister" in row.search
    assert mails(world.event) == [("change_decided", row.email)]


def test_r1_4_identity_needs_approval_and_a_new_badge(world: World) -> None:
    (row,) = accredited(world.event, world.delegate, family_name="Mwila")
    change = ask(row, family_name="Phiri")
    assert change is not None
    assert row.family_name == "Mwila"
    decide(change, accept=True)
    assert (row.family_name, row.needs_new_badge) == ("Phiri", True)


def test_r1_4_a_refused_change_needs_a_word_and_changes_nothing(world: World) -> None:
    (row,) = accredited(world.event, world.delegate, family_name="Mwila")
    change = ask(row, family_name="Phiri")
    assert change is not None
    with pytest.raises(Invalid):
        decide(change, accept=False)
    decide(change, accept=False, text="The letter names Mwila.")
    assert (row.family_name, row.needs_new_badge, change.state) == ("Mwila", False, "refused")
    with pytest.raises(Conflict, match="meanwhile"):
        decide(change, accept=True)


def test_a_second_wish_joins_the_first(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    first = ask(row, family_name="Phiri")
    second = ask(row, given_names="Ruth")
    assert first is not None
    assert second is not None
    assert first.id == second.id
    assert second.new == {"family_name": "Phiri", "given_names": "Ruth"}
    with transaction():
        services.withdraw_change(second, row, actor=queries.registrant(row))
    assert second.state == "withdrawn"


def test_nobody_loses_both_names_by_a_change(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    with pytest.raises(Invalid):
        ask(row, family_name="", given_names="")


def test_another_category_has_other_zones_and_needs_a_place(world: World) -> None:
    speakers = make_category(world.event, "SPK", zones=["Z1", "Z4"])
    (row,) = accredited(world.event, world.staff)
    with transaction():
        services.edit(
            world.event.id, row.id, {"category_id": speakers.id}, version=row.version, actor=STAFF
        )
    entry = db.session.get_one(Pass, row.pass_id)
    assert entry.zone_bits == 0b10010
    assert row.needs_new_badge
    with transaction():
        world.event.places = 1
    (other,) = accredited(world.event, world.staff)
    with pytest.raises(Conflict, match="No place"), transaction():
        services.edit(
            world.event.id, other.id, {"category_id": speakers.id}, version=other.version,
            actor=STAFF,
        )  # fmt: skip


def test_two_people_editing_one_the_second_is_told(world: World) -> None:
    (row,) = sent(world.event, world.delegate)
    seen = row.version
    with transaction():
        services.edit(world.event.id, row.id, {"phone": "1"}, version=seen, actor=STAFF)
    with pytest.raises(Conflict, match="meanwhile"), transaction():
        services.edit(world.event.id, row.id, {"phone": "2"}, version=seen, actor=STAFF)
    assert db.session.get_one(Registration, row.id).phone == "1"


def test_r1_7_a_desk_neither_edits_nor_agrees_outside_its_categories(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    change = ask(row, family_name="Phiri")
    assert change is not None
    desk = desk_for(world.press)
    with pytest.raises(NotFound), transaction():
        services.edit(world.event.id, row.id, {"phone": "1"}, version=row.version, actor=desk)
    with pytest.raises(NotFound), transaction():
        services.decide_change(change.id, event_id=world.event.id, accept=True, actor=desk)


def test_names_stand_nowhere_in_the_audit_log(world: World) -> None:
    (row,) = sent(world.event, world.delegate)
    with transaction():
        values = {"family_name": "Kaunda", "phone": "1"}
        services.edit(world.event.id, row.id, values, version=row.version, actor=STAFF)
    last = entries_of(world.event.id)[0]
    assert last.fields == ["family_name", "phone"]
    assert last.changes == {"phone": ["", "1"]}


def test_a_photo_comes_at_once_and_a_second_one_is_asked_for(world: World) -> None:
    row, other = accredited(world.event, world.delegate, 2)
    first, second = make_photo(world.event), make_photo(world.event)
    with pytest.raises(NotFound), transaction():
        services.set_photo(row, first.id, actor=queries.registrant(other))
    with transaction():
        services.set_photo(row, first.id, actor=queries.registrant(row))
    assert row.photo_id == first.id
    with transaction():
        services.set_photo(row, second.id, actor=queries.registrant(row))
    assert row.photo_id == first.id
    change = db.session.scalars(select(ChangeRequest)).one()
    decide(change, accept=True)
    assert (row.photo_id, row.needs_new_badge) == (second.id, True)
