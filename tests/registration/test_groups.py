"""Groups of States as a filter of delegations and people, and delegations opened together."""

from datetime import timedelta

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.entities import grouping
from eventhub.protocol import services as protocol
from eventhub.registration.models import Decision
from tests.browser import Browser
from tests.factories import give, make_account, make_institution
from tests.registration.factories import nominated
from tests.registration.world import World


@pytest.fixture
def friends(world: World) -> str:
    """Return the code of a group: Zambia belongs to it, Kenya did once."""
    event = world.event
    with transaction():
        names, owner = {"en": "Group of Friends"}, event.institution_id
        group = grouping.make_group(names, institution_id=owner, actor=SYSTEM)
        grouping.add_members(group, [world.zambia.id], actor=SYSTEM)
        grouping.add_members(
            group, [world.kenya.id], until=event.starts_on - timedelta(days=1), actor=SYSTEM
        )
    return group.code


@pytest.fixture
def staff(browser: Browser, world: World) -> Browser:
    """Return the owner of the event, signed in."""
    account = make_account()
    give(account, "event_owner", world.event)
    return browser.sign_in(account)


def test_a_group_opens_its_delegations(staff: Browser, world: World, friends: str) -> None:
    url = f"/manage/{world.event.slug}/delegations"
    page = staff.get(url)
    page = staff.submit(page.form(action="/group"), group=friends)
    assert "1 delegation was opened." in page.text
    page = staff.submit(page.form(action="/group"), group=friends)
    assert "0 delegations were opened." in page.text
    db.session.rollback()
    assert [row.entity_id for row in db.session.query(Delegation)] == [world.zambia.id]


def test_invitations_offer_the_groups_of_the_institution_and_no_others(
    staff: Browser, world: World, friends: str
) -> None:
    stranger = make_institution().id
    with transaction():
        world.event.switches = ["delegations", "letters"]
        other = grouping.make_group({"en": "Others"}, institution_id=stranger, actor=SYSTEM)
        grouping.add_members(other, [world.kenya.id], actor=SYSTEM)
    page = staff.get(f"/manage/{world.event.slug}/invitations")
    offered = [one.get_text(strip=True) for one in page.soup.select("select[name=group] option")]
    assert "Group of Friends" in offered
    assert "Others" not in offered
    form = page.form(action="/invitations/more")
    assert staff.submit(form, group=other.code).status == 422
    staff.submit(form, group=friends)
    db.session.rollback()
    assert [row.entity_id for row in db.session.query(Delegation)] == [world.zambia.id]


def test_a_group_filters_delegations_and_people(staff: Browser, world: World, friends: str) -> None:
    nominated(world.event, world.delegate, 2, entity_id=world.zambia.id)
    nominated(world.event, world.delegate, entity_id=world.kenya.id)
    slug = world.event.slug
    page = staff.get(f"/manage/{slug}/delegations?group={friends}")
    rows = page.soup.select("tbody .first")
    assert [row.get_text(strip=True) for row in rows] == ["Zambia"]
    page = staff.get(f"/manage/{slug}/people?group={friends}")
    assert "ZMB-01" in page.text
    assert "KEN-01" not in page.text
    assert page.soup.select_one("form.all [name=group]")["value"] == friends


def test_all_of_a_filtered_list_are_no_others(staff: Browser, world: World, friends: str) -> None:
    zambian = nominated(world.event, world.delegate, 2, entity_id=world.zambia.id)[0].id
    kenyan = nominated(world.event, world.delegate, entity_id=world.kenya.id)[0].id
    page = staff.get(f"/manage/{world.event.slug}/people?group={friends}")
    form = page.soup.select_one("form.all")
    page = staff.submit(form, press="act=accredit")
    assert "2 people are accredited." in page.text
    db.session.rollback()
    held = db.session.query(Decision).filter_by(outcome="held").all()
    assert kenyan not in {decision.registration_id for decision in held}
    assert zambian in {decision.registration_id for decision in held}


def test_another_institutions_group_holds_nobody(staff: Browser, world: World) -> None:
    owner = make_institution().id
    with transaction():
        other = grouping.make_group({"en": "Others"}, institution_id=owner, actor=SYSTEM)
        grouping.add_members(other, [world.zambia.id], actor=SYSTEM)
    nominated(world.event, world.delegate, entity_id=world.zambia.id)
    page = staff.get(f"/manage/{world.event.slug}/people?group={other.code}")
    assert "ZMB-01" not in page.text
    assert "Others" not in page.text


def test_r2_1_an_extra_entity_gets_its_delegation_at_its_event(
    staff: Browser, world: World
) -> None:
    with transaction():
        extra = protocol.add_extra(
            world.event, names={"en": "Ourland"}, block="others", actor=SYSTEM
        )
    code = extra.code
    page = staff.get(f"/manage/{world.event.slug}/delegations")
    assert "At this event only" in str(page.soup)
    page = staff.submit(page.form(action="/delegations"), entity=code)
    assert page.status == 200
    assert "Ourland" in page.text
    db.session.rollback()
    assert db.session.query(Delegation).count() == 1
