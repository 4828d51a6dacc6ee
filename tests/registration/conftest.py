"""The forum of world.py, and who works at its registration."""

from typing import Any

import pytest
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.delegations.models import Delegation
from eventhub.delegations.services import get_or_open
from eventhub.i18n import use
from tests.browser import Browser
from tests.registration.sheets import Desk
from tests.registration.workspaces import signed_in
from tests.registration.world import PEOPLE, World, world

__all__ = ["world"]


@pytest.fixture
def zambia(world: World) -> Delegation:
    """Return Zambia's delegation, nobody in it."""
    with transaction():
        return get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)


@pytest.fixture
def focal_point(app: Flask, world: World, zambia: Delegation) -> Browser:
    """Return the browser of Zambia's focal point."""
    return signed_in(app, world, zambia, "A. Phiri")


@pytest.fixture
def desk(world, app):
    with use("en"):
        yield Desk(world)


@pytest.fixture(params=PEOPLE, ids=lambda person: person["id"])
def who(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)
