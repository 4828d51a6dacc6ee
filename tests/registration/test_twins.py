"""R1.30: possible duplicates are shown with reasons, and parted for good by the officer."""

from sqlalchemy import select

from eventhub.core.actor import EVERYTHING
from eventhub.core.db import db, transaction
from eventhub.registration import queries, services
from eventhub.registration.models import NotTwins
from eventhub.registration.queries.twins import twin_pairs
from eventhub.registration.rules.twins import EMAIL, NAME, Face, pairs_of
from tests.factories import give, make_account
from tests.registration.factories import OFFICER, desk_for, nominated


def reasons(event, *scopes):
    return [pair.reasons for pair in twin_pairs(event.id, scopes or [EVERYTHING])]


def test_r1_30_same_address_and_folded_names_are_reasons(world):
    zambia = world.zambia.id
    nominated(world.event, world.delegate, family_name="Ñíguez", given_names="José",
              email="a@b.org", entity_id=zambia)  # fmt: skip
    nominated(world.event, world.delegate, family_name="NIGUEZ", given_names="jose",
              email="A@B.org", entity_id=zambia)  # fmt: skip
    nominated(world.event, world.delegate, family_name="Niguez", given_names="Jose",
              email="x@b.org", entity_id=world.kenya.id)  # fmt: skip
    assert reasons(world.event) == [(NAME, EMAIL)]


def test_r1_31_mailbox_of_a_mission_is_no_sign():
    faces = [Face(n, f"Name{n}", "", 1, "", "mission@example.org") for n in range(12)]
    assert pairs_of(faces) == []
    assert len(pairs_of(faces[:2])) == 1


def test_r1_30_people_without_any_name_are_no_twins():
    assert pairs_of([Face(1, "", "", 1, "", ""), Face(2, "", "", 1, "", "")]) == []


def test_r1_30_ended_registrations_do_not_count(world):
    rows = nominated(world.event, world.delegate, 2, family_name="Banda", given_names="Mary",
                     entity_id=world.zambia.id)  # fmt: skip
    assert len(reasons(world.event)) == 1
    with transaction():
        services.reject(world.event.id, [rows[1].id], reason="duplicate", actor=OFFICER,
                        at_once=True, tell=False)  # fmt: skip
    assert reasons(world.event) == []


def test_r1_30_said_to_be_two_persons_is_remembered(world):
    rows = nominated(world.event, world.delegate, 2, family_name="Banda", given_names="Mary",
                     entity_id=world.zambia.id)  # fmt: skip
    ((twin, _pair),) = queries.twins_of(rows[0], EVERYTHING)
    assert twin.id == rows[1].id
    for _time in range(2):
        with transaction():
            services.part_twins(world.event.id, [rows[1].id, rows[0].id], actor=OFFICER)
    assert reasons(world.event) == []
    assert queries.twins_of(rows[0], EVERYTHING) == []
    assert len(list(db.session.scalars(select(NotTwins)))) == 1


def test_r1_7_desk_sees_pairs_of_its_own_categories_only(world):
    nominated(world.event, world.delegate, 2, family_name="Banda", entity_id=world.zambia.id)
    desk = desk_for(world.press)
    assert reasons(world.event, desk.scope("registration.decide")) == []


def test_r1_30_officer_parts_two_persons_on_the_page(world, browser, statements):
    nominated(world.event, world.delegate, 2, family_name="Banda", given_names="Mary",
              entity_id=world.zambia.id)  # fmt: skip
    account = make_account()
    give(account, "event_owner", world.event)
    browser.sign_in(account)
    address = f"/manage/{world.event.slug}/people/twins"
    page = browser.get(address)
    assert "the same names" in page.text
    page = browser.submit(page.form(action="twins"))
    assert "1 pair" not in page.text
    nominated(world.event, world.delegate, 2, family_name="Phiri", entity_id=world.zambia.id)
    statements.clear()
    browser.get(address)
    few = len(statements)
    nominated(world.event, world.delegate, 20, family_name="Zulu", entity_id=world.zambia.id)
    statements.clear()
    browser.get(address)
    assert len(statements) == few <= 15
