"""One head of a delegation, deputies, and who acts (R1.10)."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.entities.models import RankLevel
from eventhub.events.models import Category
from eventhub.i18n import Translated
from eventhub.registration import queries, services
from eventhub.registration.models import ChangeRequest, Registration
from tests.factories import keep, make_category
from tests.places.conftest import World, browser_of, delegation
from tests.registration.factories import OFFICER, accredited, do, focal_point_of, make_pool, sent


def category_of(row: Registration) -> str:
    db.session.rollback()
    return db.session.get_one(Category, db.session.get_one(Registration, row.id).category_id).code


def test_r1_10_a_second_head_is_refused_and_the_swap_offered(forum: World, head: Category) -> None:
    sent(forum.event, head, entity_id=forum.zambia.id, family_name="Banda")
    with pytest.raises(Conflict, match="BANDA is head of this delegation"):
        sent(forum.event, head, entity_id=forum.zambia.id)
    with pytest.raises(Conflict):
        sent(forum.event, head, 2, entity_id=forum.kenya.id)
    (other,) = sent(forum.event, head, entity_id=forum.kenya.id)
    assert other.state == "submitted"


def test_r1_10_several_deputies_are_allowed(forum: World, deputy: Category) -> None:
    rows = sent(forum.event, deputy, 3, entity_id=forum.zambia.id)
    assert {row.state for row in rows} == {"submitted"}


def test_r1_10_the_focal_point_swaps_the_roles_of_two(
    app: Flask, forum: World, head: Category
) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    (second,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, first.delegation_id or 0)
    ref = delegation(first.delegation_id).ref
    page = browser.get(f"/manage/{forum.event.slug}/delegations/{ref}/seats")
    assert "Swap roles" in page.text
    browser.submit(page.form(action="/head"), person=second.ref)
    assert (category_of(first), category_of(second)) == ("DEL", "HOD")


def test_r1_10_the_swap_needs_no_free_seat(forum: World, head: Category) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    (second,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    for code in ("HOD", "DEL"):
        with transaction():
            services.add_pool(forum.event, code, seats=1, categories=[code], actor=OFFICER)
    with transaction():
        services.name_head(forum.event.id, second.id, actor=OFFICER)
    assert (category_of(first), category_of(second)) == ("DEL", "HOD")


def test_r1_4_a_swap_of_accredited_people_waits_for_an_officer(
    forum: World, head: Category
) -> None:
    (first,) = accredited(forum.event, head, entity_id=forum.zambia.id)
    (second,) = accredited(forum.event, forum.delegate, entity_id=forum.zambia.id)
    with transaction():
        actor = focal_point_of(first.delegation_id or 0)
        assert services.name_head(forum.event.id, second.id, actor=actor)
    assert (category_of(first), category_of(second)) == ("HOD", "DEL")
    change = db.session.scalars(select(ChangeRequest)).one()
    with transaction():
        services.decide_change(change.id, event_id=forum.event.id, accept=True, actor=OFFICER)
    assert (category_of(first), category_of(second)) == ("DEL", "HOD")
    assert db.session.get_one(Registration, first.id).needs_new_badge


def test_r1_10_the_highest_deputy_acts_from_the_time_given(
    app: Flask, forum: World, head: Category, deputy: Category, noon: datetime
) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    low, high = sent(forum.event, deputy, 2, entity_id=forum.zambia.id)
    ranks = [
        keep(RankLevel(level=n, code=f"L{n}", names=Translated(en=f"L{n}"), speaker_tier=n))
        for n in (1, 2)
    ]
    with transaction():
        high.rank_level_id, low.rank_level_id = ranks[0].id, ranks[1].id
    browser = browser_of(app, forum, first.delegation_id or 0)
    ref = delegation(first.delegation_id).ref
    where = f"/manage/{forum.event.slug}/delegations/{ref}/seats"
    page = browser.get(where)
    browser.submit(page.form(action="/absence"), since="2026-03-03T09:00")
    leaders = queries.leaders_of(forum.event.id, [first.delegation_id or 0])
    one = leaders[first.delegation_id or 0]
    assert one.head is not None
    assert [row.id for row in one.deputies] == [high.id, low.id]
    assert one.acting_at(noon) is None
    with clock.at(noon + timedelta(days=3)):
        assert one.acting is not None
        assert one.acting.id == high.id
        assert "Acting head" in browser.get(where).text
    page = browser.get(where)
    browser.submit(page.form(action="/absence/end"))
    with clock.at(noon + timedelta(days=3)):
        assert "Acting head" not in browser.get(where).text


def test_r1_10_without_a_deputy_nobody_can_act(forum: World, head: Category) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    with pytest.raises(Conflict, match="no deputy"), transaction():
        services.set_absence(
            forum.event,
            delegation(first.delegation_id),
            forum.event.registration_closes,
            actor=OFFICER,
        )


def test_a_head_who_is_withdrawn_makes_room_for_another(forum: World, head: Category) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    do(services.withdraw, forum.event, [first], actor=queries.registrant(first))
    (second,) = sent(forum.event, head, entity_id=forum.zambia.id)
    assert second.state == "submitted"


def test_a_focal_point_of_another_delegation_sees_nothing(
    app: Flask, forum: World, head: Category
) -> None:
    (first,) = sent(forum.event, head, entity_id=forum.zambia.id)
    (other,) = sent(forum.event, head, entity_id=forum.kenya.id)
    browser = browser_of(app, forum, other.delegation_id or 0)
    ref = delegation(first.delegation_id).ref
    assert browser.get(f"/manage/{forum.event.slug}/delegations/{ref}/seats").status == 404
    assert browser.get(f"/manage/{forum.event.slug}/people/{first.ref}/replace").status == 404


def test_seats_of_a_delegation_are_called_by_words_and_closed_by_its_own_clocks(
    app: Flask, forum: World, head: Category
) -> None:
    (row,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    make_pool(forum.event, "DEL+ALT", scope="per_delegation", categories=["DEL"], seats=3)
    make_pool(forum.event, "total", scope="per_delegation", seats=9)
    with transaction():
        forum.zambia.iso2 = "ZM"
    browser = browser_of(app, forum, row.delegation_id or 0)
    where = f"/manage/{forum.event.slug}/delegations/{delegation(row.delegation_id).ref}"
    page = browser.get(f"{where}/seats")
    assert "DEL+ALT" not in page.text
    assert "total" not in page.text
    assert "The whole delegation" in page.text
    assert "Lusaka" in page.text
    assert "Lusaka" in browser.get(where).text
    assert "Registration closes" in page.text
    assert "People can be replaced until" in page.text
    with clock.at(forum.event.ends_at):
        page = browser.get(f"{where}/seats")
    assert "Registration closed" in page.text
    assert "People could be replaced until" in page.text


def test_nobody_is_named_head_where_the_event_has_no_heads(app: Flask, forum: World) -> None:
    (row,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, row.delegation_id or 0)
    where = f"/manage/{forum.event.slug}/delegations/{delegation(row.delegation_id).ref}/seats"
    assert "Name the head" not in browser.get(where).text
    make_category(forum.event, "HOD", mark="HD")
    assert "Name the head" in browser.get(where).text
