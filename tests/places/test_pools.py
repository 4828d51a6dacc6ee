"""Pools on screen, and their services (R1.8, R1.11)."""

from datetime import timedelta

import pytest

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.registration import queries, services
from eventhub.registration.models import Pool
from eventhub.registration.services import PoolTerms
from tests.browser import Browser
from tests.factories import make_category
from tests.places.conftest import World
from tests.registration.factories import sent, set_registration


def pool(world: World, code: str = "delegates", **given: object) -> Pool:
    with transaction():
        terms = PoolTerms(**{"seats": 2, "categories": ["DEL"], **given})  # type: ignore[arg-type]
        return services.open_pool(world.event, code, terms, actor=SYSTEM)


def url(world: World, rest: str = "") -> str:
    return f"/manage/{world.event.slug}/places{rest}"


def find(world: World, code: str) -> Pool | None:
    db.session.rollback()
    return next((one for one in queries.pools_of(world.event.id) if one.code == code), None)


def change(world: World, code: str = "delegates", **given: object) -> None:
    there = find(world, code)
    assert there is not None
    confirmed = bool(given.pop("confirmed", False))
    with transaction():
        terms = PoolTerms(**{"seats": 1, "categories": ["DEL"], **given})  # type: ignore[arg-type]
        services.change_pool(
            world.event, code, terms, version=there.version, confirmed=confirmed, actor=SYSTEM
        )


def test_r1_8_a_pool_is_added_shown_with_what_is_used_and_ended(
    owner: Browser, forum: World
) -> None:
    sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    page = owner.get(url(forum, "/new"))
    page = owner.submit(
        page.form(action="/places/new"), code="delegates", name_en="Delegates", seats="4",
        scope="per_delegation", categories=["DEL"], exemptions="ZMB 5\nKEN",
        when_full="waitlist", lock="hard",
    )  # fmt: skip
    kept = find(forum, "delegates")
    assert kept is not None
    assert kept.limits == {str(forum.zambia.id): 5, str(forum.kenya.id): None}
    assert (kept.seats, kept.scope, kept.when_full) == (4, "per_delegation", "waitlist")
    page = owner.get(url(forum, "/pools/delegates"))
    assert "Zambia" in page.text
    assert "KEN\nZMB 5" in str(page.soup)
    page = owner.get(url(forum))
    assert "Delegates" in page.text
    assert "4 each" in page.text
    page = owner.get(url(forum, "/pools/delegates"))
    owner.submit(page.form(action="/end"))
    assert find(forum, "delegates") is None


def test_an_exception_for_nobody_we_know_is_told_beside_its_field(
    owner: Browser, forum: World
) -> None:
    page = owner.get(url(forum, "/new"))
    page = owner.submit(
        page.form(action="/places/new"), code="delegates", seats="4", exemptions="Atlantis 3"
    )
    assert page.status == 422
    assert "called “Atlantis”" in page.text
    assert 'value="4"' in str(page.soup), "nothing typed is lost"


def test_r1_8_a_number_below_what_is_used_is_told_and_never_evicts(
    owner: Browser, forum: World
) -> None:
    pool(forum, seats=4)
    rows = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    page = owner.get(url(forum, "/pools/delegates"))
    page = owner.submit(page.form(action="/pools/delegates"), seats="2")
    assert page.status == 422
    assert "1 delegation uses more: Zambia 3" in page.text
    assert find(forum, "delegates").seats == 4  # type: ignore[union-attr]
    owner.submit(page.form(action="/pools/delegates"), confirmed="y")
    kept = find(forum, "delegates")
    assert kept is not None
    assert kept.seats == 2
    assert {db.session.get_one(type(row), row.id).state for row in rows} == {"submitted"}
    assert "above: 1" in owner.get(url(forum)).text
    with pytest.raises(Conflict):
        sent(forum.event, forum.delegate, entity_id=forum.zambia.id)


