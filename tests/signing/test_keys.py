"""The key that signs: what is refused, in words that say what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from eventhub.signing.key import WARN_BEFORE, SigningRefused, read_key
from tests.signing.authority import BEGINS, ENDS, NOW, PASSPHRASE, Authority, Given, curve, rsa_key

pytestmark = pytest.mark.any_database


def test_a_key_is_read_with_its_certificates(
    given: Given, authority: Authority, tmp_path: Path
) -> None:
    given.write(tmp_path / "key.p12", authority.root.certificate)
    key = read_key(tmp_path / "key.p12", PASSPHRASE)
    assert key.certificate == given.certificate
    assert key.chain == (authority.root.certificate,)
    assert key.holder == "Ministry of Tests"
    assert key.ends_at == ENDS


def test_a_key_is_spoken_of_six_weeks_before_its_end(authority: Authority, tmp_path: Path) -> None:
    authority.give(curve()).write(tmp_path / "key.p12")
    key = read_key(tmp_path / "key.p12", PASSPHRASE)
    assert not key.ends_soon(ENDS - WARN_BEFORE)
    assert key.ends_soon(ENDS - WARN_BEFORE + timedelta(seconds=1))


def test_a_key_signs_from_its_first_to_its_last_instant(
    authority: Authority, tmp_path: Path
) -> None:
    authority.give(curve()).write(tmp_path / "key.p12")
    key = read_key(tmp_path / "key.p12", PASSPHRASE)
    for instant in (BEGINS, NOW, ENDS):
        key.refuse_outside_its_time(instant)
    with pytest.raises(SigningRefused, match="not valid before 1 January 2024"):
        key.refuse_outside_its_time(BEGINS - timedelta(seconds=1))
    with pytest.raises(SigningRefused, match="expired on 1 January 2025"):
        key.refuse_outside_its_time(ENDS + timedelta(seconds=1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SigningRefused, match=r"no\.p12 cannot be read"):
        read_key(tmp_path / "no.p12", "")


def test_a_wrong_passphrase_and_a_file_of_another_kind_are_told(
    authority: Authority, tmp_path: Path
) -> None:
    authority.give(curve()).write(tmp_path / "key.p12")
    (tmp_path / "text.p12").write_text("no key")
    for name, passphrase in (("key.p12", "wrong"), ("key.p12", ""), ("text.p12", PASSPHRASE)):
        with pytest.raises(SigningRefused, match="EVENTHUB_SIGNING_PASSPHRASE"):
            read_key(tmp_path / name, passphrase)


def test_a_certificate_alone_is_no_key(authority: Authority, tmp_path: Path) -> None:
    sealed = pkcs12.serialize_key_and_certificates(
        None, None, None, [authority.root.certificate], NoEncryption()
    )
    (tmp_path / "key.p12").write_bytes(sealed)
    with pytest.raises(SigningRefused, match="no private key"):
        read_key(tmp_path / "key.p12", "")


def test_a_certificate_for_other_uses_is_refused(authority: Authority, tmp_path: Path) -> None:
    authority.give(rsa_key(), signs=False).write(tmp_path / "key.p12")
    with pytest.raises(SigningRefused, match="not for digital signatures"):
        read_key(tmp_path / "key.p12", PASSPHRASE)


def test_keys_that_readers_do_not_take_are_refused(authority: Authority, tmp_path: Path) -> None:
    for private in (rsa_key(1024), ec.generate_private_key(ec.SECP256K1())):
        authority.give(private).write(tmp_path / "key.p12")
        with pytest.raises(SigningRefused, match="P-256, P-384 or RSA of at least 2048"):
            read_key(tmp_path / "key.p12", PASSPHRASE)
