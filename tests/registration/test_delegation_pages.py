"""Delegations on screen: the secretariat's list, the focal point's one delegation."""

import pytest
from flask import Flask

from eventhub.core.db import db, transaction
from eventhub.delegations.queries import delegation_of
from eventhub.mail.models import OutboxMail
from eventhub.people.queries import find_account
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.factories import mails, sent
from tests.registration.world import World


@pytest.fixture
def rows(world: World) -> list[Registration]:
    """Return two Zambians and a Kenyan who were registered and not yet vouched for."""
    zambians = sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    return [*zambians, *sent(world.event, world.delegate, entity_id=world.kenya.id)]


def ref_of(world: World, entity_id: int) -> str:
    found = delegation_of(world.event.id, entity_id)
    assert found is not None
    return found.ref


def url(world: World, rest: str = "") -> str:
    return f"/manage/{world.event.slug}/delegations{rest}"


@pytest.fixture
def focal_point(app: Flask, world: World, rows: list[Registration]) -> Browser:
    """Return the browser of Zambia's focal point."""
    account = make_account(name="A. Phiri")
    give(account, "focal_point", world.event, scope={"delegations": [rows[0].delegation_id]})
    return Browser(app).sign_in(account)


def states(rows: list[Registration]) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Registration, row.id).state for row in rows]


def test_a_focal_point_sees_and_vouches_for_its_own(
    focal_point: Browser, world: World, rows: list[Registration]
) -> None:
    page = focal_point.get(url(world))
    assert "Zambia" in page.text
    assert "Kenya" not in page.text
    page = focal_point.get(url(world, f"/{ref_of(world, world.zambia.id)}"))
    assert "2 to vouch for" in page.text.replace("to vouch for 2", "2 to vouch for")
    form = page.form(action="/decide")
    focal_point.submit(form, press="act=vouch", who=[rows[0].ref, rows[1].ref])
    assert states(rows) == [State.NOMINATED, State.NOMINATED, State.SUBMITTED]
    assert mails(world.event) == []


def test_r1_36_a_focal_point_reaches_no_other_delegation(
    focal_point: Browser, world: World, rows: list[Registration]
) -> None:
    kenya = ref_of(world, world.kenya.id)
    assert focal_point.get(url(world, f"/{kenya}")).status == 404
    page = focal_point.get(url(world, f"/{ref_of(world, world.zambia.id)}"))
    form = page.form(action="/decide")
    assert focal_point.submit(form, press="act=vouch", who=[rows[2].ref]).status == 404
    focal_point.page = page
    assert focal_point.submit(form, press="act=accredit", who=[rows[0].ref]).status == 404
    assert states(rows) == [State.SUBMITTED] * 3


def test_a_focal_point_returns_with_a_reason(
    focal_point: Browser, world: World, rows: list[Registration]
) -> None:
    page = focal_point.get(url(world, f"/{ref_of(world, world.zambia.id)}"))
    page = focal_point.submit(page.form(action="/decide"), press="act=return", who=[rows[0].ref])
    assert page.status == 200
    focal_point.submit(reason="missing", fields=["functional_title"])
    assert states(rows)[0] == State.RETURNED
    assert mails(world.event) == [("returned", rows[0].email)]


def test_the_secretariat_opens_delegations_and_names_focal_points(
    browser: Browser, world: World, rows: list[Registration]
) -> None:
    account = make_account()
    give(account, "event_owner", world.event)
    browser.sign_in(account)
    page = browser.get(url(world))
    assert "3 people in all" in page.text
    page = browser.submit(page.form(action="/delegations"), entity="")
    assert page.status == 422
    page = browser.get(url(world, f"/{ref_of(world, world.zambia.id)}"))
    naming = url(world, f"/{ref_of(world, world.zambia.id)}/focal-points")
    form = page.form(action=naming)
    page = browser.submit(form, name="A. Phiri", email="not an address")
    assert page.status == 422
    page = browser.submit(page.form(action=naming), email="a.phiri@example.org")
    assert "Focal point: A. Phiri" in page.text
    assert find_account("a.phiri@example.org") is not None
    form = page.form(action=naming)
    page = browser.submit(form, name="B. Zulu", email="b.zulu@example.org")
    assert "Focal point: B. Zulu (backup)" in page.text
    assert "Focal point: A. Phiri (backup)" not in page.text
    sent_to = db.session.query(OutboxMail.message, OutboxMail.to).all()
    assert ("people.invited", "a.phiri@example.org") in [tuple(row) for row in sent_to]


def test_r1_33_focal_point_is_changed_where_no_letters_are_sent(
    app: Flask, world: World, rows: list[Registration]
) -> None:
    with transaction():
        world.event.switches = [one for one in world.event.switches if one != "letters"]
    account = make_account()
    give(account, "event_owner", world.event)
    browser = Browser(app).sign_in(account)
    address = url(world, f"/{ref_of(world, world.zambia.id)}")
    for name in ("First", "Second"):
        page = browser.get(address)
        page = browser.submit(
            page.form(action=f"{address}/focal-points"), name=name, email=f"{name}@example.org"
        )
    decide = page.form(1, action=f"/manage/{world.event.slug}/focal-points/")
    page = browser.submit(decide, press="act=primary")
    assert page.status == 200
    assert "Focal point: Second · Focal point: First (backup)" in page.text
    decide = page.form(1, action=f"/manage/{world.event.slug}/focal-points/")
    page = browser.submit(decide, press="act=end", reason="Called back to the capital.")
    assert "Focal point: First" not in page.text
    assert "looks after the delegation no more" in page.text


def test_without_the_switch_there_are_no_delegations(
    browser: Browser, world: World, rows: list[Registration]
) -> None:
    account = make_account()
    give(account, "event_owner", world.event)
    with transaction():
        world.event.switches = ["badges"]
    assert browser.sign_in(account).get(url(world)).status == 404


def test_both_pages_take_as_many_statements_for_many(
    focal_point: Browser, world: World, statements: list[str]
) -> None:
    address = url(world, f"/{ref_of(world, world.zambia.id)}")
    counts = []
    for more in (0, 30):
        sent(world.event, world.delegate, more, entity_id=world.zambia.id)
        statements.clear()
        focal_point.get(address)
        focal_point.get(url(world))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 30
