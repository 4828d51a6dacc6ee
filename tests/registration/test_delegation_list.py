"""The secretariat's view of all delegations: who replied, who is complete, who needs a call."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation, DelegationNote
from eventhub.delegations.queries import complete_of
from eventhub.delegations.rules import REPLIES
from eventhub.delegations.services import add_contacts, get_or_open, set_reply
from eventhub.entities.models import Entity
from eventhub.i18n import Translated
from eventhub.registration.rules.calling import Call, why_call
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.factories import nominated, sent
from tests.registration.world import World

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def call(**given: object) -> Call | None:
    values = {
        "reply": "none",
        "people": 0,
        "incomplete": 0,
        "invited_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=30),
        "step_is_due": False,
        "now": NOW,
    }
    return why_call(**{**values, **given})  # type: ignore[arg-type]


def test_r1_34_only_the_silent_are_called_after_two_weeks() -> None:
    assert call() is None
    assert call(invited_at=NOW - timedelta(days=14)) == Call.SILENT
    assert call(closes_at=NOW + timedelta(days=14)) == Call.SILENT
    assert call(closes_at=NOW, reply="regrets") is None
    assert call(closes_at=NOW + timedelta(days=8), reply="attending") is None
    assert call(closes_at=NOW + timedelta(days=7), reply="attending") == Call.NO_NAMES
    assert call(closes_at=NOW + timedelta(days=3), people=2, incomplete=1) == Call.INCOMPLETE
    assert call(closes_at=NOW, reply="names_received") is None, "only its reader sees nobody"
    assert call(reply="regrets", step_is_due=True) == Call.STEP_DUE


@pytest.fixture
def staff(app: Flask, world: World) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account(name="K. Li")
    give(account, "event_owner", world.event)
    return Browser(app).sign_in(account)


def opened(world: World, entity_id: int) -> Delegation:
    with transaction():
        return get_or_open(world.event.id, entity_id, actor=SYSTEM)


def listed(browser: Browser, world: World, view: str = "") -> list[str]:
    page = browser.get(f"/manage/{world.event.slug}/delegations?view={view}")
    return [cell.get_text(strip=True) for cell in page.soup.select("td.first")]


def test_views_show_who_replied_and_who_needs_a_call(staff: Browser, world: World) -> None:
    kenya = opened(world, world.kenya.id)
    zambia = opened(world, world.zambia.id)
    sent(world.event, world.delegate, entity_id=world.zambia.id)
    with transaction():
        set_reply(world.event.id, [kenya.id], "regrets", actor=SYSTEM)
        add_contacts(zambia, [{"name": "Protocol", "phone": "+260 211 1"}], actor=SYSTEM)
    assert listed(staff, world) == ["Kenya", "Zambia"]
    assert listed(staff, world, "regrets") == ["Kenya"]
    assert listed(staff, world, "incomplete") == ["Zambia"]
    assert listed(staff, world, "call") == []
    with clock.at(world.event.registration_closes_at - timedelta(days=2)):
        assert listed(staff, world, "call") == ["Zambia"]
        assert "+260 211 1" in staff.page.text


def test_a_call_is_written_down_with_its_next_step(staff: Browser, world: World) -> None:
    zambia = opened(world, world.zambia.id)
    address = f"/manage/{world.event.slug}/delegations/{zambia.ref}/calls"
    page = staff.get(address)
    page = staff.submit(page.form(), press="act=note", text="")
    assert page.status == 422
    staff.submit(
        page.form(), press="act=note", text="The note is with the minister.",
        next_step="Call again", next_step_on="2026-03-01",
    )  # fmt: skip
    assert "The note is with the minister." in staff.page.text
    assert db.session.query(DelegationNote).one().written_by == "K. Li"
    assert listed(staff, world, "call") == ["Zambia"], "the step is due today"
    assert "Call again" in staff.page.text


def test_a_focal_point_sees_no_notes(app: Flask, world: World) -> None:
    zambia = opened(world, world.zambia.id)
    account = make_account()
    give(account, "focal_point", world.event, scope={"delegations": [zambia.id]})
    browser = Browser(app).sign_in(account)
    address = f"/manage/{world.event.slug}/delegations/{zambia.ref}/calls"
    assert browser.get(address).status == 404


def test_r1_7_who_works_at_two_desks_sees_the_people_of_both(app: Flask, world: World) -> None:
    zambia = opened(world, world.zambia.id)
    (seen,) = sent(world.event, world.press, entity_id=world.zambia.id, family_name="Tembo")
    (own,) = sent(world.event, world.delegate, entity_id=world.zambia.id, family_name="Phiri")
    account = make_account()
    for role in ("secretariat", "media_desk"):
        give(account, role, world.event)
    browser = Browser(app).sign_in(account)
    page = browser.get(f"/manage/{world.event.slug}/delegations")
    assert page.soup.select_one("main table td.number").get_text() == "2"
    page = browser.get(f"/manage/{world.event.slug}/delegations/{zambia.ref}")
    assert page.soup.find(id=f"p-{seen.ref}").find(["a", "input", "button"]) is None
    assert page.soup.find(id=f"p-{own.ref}").find("input") is not None
    browser.submit(page.form(action="/decide"), press="act=withdraw", who=[seen.ref])
    db.session.refresh(seen)
    assert seen.state != "withdrawn", "seen is not reached"


def test_r1_7_who_sees_none_of_the_people_believes_the_reply(app: Flask, world: World) -> None:
    zambia = opened(world, world.zambia.id)
    sent(world.event, world.press, entity_id=world.zambia.id)
    with transaction():
        set_reply(world.event.id, [zambia.id], "names_received", actor=SYSTEM)
    account = make_account()
    give(account, "protocol", world.event)
    browser = Browser(app).sign_in(account)
    with clock.at(world.event.registration_closes_at - timedelta(days=2)):
        assert listed(browser, world, "call") == []
        assert listed(browser, world) == ["Zambia"]
    assert "Names received" in browser.page.text
    assert "No reply" not in browser.page.text


def test_200_delegations_take_at_most_15_statements(
    staff: Browser, world: World, statements: list[str]
) -> None:
    address = f"/manage/{world.event.slug}/delegations"
    counts = []
    for more in (2, 198):
        with transaction():
            for n in range(more):
                db.session.add(make_row(world, f"X{len(counts)}{n}"))
        staff.get(address)  # the choice of States is made anew when one is added
        statements.clear()
        page = staff.get(address)
        counts.append(len(statements))
    assert len(page.soup.select("td.first")) == 200
    assert counts[0] == counts[1] <= 15, counts


def make_row(world: World, code: str) -> Delegation:
    entity = Entity(code=code, kind="member_state", names=Translated(en=code), search=code)
    db.session.add(entity)
    db.session.flush()
    return Delegation(event_id=world.event.id, entity_id=entity.id)


def test_r1_34_the_secretariat_counts_whole_delegations_and_sees_only_its_own_people(
    app: Flask, world: World
) -> None:
    zambia = opened(world, world.zambia.id)
    with transaction():
        world.delegate.approver = "programme_desk"
    (row,) = sent(world.event, world.delegate, entity_id=world.zambia.id, family_name="Phiri")
    account = make_account()
    give(account, "secretariat", world.event)
    browser = Browser(app).sign_in(account)
    page = browser.get(f"/manage/{world.event.slug}/delegations")
    assert page.soup.select_one("main table td.number").get_text() == "1"
    page = browser.get(f"/manage/{world.event.slug}/delegations/{zambia.ref}")
    assert page.soup.find(id=f"p-{row.ref}") is None
    assert "1 more person of this delegation is looked after by another desk" in page.text
    desk = make_account()
    give(desk, "media_desk", world.event)
    other = Browser(app).sign_in(desk)
    assert other.get(f"/manage/{world.event.slug}/delegations/{zambia.ref}").status == 404


def test_r1_34_complete_is_worked_out_from_the_people_and_the_same_everywhere(
    app: Flask, staff: Browser, world: World
) -> None:
    with transaction():
        world.event.preset = "side_event"  # which asks neither for photos nor for consents
        world.event.switches = [*world.event.switches, "letters"]
    zambia = opened(world, world.zambia.id)
    (row,) = nominated(world.event, world.delegate, entity_id=world.zambia.id)
    account = make_account()
    give(account, "protocol", world.event)
    reader = Browser(app).sign_in(account)
    assert complete_of(world.event) == {zambia.id}
    assert listed(staff, world, "complete") == listed(reader, world, "complete") == ["Zambia"]
    assert stands_on_invitations(staff, world) == ["Complete"]
    with transaction():
        row.email = ""
    assert not complete_of(world.event)
    assert listed(staff, world, "complete") == listed(reader, world, "complete") == []
    assert stands_on_invitations(staff, world) == ["Names received"]
    with transaction():
        row.email = "again@example.org"
        set_reply(world.event.id, [zambia.id], "regrets", actor=SYSTEM)
    assert listed(staff, world, "complete") == []
    assert stands_on_invitations(staff, world) == ["Regrets"]


def test_r1_34_nobody_chooses_complete_as_a_reply(staff: Browser, world: World) -> None:
    with transaction():
        world.event.switches = [*world.event.switches, "letters"]
    zambia = opened(world, world.zambia.id)
    base = f"/manage/{world.event.slug}"
    for address in (f"{base}/invitations", f"{base}/delegations/{zambia.ref}/calls"):
        options = staff.get(address).soup.select('form[method="post"] select[name="reply"] option')
        assert [str(one["value"]) for one in options if one["value"]] == list(REPLIES)


def stands_on_invitations(browser: Browser, world: World) -> list[str]:
    page = browser.get(f"/manage/{world.event.slug}/invitations")
    return [cell.get_text(strip=True) for cell in page.soup.select("main tbody .state")]
