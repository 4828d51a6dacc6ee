"""What sending a registration costs the database: the same for the first and the hundredth."""

from eventhub.audit.queries import entries_of
from eventhub.core.db import db, transaction
from eventhub.registration import services
from eventhub.registration.models import Decision, Pool
from eventhub.registration.queries import decisions_of
from tests.browser import Browser
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    make_forum,
    make_side_event,
    registrations,
    side_register,
    start,
)

ONE_PAGE_SENT = 40
"""Statements of the request that sends the one page and of the receipt that follows."""

CHECK_SENT = 29
"""Statements of the request that sends what the steps kept, and of the receipt."""

STEP_KEPT = 12
"""Statements of the request that keeps one step and of the next one's page."""


def test_one_page_is_sent_in_few_statements_however_many_came_before(
    browser: Browser, statements: list[str]
) -> None:
    event = make_side_event()
    costs = []
    for number in range(4):
        browser.get(f"/en/{event.slug}/register")
        statements.clear()
        browser.submit(**{**ONE_PAGE, "email": f"person{number}@example.org"})
        costs.append(len(statements))
    assert costs[1] == costs[2] == costs[3] <= ONE_PAGE_SENT


def test_each_step_of_one_page_has_its_decision_in_order(browser: Browser) -> None:
    """R1.2: the four moves are written together, and still each on its own."""
    event = make_side_event()
    side_register(browser, event)
    row = registrations(event)[0]
    decisions = decisions_of(event.id, row.id)
    moves = [(one.from_state, one.to_state, one.actor_kind) for one in decisions]
    assert moves == [
        ("", "draft", "visitor"),
        ("draft", "submitted", "registrant"),
        ("submitted", "nominated", "system"),
        ("nominated", "accredited", "system"),
    ]
    log = entries_of(event.id, subject_ref=row.ref)
    assert [one.changes["state"][1] for one in reversed(log)] == [to for _, to, _ in moves]
    assert row.version == 4


def test_step_is_kept_in_few_statements(browser: Browser, statements: list[str]) -> None:
    event = make_forum()
    start(browser, event)
    for typed in (NAMES, CONTACT):
        statements.clear()
        browser.submit(**typed)
        assert len(statements) <= STEP_KEPT


def test_steps_are_sent_in_few_statements_however_many_came_before(
    browser: Browser, statements: list[str]
) -> None:
    event = make_forum()
    costs, kept = [], []
    for number in range(4):
        start(browser, event)
        browser.submit(**NAMES)
        statements.clear()
        browser.submit(**{**CONTACT, "email": f"person{number}@example.org"})
        kept.append(len(statements))
        browser.submit()
        statements.clear()
        browser.submit()
        costs.append(len(statements))
    assert costs[1] == costs[2] == costs[3] <= CHECK_SENT
    assert max(kept) <= STEP_KEPT


def test_refusal_leaves_no_decision_behind(browser: Browser) -> None:
    event = make_side_event()
    browser.get(f"/en/{event.slug}/register")
    with transaction():
        services.ensure_pool(event)
        event.places = 0
        db.session.execute(db.update(Pool).values(when_full="refuse"))
    assert browser.submit(**ONE_PAGE).status == 422
    assert registrations(event) == []
    assert db.session.scalars(db.select(Decision)).all() == []
    side_register(browser, make_side_event())
    assert len(db.session.scalars(db.select(Decision)).all()) == 4
