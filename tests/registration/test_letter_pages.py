"""Letters and whom they name, on screen and without JavaScript."""

import io

import pytest
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.delegations.queries import letters_of
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.rehearsals.scanned import scanned_letter
from tests.browser import Browser
from tests.factories import give, make_account, make_category
from tests.registration.factories import sent
from tests.registration.world import World

PDF = scanned_letter(["Note verbale"])


@pytest.fixture
def rows(world: World) -> list[Registration]:
    """Return three Zambians at a forum where delegates need a letter."""
    with transaction():
        world.event.switches = [*world.event.switches, "letters"]
        world.delegate.needs_letter = True
    return sent(world.event, world.delegate, 3, entity_id=world.zambia.id)


@pytest.fixture
def zambia(rows: list[Registration]) -> Delegation:
    """Return their delegation."""
    return db.session.get_one(Delegation, rows[0].delegation_id)


@pytest.fixture
def focal_point(app: Flask, world: World, zambia: Delegation) -> Browser:
    """Return the browser of its focal point."""
    account = make_account(name="A. Phiri")
    give(account, "focal_point", world.event, scope={"delegations": [zambia.id]})
    return Browser(app).sign_in(account)


@pytest.fixture
def secretariat(app: Flask, world: World) -> Browser:
    """Return the browser of the secretariat."""
    account = make_account()
    give(account, "secretariat", world.event)
    return Browser(app).sign_in(account)


def url(world: World, rest: str) -> str:
    return f"/manage/{world.event.slug}/{rest}"


def send(browser: Browser, world: World, zambia: Delegation, **given: object) -> None:
    browser.get(url(world, f"delegations/{zambia.ref}/letters"))
    form = browser.page.form(action="/letters")
    browser.submit(form, file=(io.BytesIO(PDF), "note.pdf"), **given)


def named(letter: OfficialLetter) -> set[int]:
    db.session.rollback()
    return queries.named_in(letter.event_id, letter.id)


def newest(zambia: Delegation) -> OfficialLetter:
    db.session.rollback()
    return letters_of(zambia.event_id, zambia.id)[0]


