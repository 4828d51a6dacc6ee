"""Waiting for a seat in a session, and who is promoted when one becomes free (R1.8, R1.12)."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.mail.models import OutboxMail
from eventhub.registration import messages, queries, services
from eventhub.registration.models import Pool, Registration, SessionSeat, SessionWait
from eventhub.registration.queries import PER_SESSION
from eventhub.registration.rules import Turn
from tests.browser import Browser
from tests.checkin.people import admit, lecture, make_forum
from tests.factories import give as give_role
from tests.factories import make_account
from tests.places.conftest import browser_of, delegation
from tests.places.test_replacing import instead
from tests.registration.factories import accredited, sent
from tests.registration.test_seats import run_together
from tests.registration.world import World


@pytest.fixture
def session(forum: World) -> Session:
    """Return a session of the forum."""
    return lecture(forum.event, "2.1", 9)


@pytest.fixture
def pool(forum: World, session: Session) -> Pool:
    """Return its two seats, for which others wait."""
    return limit(forum, session)


def limit(world: World, session: Session, **given: object) -> Pool:
    terms = {"scope": PER_SESSION, "session_id": session.id, "when_full": "waitlist", **given}
    with transaction():
        return services.open_pool(
            world.event,
            "high-level",
            services.PoolTerms(**{"seats": 2, **terms}),  # type: ignore[arg-type]
            actor=SYSTEM,
        )


def give(world: World, *rows: Registration) -> list[Registration]:
    with transaction():
        return [
            waiting
            for row in rows
            for waiting in services.give_session_seats(
                world.event.id, "high-level", [row.id], actor=SYSTEM
            )
        ]


def take(world: World, *rows: Registration) -> None:
    ids = [row.id for row in rows]
    with transaction():
        services.take_session_seats(world.event.id, "high-level", ids, actor=SYSTEM)


def seated() -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(select(SessionSeat.registration_id)))


def waiting() -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(select(SessionWait.registration_id)))


def told() -> list[OutboxMail]:
    query = select(OutboxMail).where(OutboxMail.message == "registration.session_seat")
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


def test_r1_8_who_finds_no_seat_waits_and_gets_the_one_that_becomes_free(
    forum: World, pool: Pool, session: Session
) -> None:
    one, two, three, four = sent(forum.event, forum.delegate, 4, entity_id=forum.zambia.id)
    assert [row.id for row in give(forum, one, two, three, four)] == [three.id, four.id]
    assert (seated(), waiting()) == ({one.id, two.id}, {three.id, four.id})
    take(forum, one)
    assert (seated(), waiting()) == ({two.id, three.id}, {four.id})
    (mail,) = told()
    assert mail.to == three.email
    letter = messages.session_seat(forum.event.id, mail.ids)
    assert letter is not None
    assert "“Lecture 2.1”" in letter.text
    assert "09:00" in letter.text
    take(forum, three)
    assert seated() == {two.id, four.id}
    assert messages.session_seat(forum.event.id, mail.ids) is None, "given up before it left"


def test_r1_9_who_comes_instead_waits_in_the_same_turn(forum: World, pool: Pool) -> None:
    people = accredited(forum.event, forum.delegate, 4, entity_id=forum.zambia.id)
    one, _two, three, four = people
    give(forum, *people[:3])
    with clock.at(clock.now() + timedelta(minutes=1)):
        give(forum, four)
    (since,) = db.session.scalars(
        select(SessionWait.created_at).where(SessionWait.registration_id == three.id)
    )
    new = instead(forum, three)
    assert waiting() == {new.id, four.id}
    (still,) = db.session.scalars(
        select(SessionWait.created_at).where(SessionWait.registration_id == new.id)
    )
    assert still == since
    take(forum, one)
    assert new.id in seated(), "before whoever asked later"
    assert waiting() == {four.id}


def test_r1_8_one_s_own_page_tells_for_which_sessions_one_waits(
    app: Flask, forum: World, pool: Pool
) -> None:
    people = accredited(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    give(forum, *people)
    browser = Browser(app)
    page = browser.get(f"/my/{queries.token_of(people[2])}")
    assert page.status == 200
    assert "You wait for a seat in: Lecture 2.1." in page.text
    assert "You have a seat in" not in page.text
    page = browser.get(f"/my/{queries.token_of(people[0])}")
    assert "You have a seat in: Lecture 2.1." in page.text
    assert "You wait for a seat" not in page.text


def test_r1_8_who_gives_up_waiting_waits_no_more(forum: World, pool: Pool) -> None:
    one, two, three = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    give(forum, one, two, three)
    take(forum, three)
    assert waiting() == set()
    take(forum, one)
    assert seated() == {two.id}


@pytest.mark.parametrize("how", ["withdraw", "replace", "more", "entity"])
def test_r1_8_whatever_frees_a_seat_lets_in_who_waits(forum: World, pool: Pool, how: str) -> None:
    one, two, three = accredited(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    give(forum, one, two, three)
    if how == "withdraw":
        with transaction():
            services.withdraw(forum.event.id, [one.id], actor=SYSTEM)
    elif how == "replace":
        new = instead(forum, one)
        assert seated() == {two.id, new.id}, "whoever comes instead keeps the seat"
        assert waiting() == {three.id}
        return
    elif how == "entity":
        with transaction():
            services.edit(
                forum.event.id, one.id, {"entity_id": forum.kenya.id}, version=one.version,
                actor=SYSTEM,
            )  # fmt: skip
    else:
        terms = services.PoolTerms(
            3, scope=PER_SESSION, session_id=pool.session_id, when_full="waitlist"
        )
        with transaction():
            services.change_pool(forum.event, "high-level", terms, version=1, actor=SYSTEM)
    assert three.id in seated()
    assert waiting() == set()
    assert len(told()) == 1


def test_r1_12_a_delegation_without_a_seat_there_comes_first_and_the_reason_is_shown(
    app: Flask, forum: World, pool: Pool
) -> None:
    zambia = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    kenya = sent(forum.event, forum.delegate, 2, entity_id=forum.kenya.id)
    give(forum, *zambia, *kenya)
    (use,) = queries.session_uses(queries.setup_of(forum.event.id), forum.kenya.id)
    places = use.waiting
    said = {row: (place.number, place.turn) for row, place in places.items()}
    assert said == {
        kenya[0].id: (1, Turn.NOBODY_ACCREDITED),
        kenya[1].id: (2, Turn.NOBODY_ACCREDITED),
        zambia[2].id: (3, Turn.TIME),
    }
    browser = browser_of(app, forum, kenya[0].delegation_id or 0)
    where = f"/manage/{forum.event.slug}/delegations/{delegation(kenya[0].delegation_id).ref}/seats"
    assert "3 wait" in browser.get(where).text
    page = browser.get(f"{where}/sessions/high-level")
    assert "waits, place 1 (nobody of the delegation has a seat there yet)" in page.text
    take(forum, zambia[0])
    assert kenya[0].id in seated()
    take(forum, zambia[1])
    assert seated() == {kenya[0].id, zambia[2].id}, "Kenya has one now, so the time decides"


def test_r1_8_the_part_of_a_delegation_holds_for_those_who_wait(
    forum: World, session: Session
) -> None:
    limit(forum, session, seats=3, each=1)
    one, two = sent(forum.event, forum.delegate, 2, entity_id=forum.zambia.id)
    (kenyan,) = sent(forum.event, forum.delegate, entity_id=forum.kenya.id)
    give(forum, one, two, kenyan)
    assert (seated(), waiting()) == ({one.id, kenyan.id}, {two.id}), "its own part is used up"
    take(forum, kenyan)
    assert waiting() == {two.id}
    take(forum, one)
    assert seated() == {two.id}


def test_r1_12_a_session_that_is_over_gives_no_more_seats(
    forum: World, pool: Pool, session: Session
) -> None:
    one, two, three = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    give(forum, one, two, three)
    with clock.at(session.ends_at + timedelta(minutes=1)):
        take(forum, one)
    assert waiting() == {three.id}
    assert told() == []


def test_r1_8_ten_give_up_and_ten_wait_at_once_and_no_seat_is_given_twice(
    app: Flask, forum: World, session: Session
) -> None:
    limit(forum, session, seats=4)
    rows = sent(forum.event, forum.delegate, 12, entity_id=forum.zambia.id)
    give(forum, *rows[:4])
    event_id = forum.event.id
    acts = [(services.take_session_seats, row.id) for row in rows[:4]]
    acts += [(services.give_session_seats, row.id) for row in rows[4:]]
    db.session.rollback()
    ready = threading.Barrier(len(acts))

    def act(one: int) -> None:
        service, ident = acts[one]
        with app.app_context():
            ready.wait()
            try:
                with transaction():
                    service(event_id, "high-level", [ident], actor=SYSTEM)
            finally:
                db.session.remove()

    run_together(act, list(range(len(acts))))
    here = seated()
    assert len(here) == 4
    assert here < {row.id for row in rows[4:]}
    assert waiting() == {row.id for row in rows[4:]} - here


def test_r1_8_the_focal_point_is_told_who_waits(app: Flask, forum: World, pool: Pool) -> None:
    rows = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, rows[0].delegation_id or 0)
    ref = delegation(rows[0].delegation_id).ref
    where = f"/manage/{forum.event.slug}/delegations/{ref}/seats/sessions/high-level"
    page = browser.get(where)
    page = browser.submit(page.form(action="/high-level"), who=[row.ref for row in rows])
    assert "1 person waits for a seat" in page.text
    assert (len(seated()), len(waiting())) == (2, 1)
    page = browser.get(where)
    browser.submit(page.form(action="/high-level"))
    assert (len(seated()), len(waiting())) == (2, 1), "nothing changed, nothing lost"


def test_r1_13_a_roll_call_lists_those_with_a_seat_in_the_session(app: Flask) -> None:
    event, category = make_forum()
    with transaction():
        event.switches = [*event.switches, "delegations", "roll_call"]
    session = lecture(event, "2.1", 9)
    one, two = admit(event, category), admit(event, category)
    with transaction():
        services.open_pool(
            event,
            "high-level",
            services.PoolTerms(3, scope=PER_SESSION, session_id=session.id),
            actor=SYSTEM,
        )
        services.give_session_seats(event.id, "high-level", [one.id], actor=SYSTEM)
    account = make_account()
    give_role(account, "event_owner", event)
    page = Browser(app).sign_in(account).get(f"/manage/{event.slug}/roll-call/{session.ref}")
    assert page.soup.find(id=f"p-{one.ref}")
    assert not page.soup.find(id=f"p-{two.ref}")
    assert "1 person without one is not on this list" in page.text
    assert queries.seatless(event.id, session.id, [(one, category), (two, category)]) == {two.id}
