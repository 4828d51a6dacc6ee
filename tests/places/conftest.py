"""The forum of the registration tests, with delegations, and who looks after it."""

import pytest
from flask import Flask

from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.events.models import Category
from tests.browser import Browser
from tests.factories import give, make_account, make_category
from tests.registration.world import World, world

__all__ = ["world"]


@pytest.fixture
def forum(world: World) -> World:
    """Return the forum with the switch for delegations on."""
    with transaction():
        world.event.switches = ["delegations", "badges", "doors"]
    return world


@pytest.fixture
def head(forum: World) -> Category:
    """Return the category of heads, which focal points vouch for."""
    return make_category(forum.event, "HOD", mark="HD")


@pytest.fixture
def deputy(forum: World) -> Category:
    """Return the category of deputies."""
    return make_category(forum.event, "DHOD", mark="DH")


@pytest.fixture
def owner(app: Flask, forum: World) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account(name="Owner")
    give(account, "event_owner", forum.event)
    return Browser(app).sign_in(account)


def browser_of(app: Flask, world: World, delegation_id: int) -> Browser:
    """Return the browser of a focal point of one delegation."""
    account = make_account(name="A. Phiri")
    give(account, "focal_point", world.event, scope={"delegations": [delegation_id]})
    return Browser(app).sign_in(account)


def delegation(delegation_id: int | None) -> Delegation:
    """Return a delegation by its id."""
    return db.session.get_one(Delegation, delegation_id)
