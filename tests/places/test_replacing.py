"""One person instead of another (R1.9)."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.passes.models import Pass
from eventhub.registration import services
from eventhub.registration.models import Registration
from tests.places.conftest import World, browser_of, delegation
from tests.registration.factories import (
    accredited,
    focal_point_of,
    make_photo,
    set_registration,
)


def instead(world: World, old: Registration, **given: object) -> Registration:
    values = {"family_name": "Phiri", "email": "p@example.org", **given}
    entry = services.Entry(world.delegate.id, values)
    actor = focal_point_of(old.delegation_id or 0)
    with transaction():
        return services.replace(world.event.id, old.id, entry, actor=actor)


def test_r1_9_the_focal_point_replaces_on_screen(app: Flask, forum: World) -> None:
    (old,) = accredited(forum.event, forum.delegate, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, old.delegation_id or 0)
    ref = delegation(old.delegation_id).ref
    page = browser.get(f"/manage/{forum.event.slug}/delegations/{ref}/seats")
    assert f"/people/{old.ref}/replace" in str(page.soup)
    page = browser.get(f"/manage/{forum.event.slug}/people/{old.ref}/replace")
    assert "own photo; the letter stays valid" in page.text
    page = browser.submit(page.form(action="/replace"), family_name="", given_names="")
    assert page.status == 422
    browser.submit(page.form(action="/replace"), family_name="Phiri", email="p@example.org")
    db.session.rollback()
    assert db.session.get_one(Registration, old.id).state == "replaced"
    new = db.session.query(Registration).filter_by(replaces_id=old.id).one()
    assert (new.family_name, new.state, new.photo_id) == ("Phiri", "nominated", None)
    page = browser.get(f"/manage/{forum.event.slug}/people/{old.ref}/replace")
    assert "Only somebody who is accredited" in page.text


def test_r1_3_nobody_is_replaced_who_was_changed_meanwhile(app: Flask, forum: World) -> None:
    (old,) = accredited(forum.event, forum.delegate, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, old.delegation_id or 0)
    page = browser.get(f"/manage/{forum.event.slug}/people/{old.ref}/replace")
    seen = old.version
    with transaction():
        services.edit(
            forum.event.id, old.id, {"functional_title": "Envoy"}, version=seen, actor=SYSTEM
        )
    page = browser.submit(page.form(action="/replace"), family_name="Phiri", email="p@example.org")
    assert page.status == 422
    assert "Somebody changed this registration meanwhile" in page.text
    entry = services.Entry(forum.delegate.id, {"family_name": "Phiri"})
    actor = focal_point_of(old.delegation_id or 0)
    with pytest.raises(Conflict, match="meanwhile"), transaction():
        services.replace(forum.event.id, old.id, entry, version=seen, actor=actor)
    db.session.expire_all()
    assert db.session.get_one(Registration, old.id).state == "accredited"
    with transaction():
        services.replace(forum.event.id, old.id, entry, version=old.version, actor=actor)
    assert db.session.get_one(Registration, old.id).state == "replaced"


def test_r1_9_the_seat_is_kept_even_where_more_are_used_than_there_are(forum: World) -> None:
    rows = accredited(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    with transaction():
        services.add_pool(forum.event, "DEL", seats=1, categories=["DEL"], actor=SYSTEM)
    new = instead(forum, rows[0])
    assert (rows[0].state, new.state) == ("replaced", "nominated")
    assert db.session.get_one(Pass, rows[0].pass_id).state == "void"


def test_r1_9_another_category_needs_its_own_seat(forum: World) -> None:
    (old,) = accredited(forum.event, forum.delegate, entity_id=forum.zambia.id)
    with transaction():
        services.add_pool(forum.event, "OPN", seats=1, categories=["OPN"], actor=SYSTEM)
    accredited(forum.event, forum.open, entity_id=forum.zambia.id)
    entry = services.Entry(forum.open.id, {"family_name": "Phiri"})
    with pytest.raises(Conflict, match="No place"), transaction():
        services.replace(forum.event.id, old.id, entry, actor=SYSTEM)
    assert db.session.get_one(Registration, old.id).state == "accredited"


def test_r1_9_until_the_deadline_that_the_event_sets(forum: World, noon: datetime) -> None:
    set_registration(forum.event, replacement_until="2026-03-10T18:00")
    first, second = accredited(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    with clock.at(datetime.fromisoformat("2026-03-10T09:59:00+00:00")):
        instead(forum, first)
    with (
        clock.at(datetime.fromisoformat("2026-03-10T10:00:00+00:00")),
        pytest.raises(Conflict, match="deadline"),
    ):
        instead(forum, second)
    assert noon + timedelta(days=9) < forum.event.starts_at


def test_r1_9_the_new_person_needs_a_new_photo(forum: World) -> None:
    (old,) = accredited(forum.event, forum.delegate, entity_id=forum.zambia.id)
    photo = make_photo(forum.event)
    with transaction():
        old.photo_id = photo.id
    assert instead(forum, old).photo_id is None
