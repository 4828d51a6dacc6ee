"""Signing in by password and by code, staying in, going out."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventhub.access.models import Attempt
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.jobs.runner import run_due
from eventhub.people import passwords, services
from eventhub.people.models import Account, MailCode
from eventhub.people.queries import find_account
from tests.browser import Browser
from tests.factories import make_account
from tests.mail.letters import letters

PASSWORD = "four words in a row"


def make_person(**given: str) -> Account:
    with transaction():
        return services.create_account(
            given.get("email", "Ada@Example.org"), "Ada", password=PASSWORD, actor=SYSTEM
        )


def sign_in(browser: Browser, email: str, password: str, *, url: str = "/sign-in") -> int:
    browser.get(url)
    return browser.submit(email=email, password=password, follow=False).status


def code_in_mail(app: Flask) -> str:
    run_due(app)
    return re.search(r"\b\d{6}\b", letters(app)[-1].text).group()  # type: ignore[union-attr]


def test_right_password_opens_the_page_that_was_asked_for(app: Flask, browser: Browser) -> None:
    make_person()
    page = browser.get("/account", follow=False)
    assert page.location == "/sign-in?next=/account"
    assert sign_in(browser, "ADA@example.org ", PASSWORD, url=page.location) == 302
    assert browser.page.location == "/account"
    assert "Ada" in browser.get("/account").text
    account = find_account("ada@example.org")
    assert account is not None
    assert account.last_sign_in_at


def test_wrong_password_and_unknown_address_get_the_same_answer(browser: Browser) -> None:
    make_person()
    assert sign_in(browser, "ada@example.org", "not this one") == 422
    wrong = browser.page.text
    assert "The e-mail address or the password is not right." in wrong
    assert sign_in(browser, "eve@example.org", "not this one") == 422
    assert browser.page.text == wrong
    assert 'value="eve@example.org"' in str(browser.page.soup)
    assert "not this one" not in str(browser.page.soup), "a password is never sent back"


def test_unknown_address_costs_a_hash_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    real = passwords._hasher.verify

    class Watched:
        def verify(self, kept: str, given: str) -> bool:
            compared.append(kept)
            return real(kept, given)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    assert sign_in(browser, "nobody@example.org", "whatever it is") == 422
    assert compared == [passwords.NOBODYS]


def test_nobody_knows_the_password_of_nobody() -> None:
    assert not passwords.is_password("", None)
    kept = passwords.hash_password(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert passwords.is_password(PASSWORD, kept)
    assert not passwords.is_password(PASSWORD + " ", kept)
    assert not passwords.is_password(PASSWORD, "not a hash")


def test_closed_account_does_not_open(browser: Browser) -> None:
    account = make_person()
    with transaction():
        account.closed_at = clock.now()
    assert sign_in(browser, "ada@example.org", PASSWORD) == 422
    assert browser.sign_in(account).get("/account", follow=False).status == 302


def test_tenth_wrong_try_in_15_minutes_is_the_last(browser: Browser, noon: datetime) -> None:
    make_person()
    for _try in range(10):
        assert sign_in(browser, "ada@example.org", "not this one") == 422
    assert sign_in(browser, "Ada@example.org", PASSWORD) == 429
    assert sign_in(browser, "eve@example.org", PASSWORD) == 422, "others are not held up"
    with clock.at(noon + timedelta(minutes=16)):
        assert sign_in(browser, "ada@example.org", PASSWORD) == 302


def test_success_starts_counting_anew(app: Flask, browser: Browser) -> None:
    make_person()
    for _try in range(9):
        sign_in(browser, "ada@example.org", "not this one")
    assert sign_in(browser, "ada@example.org", PASSWORD) == 302
    other = Browser(app)
    assert sign_in(other, "ada@example.org", "not this one") == 422


def test_one_address_may_try_60_times(app: Flask, browser: Browser, noon: datetime) -> None:
    assert sign_in(browser, "one@example.org", "not this one") == 422
    with transaction():
        db.session.execute(update(Attempt).values(count=60))
    assert sign_in(browser, "two@example.org", "not this one") == 429
    assert browser.page.response.headers.get("Cache-Control") == "no-store"


def test_session_begins_anew_at_sign_in(browser: Browser) -> None:
    make_person()
    browser.get("/sign-in")
    with browser.client.session_transaction() as session:
        before = session["csrf"]
        session["planted"] = "by somebody else"
    browser.submit(email="ada@example.org", password=PASSWORD, follow=False)
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf") != before


def test_next_leads_nowhere_else(browser: Browser) -> None:
    make_person()
    sign_in(browser, "ada@example.org", PASSWORD, url="/sign-in?next=//evil.example/x")
    assert browser.page.location == "/manage"


def test_code_by_mail_opens_the_account(app: Flask, browser: Browser, noon: datetime) -> None:
    make_account(email="ada@example.org", name="Ada", language="fr")
    browser.get("/sign-in/code?next=/account")
    page = browser.submit(email="ada@example.org")
    assert "If ada@example.org has an account, a code is on its way" in page.text
    digits = code_in_mail(app)
    letter = letters(app)[-1]
    assert letter.to == "ada@example.org"
    assert digits in letter.html
    kept = db.session.scalars(select(MailCode)).one()
    assert digits not in str(vars(kept)), "the code is never stored"
    page = browser.submit(code=f"{digits[:3]} {digits[3:]}", follow=False)
    assert page.status == 302
    assert page.location == "/account"
    assert browser.get("/account").status == 200


def test_code_is_good_once_for_30_minutes_and_five_tries(app: Flask, noon: datetime) -> None:
    make_account(email="ada@example.org")

    def ask() -> tuple[Browser, str]:
        browser = Browser(app)
        browser.get("/sign-in/code")
        browser.submit(email="ada@example.org")
        return browser, code_in_mail(app)

    browser, digits = ask()
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    for _try in range(5):
        assert browser.submit(code=wrong).status == 422
    assert browser.submit(code=digits).status == 422, "five wrong tries end the code"
    assert "This code is not right" in browser.page.errors()[0]

    browser, digits = ask()
    with clock.at(noon + timedelta(minutes=30)):
        assert browser.submit(code=digits).status == 422

    browser, digits = ask()
    assert browser.submit(code=digits, follow=False).status == 302
    again = Browser(app)
    again.get("/sign-in/code")
    with again.client.session_transaction() as session:
        session["code_to"] = "ada@example.org"
    again.get("/sign-in/code/enter")
    assert again.submit(code=digits).status == 422, "a code opens once"


def test_newer_code_ends_the_older(app: Flask, browser: Browser) -> None:
    make_account(email="ada@example.org")
    browser.get("/sign-in/code")
    browser.submit(email="ada@example.org")
    old = code_in_mail(app)
    browser.get("/sign-in/code")
    browser.submit(email="ada@example.org")
    new = code_in_mail(app)
    assert old != new
    assert browser.submit(code=old).status == 422
    assert browser.submit(code=new, follow=False).status == 302


def test_unknown_address_is_told_the_same_and_gets_no_mail(app: Flask, browser: Browser) -> None:
    browser.get("/sign-in/code")
    page = browser.submit(email="nobody@example.org")
    assert "If nobody@example.org has an account, a code is on its way" in page.text
    run_due(app)
    assert letters(app) == []
    assert browser.submit(code="123456").status == 422


def test_sixth_code_in_15_minutes_is_refused(app: Flask, browser: Browser) -> None:
    for _time in range(5):
        browser.get("/sign-in/code")
        assert browser.submit(email="ada@example.org", follow=False).status == 302
    browser.get("/sign-in/code")
    assert browser.submit(email="ADA@example.org").status == 429


def test_forgotten_password_is_set_anew(app: Flask, browser: Browser) -> None:
    account = make_person()
    elsewhere = Browser(app).sign_in(account)
    assert elsewhere.get("/account", follow=False).status == 200
    browser.get("/password")
    browser.submit(email="ada@example.org")
    digits = code_in_mail(app)
    assert browser.submit(code=digits, password="short").status == 422
    assert "Use at least 10 characters" in browser.page.errors()[0]
    page = browser.submit(code=digits, password="another four words", follow=False)
    assert page.status == 302, "the refused password did not use up the code"
    assert browser.get("/account", follow=False).status == 200
    assert elsewhere.get("/account", follow=False).status == 302
    run_due(app)
    assert "password was changed" in letters(app)[-1].subject
    other = Browser(app)
    assert sign_in(other, "ada@example.org", PASSWORD) == 422
    assert sign_in(other, "ada@example.org", "another four words") == 302


def test_code_for_signing_in_sets_no_password(app: Flask, browser: Browser) -> None:
    make_person()
    browser.get("/sign-in/code")
    browser.submit(email="ada@example.org")
    digits = code_in_mail(app)
    browser.get("/password/new")
    assert browser.submit(code=digits, password="another four words").status == 422


def test_sign_out_ends_this_session_only(app: Flask) -> None:
    account = make_person()
    here, there = Browser(app).sign_in(account), Browser(app).sign_in(account)
    here.get("/account")
    form = here.page.soup.select_one("form[action='/sign-out']")
    here.submit(form, follow=False)
    assert here.get("/account", follow=False).status == 302
    assert there.get("/account", follow=False).status == 200


def test_sign_out_is_no_link(app: Flask) -> None:
    here = Browser(app).sign_in(make_person())
    assert here.get("/sign-out").status in (404, 405)
    assert here.get("/account", follow=False).status == 200


def test_sign_out_everywhere(app: Flask) -> None:
    account = make_person()
    here, there = Browser(app).sign_in(account), Browser(app).sign_in(account)
    here.get("/account")
    here.submit(here.page.form(action="end-sessions"), follow=False)
    assert here.get("/account", follow=False).status == 302
    assert there.get("/account", follow=False).status == 302
