"""R4.4: the token bit by bit, checked with the public key alone, in another process."""

import base64
import json
import struct
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import segno
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.keys.ring import ring
from eventhub.passes import rules, services, tokens
from eventhub.passes.codes import BadToken, Claims, Token, pack, read_offline, token_in
from eventhub.passes.models import Pass
from eventhub.printing.qr import qr_version
from tests.factories import make_event

ENDS = datetime(2026, 5, 7, tzinfo=UTC)
HOST = "events.example.org"

SCANNER = """
import base64, json, struct, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

given = json.load(sys.stdin)
assert not any(name.split(".")[0] == "eventhub" for name in sys.modules)
answers = []
for text in given["tokens"]:
    body = text.rpartition("EH1:")[2]
    data = base64.b32decode(body + "=" * (-len(body) % 8))
    event, pass_id, issue, expiry, zones, key = struct.unpack(">I6sBIHH", data[:19])
    try:
        public = base64.b64decode(given["keys"][f"k{key:04d}"])
        Ed25519PublicKey.from_public_bytes(public).verify(data[19:], data[:19])
    except (KeyError, InvalidSignature):
        answers.append("forged")
        continue
    over = expiry <= given["now"]
    answers.append("over" if over else [event, int.from_bytes(pass_id, "big"), issue, zones])
print(json.dumps(answers))
"""


@pytest.fixture
def entry(app: Flask) -> Pass:
    """Return a pass that opens zones 1 and 4."""
    event = make_event()
    with transaction():
        return services.issue(event.id, [rules.zone_bits(["Z1", "Z4"])], expires_at=ENDS)[0]


def scanned(texts: list[str], keys: dict[str, bytes], now: datetime) -> list[object]:
    """Return what a scanner of somebody else's making answers, which has the public keys alone."""
    given = {
        "tokens": texts, "now": now.timestamp(),
        "keys": {name: base64.b64encode(key).decode() for name, key in keys.items()},
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", "-c", SCANNER], input=json.dumps(given), text=True,
        capture_output=True, timeout=60, check=True, cwd=Path("/"), env={},
    )  # fmt: skip
    answers: list[object] = json.loads(done.stdout)
    return answers


def test_r4_4_nineteen_bytes_stand_where_the_rule_says() -> None:
    claims = Claims(0x01020304, 0x0A0B0C0D0E0F, 7, ENDS, 0b10010, "k0258")
    packed = pack(claims)
    assert packed.hex() == (
        "01020304" "0a0b0c0d0e0f" "07" + struct.pack(">I", int(ENDS.timestamp())).hex()
        + "0012" "0102"
    )  # fmt: skip
    assert len(packed) == 19
    token = Token(packed, bytes(64))
    assert token.claims == claims
    assert len(str(token)) == len("EH1:") + 133
    assert len(str(Token(packed, bytes(12)))) == len("EH1:") + 50
    assert token_in(f"HTTPS://HOST/D/{token}") == token


def test_r4_4_scanner_without_a_network_checks_with_the_public_key_alone(entry: Pass) -> None:
    old = tokens.token_of(entry)
    ring().rotate(tokens.PURPOSE)
    with transaction():
        fresh = services.issue(entry.event_id, [0], expires_at=ENDS)[0]
    new, keys = tokens.token_of(fresh), tokens.public_keys()
    forged = str(Token(token_in(new).packed, token_in(old).proof))
    raised = token_in(old).packed[:10] + b"\x02" + token_in(old).packed[11:]
    altered = str(Token(raised, token_in(old).proof))
    assert sorted(keys) == ["k0001", "k0002"]
    assert all(len(key) == 32 for key in keys.values())
    before = ENDS - timedelta(seconds=1)
    assert scanned([old, new, forged, altered], keys, before) == [
        [entry.event_id, entry.id, 1, 0b10010], [fresh.event_id, fresh.id, 1, 0],
        "forged", "forged",
    ]  # fmt: skip
    assert scanned([old], keys, ENDS) == ["over"]
    assert scanned([new], {"k0001": keys["k0001"]}, before) == ["forged"], "key not learnt yet"


def test_r4_4_our_own_offline_reader_says_the_same(entry: Pass) -> None:
    keys = tokens.public_keys()
    claims = read_offline(tokens.token_of(entry), keys)
    assert claims == tokens.read(tokens.token_of(entry))
    assert not claims.is_over(ENDS - timedelta(seconds=1))
    assert claims.is_over(ENDS)
    with pytest.raises(BadToken):
        read_offline(tokens.token_of(entry), {})
    with pytest.raises(BadToken):
        read_offline(tokens.token_of(entry), {"k0001": bytes(32)})


def test_r4_4_short_code_is_for_doors_online_alone(entry: Pass) -> None:
    short = tokens.short_token_of(entry)
    assert len(short) == len("EH1:") + 50
    assert tokens.read(short) == tokens.read(tokens.token_of(entry))
    with pytest.raises(BadToken):
        read_offline(short, tokens.public_keys())
    for place in (0, 18, 19, 30):
        data = bytearray(token_in(short).packed + token_in(short).proof)
        data[place] ^= 1
        with pytest.raises(BadToken):
            tokens.read(str(Token(bytes(data[:19]), bytes(data[19:]))))


def test_r4_4_short_code_is_not_cut_from_a_signed_one(entry: Pass) -> None:
    signed = token_in(tokens.token_of(entry))
    with pytest.raises(BadToken):
        tokens.read(str(Token(signed.packed, signed.proof[:12])))


@pytest.mark.parametrize(
    ("host", "signed", "short"),
    [("a.org", 6, 4), (HOST, 7, 4), ("conferences.ministry.gov.example", 8, 5)],
)
def test_r4_4_size_of_the_qr_code(entry: Pass, host: str, signed: int, short: int) -> None:
    """Measured at level M: bare tokens are version 6 and 3; with the address (decision 18) more."""
    made = [
        qr_version(text)
        for text in (
            tokens.token_of(entry), tokens.short_token_of(entry),
            tokens.qr_text(entry, host), tokens.short_qr_text(entry, host),
        )
    ]  # fmt: skip
    assert made == [6, 3, signed, short]
    for text in (tokens.qr_text(entry, host), tokens.short_qr_text(entry, host)):
        assert segno.make(text, error="m", micro=False).mode == "alphanumeric"


def test_r4_4_new_issue_is_signed_with_the_newest_key(entry: Pass) -> None:
    old = tokens.token_of(entry)
    ring().rotate(tokens.PURPOSE)
    with transaction():
        services.reissue(entry, reason="stolen", document="identity_card", actor=SYSTEM)
    assert tokens.read(tokens.token_of(entry)).key_id == "k0002"
    assert tokens.read(old).issue == 1
