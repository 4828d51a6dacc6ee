"""Decision 24: a name with a letter that no font has is told to whoever types it, and kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from eventhub.delegations.models import Delegation
from eventhub.registration.queries import token_of
from tests.browser import Browser
from tests.registration.factories import accredited
from tests.registration.workspaces import line, names, people, url
from tests.registration.world import World

TOLD = "These letters cannot be printed: 🙂."


@pytest.fixture(autouse=True)
def _with_fonts(app: Flask, fonts_dir: Path) -> None:
    """Let the installation have its fonts, as after set-up."""
    settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, fonts_dir=fonts_dir)


def test_focal_point_is_told_and_the_name_is_kept(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    focal_point.get(url(world, zambia, "/add"))
    focal_point.submit(
        focal_point.page.form(action="/add"),
        press="act=save",
        informed="y",
        **line(0, given_names="Mary 🙂", family_name="Banda"),
    )
    assert TOLD in focal_point.page.text
    assert names(people(world)) == ["Mary 🙂 Banda"]
    [row] = people(world)
    focal_point.get(url(world, zambia, f"/people/{row.ref}"))
    assert TOLD in focal_point.submit(family_name="Phiri").text
    focal_point.get(url(world, zambia, f"/people/{row.ref}"))
    assert TOLD not in focal_point.submit(given_names="Mary").text


def test_person_who_changes_the_name_is_told(browser: Browser, world: World) -> None:
    [row] = accredited(world.event, world.open, entity_id=world.zambia.id)
    browser.get(f"/my/{token_of(row)}/data/names")
    assert TOLD in browser.submit(given_names="Mary 🙂").text
