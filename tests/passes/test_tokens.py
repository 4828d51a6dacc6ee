"""Tokens of passes: genuine ones read back, all others refused."""

from datetime import UTC, datetime

import pytest
import segno
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.keys.ring import ring
from eventhub.passes import rules, services, tokens
from eventhub.passes.models import Pass
from tests.factories import make_event

ENDS = datetime(2026, 5, 7, tzinfo=UTC)


@pytest.fixture
def entry(app: Flask) -> Pass:
    """Return a pass that opens zones 1 and 4."""
    event = make_event()
    with transaction():
        return services.issue(event.id, [rules.zone_bits(["Z1", "Z4"])], expires_at=ENDS)[0]


def test_r4_4_token_is_133_characters_and_reads_back(entry: Pass) -> None:
    token = tokens.token_of(entry)
    assert len(token) == len("EH1:") + 133
    claims = tokens.read(token)
    assert (claims.event_id, claims.pass_id, claims.issue) == (entry.event_id, entry.id, 1)
    assert claims.expires_at == ENDS
    assert rules.opens(claims.zone_bits, "Z4")
    assert not rules.opens(claims.zone_bits, "Z2")


def test_r4_4_qr_stays_alphanumeric_and_small(entry: Pass) -> None:
    text = tokens.qr_text(entry, "events.example.org")
    code = segno.make(text, error="m", micro=False)
    assert code.mode == "alphanumeric"
    assert int(code.version) <= 7
    assert tokens.read(text).pass_id == entry.id


def test_token_survives_lower_case_of_a_browser(entry: Pass) -> None:
    assert tokens.read(tokens.token_of(entry).lower()).pass_id == entry.id


@pytest.mark.parametrize("place", [4, 20, 60, 136])
def test_one_changed_character_is_refused(entry: Pass, place: int) -> None:
    token = tokens.token_of(entry)
    other = "A" if token[place] != "A" else "B"
    with pytest.raises(tokens.BadToken):
        tokens.read(token[:place] + other + token[place + 1 :])


def test_a_spare_bit_makes_no_second_token_of_the_same_pass(entry: Pass) -> None:
    token = tokens.token_of(entry)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    other = letters[letters.index(token[-1]) ^ 1]
    with pytest.raises(tokens.BadToken):
        tokens.read(token[:-1] + other)


@pytest.mark.parametrize(
    "text",
    ["", "EH1:", "EH1:" + "!" * 133, "EH1:" + "证" * 133, "https://example.org/", "x" * 9],
)
def test_what_is_no_token_is_refused(app: Flask, text: str) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.read(text)


def test_token_of_an_older_key_still_reads_after_rotation(entry: Pass) -> None:
    before = tokens.token_of(entry)
    ring().rotate(tokens.PURPOSE)
    assert tokens.read(before).key_id == "k0001"
    with transaction():
        new = services.issue(entry.event_id, [0], expires_at=ENDS)[0]
    assert tokens.read(tokens.token_of(new)).key_id == "k0002"


def test_r4_5_reissue_raises_the_issue(entry: Pass) -> None:
    with transaction():
        services.reissue(entry, reason="lost", document="passport", actor=SYSTEM)
    assert tokens.read(tokens.token_of(entry)).issue == 2


def test_void_counts_each_pass_once(entry: Pass) -> None:
    with transaction():
        assert services.void(entry.event_id, [entry.id], reason="withdrawn") == 1
        assert services.void(entry.event_id, [entry.id], reason="again") == 0
    assert entry.state == "void"
    assert entry.void_reason == "withdrawn"