def test_the_first_letter_names_all_of_the_delegation_with_one_choice(
    focal_point: Browser, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    send(focal_point, world, zambia)
    assert named(newest(zambia)) == {row.id for row in rows}


def test_a_letter_names_those_ticked_and_the_next_takes_them_over(
    focal_point: Browser, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    send(focal_point, world, zambia, names="ticked", who=[rows[0].ref, rows[1].ref])
    first = newest(zambia)
    assert named(first) == {rows[0].id, rows[1].id}
    send(focal_point, world, zambia)
    second = newest(zambia)
    assert (second.version, second.supersedes_id) == (2, first.id)
    assert named(second) == {rows[0].id, rows[1].id}
    page = focal_point.get(url(world, f"delegations/{zambia.ref}/letters"))
    assert "Version 2: Received" in page.text
    assert "In no letter" in page.text


def test_what_was_ticked_stays_where_the_file_is_refused(
    focal_point: Browser, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    focal_point.get(url(world, f"delegations/{zambia.ref}/letters"))
    form = focal_point.page.form(action="/letters")
    page = focal_point.submit(
        form, file=(io.BytesIO(b"MZ"), "note.pdf"), names="ticked", who=[rows[2].ref]
    )
    assert page.status == 422
    ticked = [one["value"] for one in page.soup.select("[name=who][checked]")]
    assert ticked == [rows[2].ref]
    assert page.soup.select_one("[name=names][checked]")["value"] == "ticked"


def test_a_focal_point_changes_ticks_until_the_letter_is_decided_on(
    focal_point: Browser, secretariat: Browser, world: World, zambia: Delegation,
    rows: list[Registration],
) -> None:  # fmt: skip
    send(focal_point, world, zambia)
    letter = newest(zambia)
    page = focal_point.get(url(world, f"letters/{letter.ref}"))
    assert "Verify for the names ticked" not in page.text
    form = page.form(action="/letters/")
    focal_point.submit(form, press="act=cover", who=[rows[0].ref])
    assert named(letter) == {rows[0].id}
    focal_point.get(url(world, f"letters/{letter.ref}"))
    form = focal_point.page.form(action="/letters/")
    assert focal_point.submit(form, press="act=verify", who=[rows[0].ref]).status == 404
    secretariat.get(url(world, f"letters/{letter.ref}"))
    secretariat.submit(secretariat.page.form(action="/letters/"), press="act=verify")
    assert named(letter) == {rows[0].id}
    assert letter.state == "verified"
    page = focal_point.get(url(world, f"letters/{letter.ref}"))
    assert "send a later version" in page.text
    form = page.form(action="/letters/")
    assert focal_point.submit(form, press="act=cover", who=[rows[1].ref]).status == 404
    assert named(letter) == {rows[0].id}


def test_those_chosen_in_the_workspace_are_named_in_the_newest_letter(
    focal_point: Browser, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    workspace = url(world, f"delegations/{zambia.ref}")
    focal_point.get(workspace)
    form = focal_point.page.form(action="/decide")
    page = focal_point.submit(form, press="act=letter", who=[rows[0].ref])
    assert "No letter waits for names" in page.text
    send(focal_point, world, zambia, names="nobody")
    assert named(newest(zambia)) == set()
    focal_point.get(workspace)
    form = focal_point.page.form(action="/decide")
    page = focal_point.submit(form, press="act=letter", who=[rows[0].ref, rows[2].ref])
    assert "2 people are named in version 1" in page.text
    assert named(newest(zambia)) == {rows[0].id, rows[2].id}


def test_the_secretariat_sees_who_stands_in_no_letter_any_more(
    secretariat: Browser, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    with transaction():
        first = services.send_letter(zambia, PDF, [rows[0].id], name="n.pdf", actor=SYSTEM)
        services.verify_letter(first, [rows[0].id], actor=SYSTEM)
    with transaction():
        services.vouch(world.event.id, [rows[0].id], actor=SYSTEM)
        services.accredit(world.event.id, [rows[0].id], actor=SYSTEM, at_once=True)
    with transaction():
        second = services.send_letter(
            zambia, PDF, [rows[1].id], name="n.pdf", supersedes=first, actor=SYSTEM
        )
        services.verify_letter(second, [rows[1].id], actor=SYSTEM)
    page = secretariat.get(url(world, f"letters/{second.ref}"))
    assert "1 person is accredited and stands in no letter that counts" in page.text


def test_the_pages_of_letters_ask_no_more_for_many(
    focal_point: Browser, world: World, zambia: Delegation, rows: list[Registration],
    statements: list[str],
) -> None:  # fmt: skip
    send(focal_point, world, zambia)
    pages = [f"delegations/{zambia.ref}/letters", f"letters/{newest(zambia).ref}"]
    counts = []
    for more in (0, 20):
        if more:
            sent(world.event, world.delegate, more, entity_id=world.zambia.id)
        for page in pages:
            statements.clear()
            assert focal_point.get(url(world, page)).status == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


def test_an_officer_of_some_categories_leaves_the_ticks_of_others(
    app: Flask, world: World, zambia: Delegation, rows: list[Registration]
) -> None:
    press = make_category(world.event, code="PRE")
    with transaction():
        letter = services.send_letter(zambia, PDF, [row.id for row in rows], name="n.pdf",
                                      actor=SYSTEM)  # fmt: skip
        db.session.get_one(Registration, rows[0].id).category_id = press.id
    account = make_account()
    give(account, "secretariat", world.event, scope={"categories": [press.id]})
    officer = Browser(app).sign_in(account)
    page = officer.get(url(world, f"letters/{letter.ref}"))
    assert [one["value"] for one in page.soup.select("[name=who]")] == [rows[0].ref]
    officer.submit(page.form(action="/letters/"), press="act=cover", who=[])
    assert named(letter) == {rows[1].id, rows[2].id}