def test_r1_8_a_lower_number_is_taken_where_the_limit_is_soft(forum: World) -> None:
    pool(forum, seats=4)
    sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    with pytest.raises(Invalid) as refused:
        change(forum, seats=1)
    assert refused.value.field == "seats"
    change(forum, seats=1, lock="soft")
    (over,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    assert over.is_over_quota


def test_who_was_above_before_does_not_hinder_another_change(forum: World) -> None:
    there = pool(forum, seats=4)
    sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    change(forum, seats=2, confirmed=True)
    change(forum, seats=1)
    db.session.refresh(there)
    assert there.seats == 1


def test_two_who_change_a_pool_the_second_is_told(forum: World) -> None:
    there = pool(forum)
    change(forum, seats=5)
    with pytest.raises(Conflict, match="meanwhile"), transaction():
        services.change_pool(
            forum.event, "delegates", PoolTerms(3), version=there.version - 1, actor=SYSTEM
        )


def test_r1_12_a_higher_number_lets_in_who_waits(forum: World) -> None:
    pool(forum, seats=1, when_full="waitlist")
    inside, waiting = sent(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    assert (inside.state, waiting.state) == ("submitted", "waitlisted")
    change(forum, seats=2, when_full="waitlist")
    assert db.session.get_one(type(waiting), waiting.id).state == "submitted"


def test_ending_a_limit_lets_in_who_waits(forum: World) -> None:
    there = pool(forum, seats=1, when_full="waitlist")
    _inside, waiting = sent(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    with transaction():
        services.end_pool(forum.event, "delegates", version=there.version, actor=SYSTEM)
    assert waiting.state == "submitted"
    with pytest.raises(Conflict), transaction():
        services.end_pool(forum.event, "event", version=1, actor=SYSTEM)


def test_r1_8_an_organisation_not_listed_has_seats_of_its_own(forum: World) -> None:
    pool(forum, "each", seats=1, scope="per_organisation")
    sent(forum.event, forum.delegate, organisation="Médecins Réunis")
    sent(forum.event, forum.delegate, organisation="Another House")
    sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    with pytest.raises(Conflict):
        sent(forum.event, forum.delegate, organisation="MEDECINS  REUNIS")
    with pytest.raises(Conflict):
        sent(forum.event, forum.delegate, entity_id=forum.zambia.id)


def test_r1_11_close_protection_is_outside_the_total_of_a_delegation(forum: World) -> None:
    security = make_category(forum.event, "SEC", mark="SC")
    pool(forum, "total", categories=[], seats=1)
    sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    (guard,) = sent(forum.event, security, entity_id=forum.zambia.id)
    assert guard.state == "submitted"
    with pytest.raises(Conflict):
        sent(forum.event, forum.delegate, entity_id=forum.zambia.id)


def test_r1_11_a_hard_limit_offers_the_overflow_category(forum: World) -> None:
    make_category(forum.event, "OVF", mark="OV", counts_as_participant=False)
    set_registration(forum.event, overflow_category="OVF")
    pool(forum, seats=1)
    sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    with pytest.raises(Conflict, match="no right to speak"):
        sent(forum.event, forum.delegate, entity_id=forum.zambia.id)


def test_the_page_needs_the_same_statements_for_one_pool_and_for_many(
    owner: Browser, forum: World, statements: list[str]
) -> None:
    pool(forum, seats=9)
    sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    owner.get(url(forum))
    statements.clear()
    owner.get(url(forum))
    few = len(statements)
    sent(forum.event, forum.delegate, 8, entity_id=forum.kenya.id)
    for number in range(10):
        pool(forum, f"more-{number}", seats=9)
    statements.clear()
    owner.get(url(forum))
    assert len(statements) == few <= 15


def test_rules_are_kept_and_a_hard_deadline_before_the_soft_one_is_refused(
    owner: Browser, forum: World
) -> None:
    page = owner.get(url(forum, "/rules"))
    early = forum.event.registration_closes - timedelta(days=3)
    page = owner.submit(
        page.form(action="/rules"), equity="y", hard_closes=early.isoformat(timespec="minutes")
    )
    assert page.status == 422
    assert "after registration closes" in page.text
    later = forum.event.registration_closes + timedelta(days=3)
    owner.submit(page.form(action="/rules"), hard_closes=later.isoformat(timespec="minutes"))
    kept = queries.settings_of(forum.event.id)
    assert kept.equity
    hard = kept.deadline("hard_closes", forum.event.zone)
    assert hard == forum.event.registration_closes_at + timedelta(days=3)
    assert clock.now() < hard


def test_lowering_the_events_places_below_what_is_used_says_what_happens(
    owner: Browser, forum: World
) -> None:
    rows = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    where = f"/manage/{forum.event.slug}/settings/registration"
    page = owner.get(where)
    assert "confirmed" not in str(page.soup.select("input[name]"))
    page = owner.submit(page.form(action="/settings/registration"), places="2")
    assert page.status == 422
    assert "3 places are used already. Nobody loses one" in page.text
    assert 'value="2"' in str(page.soup), "nothing typed is lost"
    owner.submit(page.form(action="/settings/registration"), confirmed="y")
    db.session.rollback()
    assert forum.event.places == 2
    assert {row.state for row in rows} == {"submitted"}, "nobody loses a place"
    (late,) = sent(forum.event, forum.delegate, entity_id=forum.kenya.id)
    assert late.state == "waitlisted", "nobody gets a new one"
    page = owner.get(where)
    owner.submit(page.form(action="/settings/registration"), places="3")
    db.session.rollback()
    assert forum.event.places == 3, "a higher number needs no word"
