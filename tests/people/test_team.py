"""Giving and taking roles."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.access.rules import OUTLIVES_EVENT, ROLES, holds_at
from eventhub.access.services import give_role, take_role
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import Translated
from eventhub.institutions.models import Institution
from eventhub.jobs.runner import run_due
from eventhub.people import services
from eventhub.people.queries import find_account
from tests.browser import Browser, Page
from tests.factories import give, make_account, make_category, make_event, make_institution
from tests.mail.letters import letters


def give_role_to(browser: Browser, **values: Any) -> Page:
    return browser.submit(browser.page.form(-1), **values)


def test_owner_gives_a_role_to_an_unknown_address(app: Flask, browser: Browser) -> None:
    event = make_event()
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    assert owner.email in browser.page.text
    page = browser.submit(
        browser.page.form(-1), name="Grace", email="Grace@example.org", role="secretariat"
    )
    assert "Grace has the role now" in page.text
    grace = find_account("grace@example.org")
    assert grace is not None
    grant = db.session.scalars(select(Grant).where(Grant.account_id == grace.id)).one()
    assert (grant.role, grant.event_id, grant.institution_id) == ("secretariat", event.id, None)
    run_due(app)
    letter = letters(app)[-1]
    assert letter.to == "grace@example.org"
    assert "Forum" in letter.subject
    assert "Secretariat" in letter.text
    assert "http://localhost/sign-in/code?email=grace@example.org" in letter.text


def test_form_sent_twice_gives_and_tells_once(app: Flask, browser: Browser) -> None:
    event, owner = make_event(), make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    form = browser.page.form(-1)
    for _time in range(2):
        browser.submit(form, name="Grace", email="grace@example.org", role="secretariat")
    run_due(app)
    assert len(letters(app)) == 1


def test_wrong_answers_are_told_by_their_field(browser: Browser) -> None:
    event, owner = make_event(), make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    page = give_role_to(browser, name="", email="grace@", role="site_administrator")
    assert page.status == 422
    assert len(browser.page.errors()) == 3
    assert find_account("grace@") is None


def test_role_ends_when_taken_and_the_last_owner_stays(browser: Browser) -> None:
    event, owner, other = make_event(), make_account(), make_account()
    mine = give(owner, "event_owner", event)
    theirs = give(other, "door_staff", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    browser.submit(browser.page.form(action=theirs.ref))
    assert "The role is taken away." in browser.page.text
    browser.submit(browser.page.form(action=mine.ref))
    assert "Somebody must keep this role." in browser.page.text
    assert [g.role for g in db.session.scalars(select(Grant))] == ["event_owner"]


def test_grant_of_another_event_is_not_there(browser: Browser) -> None:
    event, elsewhere, owner, other = make_event(), make_event(), make_account(), make_account()
    give(owner, "event_owner", event)
    foreign = give(other, "door_staff", elsewhere)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    form = browser.page.form(-1)
    form["action"] = f"/manage/{event.slug}/team/{foreign.ref}/take"
    assert browser.submit(form).status == 404
    assert db.session.get(Grant, foreign.id) is not None


def test_desk_may_be_given_for_some_categories(browser: Browser) -> None:
    event, owner = make_event(), make_account()
    press = make_category(event, "PRESS", names=Translated(en="Press"))
    make_category(event, "DEL")
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/team")
    wanted = {"name": "Grace", "email": "g@example.org", "categories": [str(press.id)]}
    assert give_role_to(browser, **wanted, role="agenda_editor").status == 422
    assert "This role is given for the whole event." in browser.page.errors()[0]
    give_role_to(browser, **wanted, role="media_desk")
    grace = find_account("g@example.org")
    assert grace is not None
    grant = db.session.scalars(select(Grant).where(Grant.account_id == grace.id)).one()
    assert grant.scope == {"categories": [press.id]}
    assert "Press" in browser.page.text


def test_institution_and_installation_have_teams_too(browser: Browser) -> None:
    admin, institution = make_account(), make_institution()
    give(admin, "site_administrator")
    browser.sign_in(admin).get(f"/manage/institutions/{institution.ref}/team")
    browser.submit(
        browser.page.form(-1), name="Ada", email="ada@example.org", role="institution_organiser"
    )
    ada = find_account("ada@example.org")
    assert ada is not None
    grant = db.session.scalars(select(Grant).where(Grant.account_id == ada.id)).one()
    assert (grant.institution_id, grant.event_id) == (institution.id, None)
    browser.get("/manage/installation/team")
    browser.submit(
        browser.page.form(-1), name="Bea", email="bea@example.org", role="site_administrator"
    )
    bea = find_account("bea@example.org")
    assert bea is not None
    assert Browser(browser.app).sign_in(bea).get("/manage/installation/team").status == 200
    assert Browser(browser.app).sign_in(ada).get("/manage/installation/team").status == 404


def test_role_is_given_at_the_level_it_belongs_to(app: Flask) -> None:
    account, event = make_account(), make_event()
    with pytest.raises(ValueError, match="site_administrator"), transaction():
        give_role(account.id, "site_administrator", event_id=event.id, actor=SYSTEM)
    with pytest.raises(Invalid), transaction():
        services.invite("a@example.org", "A", "emperor", event_id=event.id, actor=SYSTEM)


def test_same_role_twice_is_one_grant(app: Flask) -> None:
    account, event = make_account(), make_event()
    with transaction():
        one = give_role(account.id, "protocol", event_id=event.id, actor=SYSTEM)
        two = give_role(account.id, "protocol", event_id=event.id, actor=SYSTEM)
    assert one.id == two.id


def test_last_administrator_of_an_institution_stays(app: Flask) -> None:
    institution: Institution = make_institution()
    one, two = make_account(), make_account()
    first = give(one, "institution_administrator", institution_id=institution.id)
    with pytest.raises(Conflict), transaction():
        take_role(first, actor=SYSTEM)
    give(two, "institution_administrator", institution_id=institution.id)
    with transaction():
        take_role(first, actor=SYSTEM)


def test_r1_37_temporary_roles_end_48_hours_after_the_event(noon: datetime) -> None:
    def held(role: str, after: timedelta, *, lasting: bool = False) -> bool:
        return holds_at(
            ROLES[role],
            ends_at=None,
            event_ends_at=noon,
            lasting=lasting,
            instant=noon + after,
        )

    just_before = OUTLIVES_EVENT - timedelta(seconds=1)
    assert timedelta(hours=48) == OUTLIVES_EVENT
    for role in ("door_staff", "badge_desk"):
        assert held(role, just_before)
        assert not held(role, OUTLIVES_EVENT)
        assert held(role, OUTLIVES_EVENT, lasting=True), "demo accounts are exempt"
    assert held("event_owner", timedelta(days=3000))
    assert {code for code, role in ROLES.items() if role.temporary} == {"door_staff", "badge_desk"}


def test_r1_37_grant_with_an_end_ends(noon: datetime) -> None:
    role = ROLES["event_owner"]
    given = {"event_ends_at": None, "lasting": True}
    assert holds_at(role, ends_at=noon, instant=noon - timedelta(seconds=1), **given)  # type: ignore[arg-type]
    assert not holds_at(role, ends_at=noon, instant=noon, **given)  # type: ignore[arg-type]


def test_r1_37_desk_is_locked_out_after_the_event(app: Flask, noon: datetime) -> None:
    event = make_event(starts_on=noon.date())
    account = make_account()
    give(account, "badge_desk", event)
    page = f"/manage/{event.slug}/team"
    give(account, "event_owner", event, ends_at=event.ends_at + timedelta(hours=1))
    visitor = Browser(app).sign_in(account)
    assert visitor.get(page).status == 200
    with clock.at(event.ends_at + timedelta(hours=2)):
        assert visitor.get(page).status == 404
