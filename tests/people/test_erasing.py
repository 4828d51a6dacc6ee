"""R7.7: the holder of an account has it erased, with the password or by a site administrator."""

import pytest
from flask import Flask

from eventhub.access.models import Grant
from eventhub.audit.models import AuditEntry
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.people import personal
from eventhub.people.holding import whose_account
from eventhub.people.models import Account
from eventhub.people.passwords import hash_password
from tests.browser import Browser
from tests.factories import give, make_account, make_event

PASSWORD = "four words in a row"
WHERE = "/account/erase"


def holder(**given: object) -> Account:
    return make_account(name="Ana Ruiz", email="ana.ruiz@example.org", **given)


def now(account: Account) -> Account:
    db.session.rollback()
    return db.session.get_one(Account, account.id)


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_r7_7_holder_erases_the_account_with_the_password(app: Flask) -> None:
    account = holder(password_hash=hash_password(PASSWORD))
    give(account, "secretariat", make_event())
    browser = Browser(app).sign_in(account)
    page = browser.get(browser.get("/account").soup.find("a", href=WHERE)["href"])
    for sentence in ("Nothing brings them back", "in the log under a reference without the name"):
        assert sentence in page.text
    wrong = browser.submit(page.form(action="erase"), password="not this one")
    assert wrong.status == 422
    assert "This is not your present password." in wrong.text
    assert now(account).name == "Ana Ruiz"
    done = browser.submit(wrong.form(action="erase"), password=PASSWORD)
    assert "Your account is erased for ever." in done.text
    erased = now(account)
    assert (erased.name, erased.password_hash) == ("", None)
    assert erased.closed_at
    assert db.session.scalars(db.select(Grant).filter_by(account_id=account.id)).all() == []
    assert "account.erase" in actions()
    assert "/sign-in" in browser.get("/account", follow=False).location


def test_r7_7_without_a_password_a_site_administrator_decides(app: Flask) -> None:
    account = holder()
    mine = Browser(app).sign_in(account)
    asked = mine.submit(mine.get(WHERE).form(action="erase"))
    assert "A site administrator is asked to erase your account." in asked.text
    kept = mine.submit(mine.get(WHERE).form(action="take-back"))
    assert "Your account stays." in kept.text
    assert now(account).erasure_asked_at is None
    mine.submit(mine.get(WHERE).form(action="erase"))
    other = make_account(name="Site")
    give(other, "site_administrator")
    admin = Browser(app).sign_in(other)
    assert "1 person asks for the erasure" in admin.get("/manage/installation").text
    page = admin.get("/manage/installation/erasures")
    assert "ana.ruiz@example.org" in page.text
    where = f"/manage/installation/erasures/{account.ref}"
    done = admin.submit(admin.get(where).form(action=account.ref))
    assert "The account is erased for ever." in done.text
    assert now(account).name == ""
    assert admin.get(where).status == 404
    assert [one for one in actions() if one.startswith("account.")] == [
        "account.ask_erasure", "account.take_erasure_back", "account.ask_erasure", "account.erase",
    ]  # fmt: skip


def test_r7_7_nobody_else_erases_and_nobody_who_did_not_ask(app: Flask) -> None:
    account = holder()
    owner, administrator = make_account(), make_account()
    give(owner, "event_owner", make_event())
    give(administrator, "site_administrator")
    where = f"/manage/installation/erasures/{account.ref}"
    assert Browser(app).sign_in(owner).get("/manage/installation/erasures").status == 404
    assert Browser(app).sign_in(administrator).get(where).status == 404
    with transaction():
        db.session.get_one(Account, administrator.id).erasure_asked_at = account.created_at
    own = Browser(app).sign_in(administrator)
    page = own.get(f"/manage/installation/erasures/{administrator.ref}")
    refused = own.submit(page.form(action=administrator.ref))
    assert "Another site administrator decides on your own request." in refused.text


def test_r7_7_the_last_holder_of_a_role_gives_it_away_first(app: Flask) -> None:
    account = holder(password_hash=hash_password(PASSWORD))
    event = make_event()
    give(account, "event_owner", event)
    assert "Give your roles to somebody else first" in Browser(app).sign_in(account).get(WHERE).text
    with pytest.raises(Conflict, match="Somebody must keep"), transaction():
        personal.erase(whose_account(now(account)), actor=SYSTEM)
    assert now(account).name == "Ana Ruiz"
    give(make_account(), "event_owner", event)
    with transaction():
        personal.erase(whose_account(now(account)), actor=SYSTEM)
    assert now(account).name == ""


def test_accounts_of_the_demonstration_stay(app: Flask) -> None:
    account = holder(is_demo=True)
    browser = Browser(app).sign_in(account)
    page = browser.submit(browser.get(WHERE).form(action="erase"))
    assert "The accounts of the demonstration stay." in page.text
    assert now(account).erasure_asked_at is None
