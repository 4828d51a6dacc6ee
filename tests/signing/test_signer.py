"""The installation's signer: none without a key, one for all documents with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from eventhub.config import BadSetting, Settings, from_environment
from eventhub.core import clock
from eventhub.signing.signer import SigningRefused, signer
from tests.signing.authority import ENDS, NOW, PASSPHRASE, Authority, curve
from tests.signing.reading import said_by_pyhanko

pytestmark = pytest.mark.any_database


@pytest.fixture
def with_key(app: Flask, settings: Settings) -> Settings:
    """Let the installation have a key by setting, and return the settings."""
    changed = replace(settings, signing_key="signing.p12", signing_passphrase=PASSPHRASE)
    app.extensions["eventhub.settings"] = changed
    return changed


def test_without_a_key_nothing_signs(app: Flask) -> None:
    with app.app_context():
        assert signer() is None


def test_the_key_is_read_once(app: Flask, with_key: Settings, authority: Authority) -> None:
    authority.give(curve()).write(with_key.keys / "signing.p12")
    with app.app_context(), clock.at(NOW):
        first = signer()
        assert first is not None
        assert signer() is first


def test_a_new_key_in_the_same_place_is_used(
    app: Flask, with_key: Settings, authority: Authority, document: bytes
) -> None:
    authority.give(curve(), "First").write(with_key.keys / "signing.p12")
    with app.app_context(), clock.at(NOW):
        first = signer()
        authority.give(curve(), "Second").write(with_key.keys / "signing.p12.new")
        (with_key.keys / "signing.p12.new").replace(with_key.keys / "signing.p12")
        second = signer()
        assert first is not None
        assert second is not None
        assert (first.key.holder, second.key.holder) == ("First", "Second")
        signed = second.sign(document, label="Signature")
    assert said_by_pyhanko(signed, authority.root.certificate).bottom_line


def test_a_set_key_that_cannot_sign_is_never_passed_over(
    app: Flask, with_key: Settings, authority: Authority
) -> None:
    with app.app_context(), clock.at(NOW), pytest.raises(SigningRefused, match="cannot be read"):
        signer()
    authority.give(curve()).write(with_key.keys / "signing.p12")
    with app.app_context(), clock.at(NOW):
        assert signer() is not None
    late = clock.at(ENDS + timedelta(days=1))
    with app.app_context(), late, pytest.raises(SigningRefused, match="expired"):
        signer()


def test_the_settings_come_from_the_environment() -> None:
    given = from_environment(
        {
            "EVENTHUB_SIGNING_KEY": "signing.p12",
            "EVENTHUB_SIGNING_PASSPHRASE": PASSPHRASE,
            "EVENTHUB_TIMESTAMP_URL": "https://time.example.org/tsa/",
        }
    )
    assert given.signing_key == "signing.p12"
    assert given.signing_passphrase == PASSPHRASE
    assert given.timestamp_url == "https://time.example.org/tsa/"
    with pytest.raises(BadSetting, match="EVENTHUB_TIMESTAMP_URL"):
        from_environment({"EVENTHUB_TIMESTAMP_URL": "ftp://time.example.org"})
    with pytest.raises(BadSetting, match="EVENTHUB_SIGNING_KEY"):
        from_environment({"EVENTHUB_SIGNING_KEY": "../elsewhere/signing.p12"})
