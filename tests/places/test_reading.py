"""Limits and rules are read by whoever sees people, also when the event is archived."""

import pytest
from flask import Flask

from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.registration.models import Pool
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.world import World

PAGES = ("places", "places/rules", "places/remote", "places/pools/ALL", "programme/two-persons")
"""Below the event's address; each but the first has a form for the owner of a live event."""


@pytest.fixture
def forum_to_read(forum: World) -> World:
    """Return a hybrid forum with a limit called ALL."""
    with transaction():
        event = db.session.get_one(Event, forum.event.id)
        event.mode = "hybrid"
        db.session.add(
            Pool(event_id=event.id, code="ALL", scope="per_delegation", seats=5, when_full="refuse")
        )
    return forum


def url(world: World, page: str) -> str:
    return f"/manage/{world.event.slug}/{page}"


def is_to_read(browser: Browser, address: str) -> bool:
    page = browser.get(address)
    assert page.status == 200, address
    main = page.soup.select_one("main")
    assert main is not None
    assert not main.select('form[method="post"]'), address
    return bool(main.select_one("fieldset[disabled]"))


def test_owner_changes_and_secretariat_reads(
    app: Flask, forum_to_read: World, owner: Browser
) -> None:
    officer = make_account()
    give(officer, "secretariat", forum_to_read.event)
    reader = Browser(app).sign_in(officer)
    for page in PAGES[1:]:
        address = url(forum_to_read, page)
        assert owner.get(address).soup.select('main form[method="post"]'), page
        assert is_to_read(reader, address)
        token = reader.page.soup.select_one('input[name="csrf_token"]')
        assert token is not None
        assert reader.post(address, {"csrf_token": str(token["value"])}).status == 404


def test_pages_of_an_archived_event_stay_and_change_nothing(
    forum_to_read: World, owner: Browser
) -> None:
    with transaction():
        db.session.get_one(Event, forum_to_read.event.id).state = "archived"
    for page in PAGES[1:]:
        assert is_to_read(owner, url(forum_to_read, page))
    main = owner.get(url(forum_to_read, PAGES[0])).soup.select_one("main")
    assert main is not None
    links = {str(a["href"]) for a in main.find_all("a")}
    assert url(forum_to_read, "places/new") not in links
    assert url(forum_to_read, "places/rules") in links
    assert owner.get(url(forum_to_read, "places/new")).status == 404
