"""Seats in a session whose room is limited (R1.8, R1.9, R1.13's other half: seats by name)."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask

from eventhub.agenda.models import Session
from eventhub.agenda.services import remove_session
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.registration import queries, services
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.queries import PER_SESSION
from eventhub.registration.queries.pools import seats_in_words
from tests.browser import Browser
from tests.checkin.people import admit, lecture, make_forum, make_gate, qr_of, scan
from tests.places.conftest import World, browser_of, delegation
from tests.places.test_replacing import instead
from tests.registration.factories import accredited, focal_point_of, sent
from tests.registration.test_seats import run_together


@pytest.fixture
def session(forum: World) -> Session:
    """Return a session of the forum."""
    return lecture(forum.event, "2.1", 9)


@pytest.fixture
def pool(forum: World, session: Session) -> Pool:
    """Return its three seats, two for each delegation."""
    return limit(forum, session)


def limit(world: World, session: Session, **given: object) -> Pool:
    terms = {"scope": PER_SESSION, "session_id": session.id, "each": 2, **given}
    with transaction():
        return services.open_pool(
            world.event,
            "high-level",
            services.PoolTerms(**{"seats": 3, **terms}),  # type: ignore[arg-type]
            actor=SYSTEM,
        )


def give(world: World, *rows: Registration) -> None:
    ids = [row.id for row in rows]
    with transaction():
        services.give_session_seats(world.event.id, "high-level", ids, actor=SYSTEM)


def seated() -> set[int]:
    db.session.rollback()
    return {seat.registration_id for seat in db.session.query(SessionSeat)}


def test_r1_8_a_session_has_so_many_seats_and_a_delegation_its_part_of_them(
    forum: World, pool: Pool
) -> None:
    zambia = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    kenya = sent(forum.event, forum.delegate, 2, entity_id=forum.kenya.id)
    give(forum, *zambia[:2])
    with pytest.raises(Conflict, match="This delegation has 2 seats"):
        give(forum, zambia[2])
    with pytest.raises(Conflict, match="All 3 seats"):
        give(forum, *kenya)
    assert seated() == {row.id for row in zambia[:2]}, "all or none"
    give(forum, kenya[0])
    with transaction():
        services.take_session_seats(forum.event.id, "high-level", [zambia[0].id], actor=SYSTEM)
    give(forum, zambia[2])
    assert seated() == {zambia[1].id, zambia[2].id, kenya[0].id}


def test_r1_8_registering_takes_no_seat_in_a_session(forum: World, pool: Pool) -> None:
    rows = sent(forum.event, forum.delegate, 5, entity_id=forum.zambia.id)
    assert {row.state for row in rows} == {"submitted"}
    assert seated() == set()
    setup = queries.setup_of(forum.event.id)
    assert queries.seats_of_delegations(setup, [forum.zambia.id]) == {forum.zambia.id: []}
    assert seats_in_words(forum.event, [rows[0].delegation_id or 0]) == {}, "not in a letter"


def test_r1_11_a_soft_session_accepts_and_flags(forum: World, session: Session) -> None:
    limit(forum, session, lock="soft")
    rows = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    give(forum, *rows)
    db.session.rollback()
    flags = [seat.is_over for seat in db.session.query(SessionSeat).order_by(SessionSeat.id)]
    assert sorted(flags) == [False, False, True]


def test_r1_8_who_ends_or_moves_frees_the_seat_and_who_replaces_keeps_it(
    forum: World, pool: Pool
) -> None:
    one, two = accredited(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    give(forum, one, two)
    new = instead(forum, one)
    assert seated() == {two.id, new.id}
    with transaction():
        services.withdraw(forum.event.id, [new.id], actor=SYSTEM)
    assert seated() == {two.id}
    with transaction():
        services.edit(
            forum.event.id, two.id, {"entity_id": forum.kenya.id}, version=two.version, actor=SYSTEM
        )
    assert seated() == set(), "a seat of Zambia is none of Kenya"


def test_who_is_no_longer_coming_and_who_is_not_counted_gets_no_seat(
    forum: World, session: Session
) -> None:
    limit(forum, session, categories=["DEL"])
    (gone,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    (press,) = sent(forum.event, forum.press, entity_id=forum.zambia.id)
    with transaction():
        services.withdraw(forum.event.id, [gone.id], actor=SYSTEM)
    for row in (gone, press):
        with pytest.raises(Conflict):
            give(forum, row)


def test_r1_8_ten_at_once_for_three_seats_give_exactly_three(
    app: Flask, forum: World, session: Session
) -> None:
    limit(forum, session, each=None)
    rows = sent(forum.event, forum.delegate, 10, entity_id=forum.zambia.id)
    event_id, ids = forum.event.id, [row.id for row in rows]
    db.session.rollback()
    ready, told = threading.Barrier(len(ids)), []

    def take(ident: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                with transaction():
                    services.give_session_seats(event_id, "high-level", [ident], actor=SYSTEM)
                told.append("seated")
            except Conflict:
                told.append("refused")
            finally:
                db.session.remove()

    run_together(take, ids)
    assert Counter(told) == {"seated": 3, "refused": 7}
    assert len(seated()) == 3


def test_the_focal_point_says_who_sits_and_never_undoes_what_a_colleague_did(
    app: Flask, forum: World, pool: Pool
) -> None:
    one, two, three = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, one.delegation_id or 0)
    ref = delegation(one.delegation_id).ref
    where = f"/manage/{forum.event.slug}/delegations/{ref}/seats"
    page = browser.get(where)
    assert "Lecture 2.1" in page.text
    page = browser.get(f"{where}/sessions/high-level")
    stale = page.form(action="/sessions/high-level")
    browser.submit(stale, who=[one.ref])
    assert seated() == {one.id}
    browser.submit(stale, who=[two.ref])
    assert seated() == {one.id, two.id}, "the stale form only adds"
    page = browser.get(f"{where}/sessions/high-level")
    refused = browser.submit(
        page.form(action="/sessions/high-level"), who=[one.ref, two.ref, three.ref]
    )
    assert refused.status == 422
    assert "This delegation has 2 seats" in refused.text
    browser.submit(page.form(action="/sessions/high-level"), who=[two.ref])
    assert seated() == {two.id}


def test_a_focal_point_gives_no_seats_to_others(app: Flask, forum: World, pool: Pool) -> None:
    (own,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    (other,) = sent(forum.event, forum.delegate, entity_id=forum.kenya.id)
    actor = focal_point_of(own.delegation_id or 0)
    with pytest.raises(NotFound), transaction():
        services.give_session_seats(forum.event.id, "high-level", [other.id], actor=actor)
    browser = browser_of(app, forum, own.delegation_id or 0)
    ref = delegation(other.delegation_id).ref
    where = f"/manage/{forum.event.slug}/delegations/{ref}/seats/sessions/high-level"
    assert browser.get(where).status == 404
    mine = where.replace(ref, delegation(own.delegation_id).ref)
    assert browser.get(mine.replace("high-level", "no-such")).status == 404


def test_r1_8_the_organiser_limits_a_session_on_screen(
    owner: Browser, forum: World, session: Session
) -> None:
    page = owner.get(f"/manage/{forum.event.slug}/places/new")
    form = page.form(action="/places/new")
    given = {"code": "high-level", "seats": "40", "each": "2", "lock": "hard"}
    refused = owner.submit(form, scope=PER_SESSION, when_full="refuse", **given)
    assert refused.status == 422
    assert "Choose the session." in refused.text
    refused = owner.submit(
        form, scope=PER_SESSION, session=session.ref, when_full="overflow", **given
    )
    assert refused.status == 422
    assert "A session has no overflow category" in refused.text
    owner.submit(form, scope=PER_SESSION, session=session.ref, when_full="refuse", **given)
    kept = db.session.query(Pool).filter_by(code="high-level").one()
    assert (kept.scope, kept.session_id, kept.seats, kept.each) == (
        PER_SESSION, session.id, 40, 2,
    )  # fmt: skip
    rows = sent(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    give(forum, *rows)
    page = owner.get(f"/manage/{forum.event.slug}/places")
    assert "One session, seat by seat" in page.text
    page = owner.get(f"/manage/{forum.event.slug}/places/pools/high-level")
    refused = owner.submit(page.form(action="/pools/high-level"), each="1")
    assert refused.status == 422
    assert "Zambia 2" in refused.text
    owner.submit(refused.form(action="/pools/high-level"), confirmed="y")
    db.session.rollback()
    assert db.session.query(Pool).filter_by(code="high-level").one().each == 1
    assert seated() == {row.id for row in rows}, "nobody loses a seat"
    page = owner.get(f"/manage/{forum.event.slug}/places/pools/high-level")
    owner.submit(page.form(action="/end"))
    assert seated() == set()


def test_a_session_with_seats_is_cancelled_not_removed(
    forum: World, session: Session, pool: Pool
) -> None:
    with pytest.raises(Conflict, match="Cancel it"), transaction():
        remove_session(forum.event, session, actor=SYSTEM)
    assert db.session.get(Session, session.id) is not None


def test_the_session_of_a_limit_stays(forum: World, session: Session, pool: Pool) -> None:
    other = lecture(forum.event, "9.9", 9)
    with pytest.raises(Invalid, match="stays"), transaction():
        services.change_pool(
            forum.event,
            "high-level",
            services.PoolTerms(3, scope=PER_SESSION, session_id=other.id),
            version=1,
            actor=SYSTEM,
        )


def test_r1_8_the_door_of_a_session_lets_in_whoever_has_a_seat(app: Flask) -> None:
    event, category = make_forum()
    with transaction():
        event.switches = [*event.switches, "delegations"]
    session = lecture(event, "2.1", 9)
    gate = make_gate(event, session_id=session.id)
    one, two = admit(event, category), admit(event, category)
    with transaction():
        services.open_pool(
            event,
            "high-level",
            services.PoolTerms(3, scope=PER_SESSION, session_id=session.id),
            actor=SYSTEM,
        )
        services.give_session_seats(event.id, "high-level", [one.id], actor=SYSTEM)
    told = scan(event, gate, qr_of(one))
    assert (told.answer, told.reason) == ("enter", "")
    told = scan(event, gate, qr_of(two))
    assert (told.answer, told.reason) == ("stop", "no_seat")
    assert queries.seats_given_to(one.id)[0].starts_at - session.starts_at == timedelta(0)


def test_pages_of_session_seats_take_at_most_15_statements(
    app: Flask, forum: World, session: Session, statements: list[str]
) -> None:
    limit(forum, session, each=None, lock="soft")
    browser, counts = None, []
    for more in (1, 30):
        rows = sent(forum.event, forum.delegate, more, entity_id=forum.zambia.id)
        give(forum, *rows)
        browser = browser or browser_of(app, forum, rows[0].delegation_id or 0)
        where = f"/manage/{forum.event.slug}/delegations"
        where += f"/{delegation(rows[0].delegation_id).ref}/seats"
        for page in (where, f"{where}/sessions/high-level"):
            statements.clear()
            assert browser.get(page).status == 200
            counts.append(len(statements))
    assert counts[:2] == counts[2:], counts
    assert max(counts) <= 15, counts
