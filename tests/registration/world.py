"""The forum that most tests of registration are about, and the people with difficult names."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from tests.factories import make_category, make_entity, make_event

CONTENT = Path("eventhub/demo/content/people.toml")
PEOPLE: list[dict[str, Any]] = tomllib.loads(CONTENT.read_text())["people"]


@dataclass
class World:
    """What most tests here are about."""

    event: Event
    delegate: Category
    press: Category
    staff: Category
    open: Category
    """Nobody vouches, nobody approves."""
    zambia: Entity
    kenya: Entity


@pytest.fixture
def world(app: Flask, noon: datetime) -> World:
    """Return a forum of 100 places, registration open, nobody registered."""
    event = make_event(starts_on=noon.date().replace(month=4), places=100)
    return World(
        event,
        make_category(event, "DEL"),
        make_category(event, "PRESS", mark="PR", vouched_by="organiser", approver="media_desk"),
        make_category(
            event, "STF", vouched_by="none", approver="none", counts_as_participant=False
        ),
        make_category(event, "OPN", vouched_by="none", approver="none"),
        make_entity("ZMB", "Zambia", iso3="ZMB"),
        make_entity("KEN", "Kenya", iso3="KEN"),
    )
