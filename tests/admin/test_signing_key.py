"""The site administrator learns in time that the signing key ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.doctor import Finding, examine
from eventhub.signing.key import WARN_BEFORE
from tests.browser import Browser
from tests.factories import give, make_account
from tests.signing.authority import BEGINS, ENDS, NOW, PASSPHRASE, Authority, curve

pytestmark = pytest.mark.any_database

SOON = ENDS - WARN_BEFORE + timedelta(days=1)
HOME, KEYS = "/manage/installation", "/manage/installation/keys"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def with_key(app: Flask, settings: Settings) -> Settings:
    changed = replace(settings, signing_key="signing.p12", signing_passphrase=PASSPHRASE)
    app.extensions["eventhub.settings"] = changed
    return changed


def pages(app: Flask, when: datetime) -> tuple[str, str]:
    """Return the text of home and keys, read by a site administrator at an instant."""
    with clock.at(when):
        account = make_account(name="Site Admin")
        give(account, "site_administrator")
        browser = Browser(app).sign_in(account)
        return browser.get(HOME).text, browser.get(KEYS).text


def finding(app: Flask, when: datetime) -> Finding:
    with clock.at(when):
        (found,) = [one for one in examine(app) if one.what == "signing"]
    return found


def test_without_a_key_nothing_is_asked_of_anybody(app: Flask) -> None:
    home, keys = pages(app, NOW)
    assert "Nothing waits for you." in home
    assert "No signing key is set." in keys
    assert finding(app, NOW).is_good


def test_a_key_in_its_time_is_told_on_the_page_of_keys(
    app: Flask, with_key: Settings, authority: Authority
) -> None:
    authority.give(curve()).write(with_key.keys / "signing.p12")
    home, keys = pages(app, NOW)
    assert "Nothing waits for you." in home
    assert "Signs for Ministry of Tests until 1 January 2025." in keys
    assert finding(app, NOW) == Finding(
        "signing", True, "by Ministry of Tests, until 01 January 2025"
    )


def test_a_key_that_ends_in_weeks_is_told_at_home_and_by_the_doctor(
    app: Flask, with_key: Settings, authority: Authority
) -> None:
    authority.give(curve()).write(with_key.keys / "signing.p12")
    said = "Signs for Ministry of Tests only until 1 January 2025: ask for the next key now."
    assert all(said in page for page in pages(app, SOON))
    found = finding(app, SOON)
    assert not found.is_good
    assert found.says.endswith("only until 01 January 2025: renew it")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (ENDS + timedelta(days=1), "The signing key expired on 1 January 2025."),
        (BEGINS - timedelta(days=1), "The signing key is not valid before 1 January 2024."),
    ],
)
def test_a_key_outside_its_time_is_told_everywhere(
    app: Flask, with_key: Settings, authority: Authority, when: datetime, said: str
) -> None:
    authority.give(curve()).write(with_key.keys / "signing.p12")
    assert all(said in page for page in pages(app, when))
    assert not finding(app, when).is_good
    assert said in finding(app, when).says


def test_a_key_that_does_not_open_is_told_everywhere(
    app: Flask, with_key: Settings, authority: Authority
) -> None:
    (with_key.keys).mkdir(parents=True, exist_ok=True)
    (with_key.keys / "signing.p12").write_bytes(b"no key")
    assert all("EVENTHUB_SIGNING_PASSPHRASE" in page for page in pages(app, NOW))
    assert not finding(app, NOW).is_good
