"""The key ring and the tokens made with it."""

import stat
import time
from pathlib import Path

import pytest
from flask import Flask

from eventhub.core import ids
from eventhub.keys import links
from eventhub.keys.ring import KEY_BYTES, KeyDestroyed, KeyRing, ring


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    """Return an empty key ring."""
    return KeyRing(tmp_path / "keys")


def test_first_key_is_made_when_needed_and_stays(keys: KeyRing) -> None:
    assert keys.newest("passes") == "k0001"
    secret = keys.secret("passes")
    assert len(secret) == KEY_BYTES
    assert KeyRing(keys.folder).secret("passes") == secret
    assert keys.secret("links") != secret


def test_keys_are_readable_by_their_owner_alone(keys: KeyRing) -> None:
    keys.secret("passes")
    keys.event_key(1, "photo")
    for path in keys.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_newer_key_is_used_and_the_older_is_kept(keys: KeyRing) -> None:
    old = keys.secret("passes")
    assert keys.rotate("passes") == "k0002"
    assert keys.newest("passes") == "k0002"
    assert keys.secret("passes") != old
    assert keys.secret("passes", "k0001") == old
    assert keys.mac("passes", "x") != keys.mac("passes", "x", "k0001")


def test_second_process_does_not_overwrite_a_key(keys: KeyRing) -> None:
    """Both find none, both make one: the first one written stands for both."""
    path = keys.folder / "passes" / "k0001"
    keys._make(path)
    first = path.read_bytes()
    keys._make(path)
    assert path.read_bytes() == first
    assert [p.name for p in path.parent.iterdir()] == ["k0001"], "no draft is left"


def test_unknown_key_is_said_to_be_gone(keys: KeyRing) -> None:
    keys.secret("passes")
    with pytest.raises(KeyDestroyed):
        keys.secret("passes", "k0009")


def test_destroyed_event_key_never_comes_back(keys: KeyRing) -> None:
    photo, letter = keys.event_key(7, "photo"), keys.event_key(7, "letter")
    assert photo != letter
    other = KeyRing(keys.folder)
    assert other.event_key(7, "photo") == photo
    keys.destroy_event_key(7, "photo")
    for one in (keys, other, KeyRing(keys.folder)):
        with pytest.raises(KeyDestroyed):
            one.event_key(7, "photo")
    assert keys.event_key(7, "letter") == letter
    keys.destroy_event_key(8, "photo")
    with pytest.raises(KeyDestroyed):
        keys.event_key(8, "photo")


def test_enciphered_text_opens_with_its_key_and_context_only(keys: KeyRing) -> None:
    key = keys.event_key(1, "photo")
    sealed = keys.encipher(key, b"secret", b"registration:1")
    assert b"secret" not in sealed
    assert sealed != keys.encipher(key, b"secret", b"registration:1")
    assert keys.decipher(key, sealed, b"registration:1") == b"secret"
    changed = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for wrong in ((keys.event_key(2, "photo"), sealed, b"registration:1"),
                  (key, sealed, b"registration:2"),
                  (key, changed, b"registration:1")):  # fmt: skip
        with pytest.raises(ValueError, match="not enciphered"):
            keys.decipher(*wrong)


def test_link_is_made_again_and_not_guessed(app: Flask) -> None:
    ref = ids.new_ref()
    token = links.token("registration", ref)
    assert token == links.token("registration", ref)
    assert len(token) == 26
    assert links.ref_in(token.lower()) == ref
    assert links.holds(token, "registration", ref)
    assert links.holds(token.lower(), "registration", ref), "typed in small letters"
    last = "A" if token[-1] != "A" else "B"
    for wrong in (token[:-1], token[:-1] + last, ref, "", token + "A", "é" * 26):
        assert not links.holds(wrong, "registration", ref)
    assert not links.holds(token, "registration", ref, 2), "a new number ends old links"
    assert not links.holds(token, "delegation", ref), "a link of another kind"


def test_digits_are_six_and_differ_by_kind(app: Flask) -> None:
    codes = {links.digits("mail_code", ids.new_ref()) for _ in range(200)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 190
    ref = ids.new_ref()
    assert links.digits("mail_code", ref) != links.digits("other", ref)


def test_another_installation_makes_other_links(app: Flask, tmp_path: Path) -> None:
    ref = ids.new_ref()
    here = links.token("registration", ref)
    app.extensions["eventhub.keys"] = KeyRing(tmp_path / "elsewhere")
    assert links.token("registration", ref) != here
    assert ring().newest("links") == "k0001"


def test_key_that_another_process_made_is_used_at_once(tmp_path: Path) -> None:
    mine, other = KeyRing(tmp_path / "keys"), KeyRing(tmp_path / "keys")
    assert mine.newest("links") == other.newest("links") == "k0001"
    time.sleep(0.02)  # folders tell when they changed in steps of a few milliseconds
    assert other.rotate("links") == "k0002" == other.newest("links")
    assert mine.newest("links") == "k0002"
    assert mine.secret("links") == other.secret("links") != mine.secret("links", "k0001")
