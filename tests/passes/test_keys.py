"""Keys that end: told weeks before, followed by a new one; what they signed stays good."""

import os
from datetime import UTC, datetime, timedelta

from flask import Flask

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.doctor import examine
from eventhub.keys.ring import ring
from eventhub.passes import services, tokens
from eventhub.passes.rules import SIGNS_FOR, TOLD_BEFORE
from tests.browser import Browser
from tests.factories import give, make_account, make_event

MADE = datetime(2026, 3, 1, tzinfo=UTC)


def key_made(at: datetime) -> None:
    """Let the newest key of passes be as old as that."""
    path = ring().folder / tokens.PURPOSE / ring().newest(tokens.PURPOSE)
    os.utime(path, (at.timestamp(), at.timestamp()))


def said(app: Flask) -> list[tuple[bool, str]]:
    return [(one.is_good, one.says) for one in examine(app) if one.what == "pass key"]


def test_r4_4_key_that_has_ended_is_followed_by_a_new_one(app: Flask) -> None:
    key_made(MADE)
    event = make_event()
    ends = MADE + SIGNS_FOR
    with clock.at(ends - timedelta(seconds=1)), transaction():
        old = services.issue(event.id, [0], expires_at=ends + timedelta(days=9))[0]
    with clock.at(ends), transaction():
        new = services.issue(event.id, [0], expires_at=ends + timedelta(days=9))[0]
    assert (old.key_id, new.key_id) == ("k0001", "k0002")
    assert tokens.read(tokens.token_of(old)).pass_id == old.id


def test_r4_4_end_of_a_key_is_told_four_weeks_before(app: Flask, browser: Browser) -> None:
    key_made(MADE)
    assert timedelta(weeks=4) == TOLD_BEFORE
    told_from = MADE + SIGNS_FOR - TOLD_BEFORE
    administrator = make_account()
    give(administrator, "site_administrator")
    for instant, is_good in ((told_from - timedelta(seconds=1), True), (told_from, False)):
        with clock.at(instant):
            assert [good for good, _says in said(app)] == [is_good]
            browser.sign_in(administrator)
            page = browser.get("/manage/installation")
            assert ("signs new passes until" in page.text) is not is_good
    with clock.at(told_from):
        ring().rotate(tokens.PURPOSE)
        key_made(told_from)
        assert [good for good, _says in said(app)] == [True]
