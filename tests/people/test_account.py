"""The own account: another e-mail address, another password, details."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.jobs.runner import run_due
from eventhub.people import services
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from tests.browser import Browser
from tests.factories import make_account
from tests.mail.letters import letters
from tests.people.test_sign_in import PASSWORD, code_in_mail, make_person, sign_in

OLD, NEW = "ada@example.org", "ada@mission.example"


@pytest.fixture
def ada(app: Flask) -> Account:
    return make_person()


def ask_for(browser: Browser, email: str) -> None:
    browser.get("/account/e-mail")
    browser.submit(email=email)


def test_new_address_counts_once_its_code_was_typed(app: Flask, ada: Account) -> None:
    browser = Browser(app).sign_in(ada)
    ask_for(browser, "Ada@Mission.example")
    digits = code_in_mail(app)
    assert [letter.to for letter in letters(app)] == [NEW], "the code goes to the new address"
    assert find_account(OLD) is not None, "asking changes nothing"
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    assert browser.submit(code=wrong).status == 422
    assert find_account(NEW) is None
    page = browser.submit(code=digits)
    assert NEW in page.text
    assert "We told the old one" in page.text
    assert find_account(OLD) is None
    other = Browser(app)
    assert sign_in(other, OLD, PASSWORD) == 422
    assert sign_in(other, NEW, PASSWORD) == 302


def test_old_address_is_told_that_the_account_moved(app: Flask, ada: Account) -> None:
    browser = Browser(app).sign_in(ada)
    ask_for(browser, NEW)
    browser.submit(code=code_in_mail(app))
    run_due(app)
    assert [letter.to for letter in letters(app)] == [NEW, OLD]
    assert NEW not in letters(app)[-1].text, "whoever reads the old box learns no new address"


def test_code_waiting_for_the_old_address_ends_with_it(app: Flask, ada: Account) -> None:
    thief = Browser(app)
    thief.get("/sign-in/code")
    thief.submit(email=OLD)
    digits_of_old = code_in_mail(app)
    browser = Browser(app).sign_in(ada)
    ask_for(browser, NEW)
    browser.submit(code=code_in_mail(app))
    assert thief.submit(code=digits_of_old).status == 422


def test_address_of_another_account_is_told_alike_and_gets_no_mail(
    app: Flask, ada: Account
) -> None:
    make_account(email="eve@example.org")
    browser = Browser(app).sign_in(ada)
    ask_for(browser, "eve@example.org")
    assert "We sent a code to eve@example.org, unless another account" in browser.page.text
    assert letters(app) == []
    assert browser.submit(code="123456").status == 422


def test_address_taken_while_the_code_was_on_its_way_is_refused(app: Flask, ada: Account) -> None:
    browser = Browser(app).sign_in(ada)
    ask_for(browser, NEW)
    digits = code_in_mail(app)
    make_account(email=NEW)
    assert browser.submit(code=digits).status == 422
    assert find_account(OLD) is not None


def test_code_for_another_account_moves_nothing(app: Flask, ada: Account) -> None:
    """Two accounts asked for one address: the code of one is none of the other's."""
    browser, eve = Browser(app).sign_in(ada), make_account(email="eve@example.org")
    ask_for(browser, NEW)
    with transaction():
        services.send_code(NEW, "change_email", language="en", account_id=eve.id)
    digits = code_in_mail(app)
    assert browser.submit(code=digits).status == 422
    assert find_account(NEW) is None


def test_code_for_a_new_address_ends_after_30_minutes(
    app: Flask, ada: Account, noon: datetime
) -> None:
    browser = Browser(app).sign_in(ada)
    ask_for(browser, NEW)
    digits = code_in_mail(app)
    with clock.at(noon + timedelta(minutes=30)):
        assert browser.submit(code=digits).status == 422
    assert find_account(NEW) is None


def test_new_password_asks_for_the_present_one_and_ends_other_sessions(
    app: Flask, ada: Account
) -> None:
    here, there = Browser(app).sign_in(ada), Browser(app).sign_in(ada)
    here.get("/account/password")
    assert here.submit(present="not this one", password="another four words").status == 422
    assert "This is not your present password." in here.page.errors()[0]
    assert there.get("/account", follow=False).status == 200
    here.get("/account/password")
    here.submit(present=PASSWORD, password="another four words")
    assert here.get("/account", follow=False).status == 200
    assert there.get("/account", follow=False).status == 302
    assert sign_in(Browser(app), OLD, PASSWORD) == 422
    assert sign_in(Browser(app), OLD, "another four words") == 302


def test_present_password_may_be_tried_ten_times(app: Flask, ada: Account) -> None:
    browser = Browser(app).sign_in(ada)
    for _try in range(10):
        browser.get("/account/password")
        assert browser.submit(present="guess", password="another four words").status == 422
    browser.get("/account/password")
    assert browser.submit(present=PASSWORD, password="another four words").status == 429


def test_account_without_a_password_sets_its_first(app: Flask) -> None:
    with transaction():
        account = services.create_account(NEW, "Grace", actor=SYSTEM)
    browser = Browser(app).sign_in(account)
    page = browser.get("/account/password")
    assert page.soup.find(attrs={"name": "present"}) is None
    assert browser.submit(password="another four words", follow=False).status == 302
    assert sign_in(Browser(app), NEW, "another four words") == 302


def test_details_are_changed_and_spoken_at_once(app: Flask, ada: Account) -> None:
    browser = Browser(app).sign_in(ada)
    browser.get("/account/details")
    assert browser.submit(name="").status == 422
    page = browser.submit(name="Ada Lovelace", language="fr", zone="Africa/Lusaka")
    assert page.soup.html
    assert page.soup.html["lang"] == "fr"
    assert "Ada Lovelace" in page.text
    assert "Africa/Lusaka" in page.text
