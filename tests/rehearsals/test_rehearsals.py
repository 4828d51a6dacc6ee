"""Rehearsals made by hand (decision 25): invented people, and a programme that is public."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.agenda.queries import find_newest, programme_in
from eventhub.agenda.services import ask_two_persons
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import Base, db, transaction
from eventhub.entities.services import load_reference
from eventhub.events import services as events
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.registration.models import Registration
from eventhub.rehearsals.people import stand_ins_of
from eventhub.rehearsals.services import FILL, fill, rehearse
from tests.agenda.programmes import make_session
from tests.browser import Browser
from tests.factories import give, make_account, make_institution, make_registration

STARTS = date(2026, 6, 2)


@pytest.fixture
def make(app: Flask, noon: datetime) -> Callable[..., Event]:
    """Return a function that makes and publishes an event of a preset, with one session."""
    with transaction():
        load_reference(actor=SYSTEM)
    institution = make_institution(languages=["zh", "en"])

    def create(preset: str, **given: Any) -> Event:
        values = {
            "preset": preset,
            "institution_id": institution.id,
            "title": "Digital Meeting",
            "starts_on": STARTS,
            "ends_on": STARTS + timedelta(days=1),
            "city": "Xiamen",
            "actor": SYSTEM,
        }
        with transaction():
            event = events.create_event(**{**values, **given})
            events.publish_event(event, actor=SYSTEM)
        return event

    return create


def rehearsed(event: Event, **given: Any) -> Event:
    with transaction():
        return rehearse(event, starts_on=clock.now().date(), actor=SYSTEM, **given)


def states(event: Event) -> Counter[str]:
    db.session.rollback()
    rows = db.session.scalars(select(Registration.state).where(Registration.event_id == event.id))
    return Counter(rows)


@pytest.mark.parametrize("preset", ["side_event", "seminar"])
def test_decision_25_stand_ins_stand_where_their_lines_say(
    make: Callable[..., Event], preset: str
) -> None:
    copy = rehearsed(make(preset))
    told = fill(copy.id)
    by_itself = {"submitted": "nominated"}  # nobody has to vouch where delegations are off
    ends = (one.state_at(preset) or "" for one in stand_ins_of(preset))
    wanted = Counter(by_itself.get(end, end) for end in ends)
    assert told == {"people": 40, "stopped": 0}
    assert states(copy) == wanted
    (new,) = db.session.scalars(
        select(Registration).where(
            Registration.event_id == copy.id, Registration.replaces_id.is_not(None)
        )
    )
    assert new.state == "accredited"


def test_people_of_a_forum_come_with_photos_and_letters(make: Callable[..., Event]) -> None:
    copy = rehearsed(make("forum"))
    told = fill(copy.id)
    found = states(copy)
    assert told["people"] == 40
    assert found["accredited"] >= 20, found
    rows = db.session.scalars(
        select(Registration).where(
            Registration.event_id == copy.id, Registration.state == "accredited"
        )
    ).all()
    assert all(row.photo_id and row.delegation_id for row in rows)


def test_fill_twice_makes_nobody_twice(make: Callable[..., Event]) -> None:
    copy = rehearsed(make("side_event"))
    fill(copy.id)
    assert fill(copy.id) == {"people": 0, "stopped": 0}
    assert sum(states(copy).values()) == 40


def test_who_was_there_when_the_work_was_broken_off_is_not_made_again(
    make: Callable[..., Event],
) -> None:
    copy = rehearsed(make("side_event"))
    first, *_others = stand_ins_of("side_event")
    category = categories_of(copy.id, only_on=True)[0]
    email = f"{first.id.lower()}@standins.example.org"
    make_registration(copy, category, email=email, source="loader")
    assert fill(copy.id)["people"] == 39
    assert sum(states(copy).values()) == 40


def test_nothing_but_a_rehearsal_is_filled(make: Callable[..., Event]) -> None:
    event = make("side_event")
    assert fill(event.id) == {"people": 0, "stopped": 0}
    assert fill(event.id + 1000) == {"people": 0, "stopped": 0}
    assert not states(event)


def test_whom_the_set_up_has_no_room_for_stays_behind(make: Callable[..., Event]) -> None:
    copy = rehearsed(make("side_event", places=10))
    told = fill(copy.id)
    assert told["people"] >= 30
    assert told["stopped"] > 0
    assert states(copy)["accredited"] <= 10


def test_visitors_who_came_first_are_kept(make: Callable[..., Event]) -> None:
    copy = rehearsed(make("side_event"))
    category = categories_of(copy.id, only_on=True)[0]
    visitor = make_registration(copy, category)
    fill(copy.id)
    assert db.session.get(Registration, visitor.id) is not None
    assert sum(states(copy).values()) == 41


def test_page_makes_it_and_the_worker_fills_it(
    app: Flask, make: Callable[..., Event], browser: Browser
) -> None:
    event = make("side_event")
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    page = browser.get(f"/manage/{event.slug}/rehearse")
    assert "invented people" in page.text
    browser.submit(follow=False)
    (copy,) = db.session.scalars(select(Event).where(Event.rehearsal_of_id == event.id)).all()
    assert copy.slug == f"{event.slug}-rehearsal"
    assert not states(copy)
    run_due(app)
    assert sum(states(copy).values()) == 40


def test_page_without_the_tick_makes_an_empty_one(
    make: Callable[..., Event], browser: Browser
) -> None:
    event = make("side_event")
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    browser.get(f"/manage/{event.slug}/rehearse")
    browser.submit(stand_ins=None, follow=False)
    (copy,) = db.session.scalars(select(Event).where(Event.rehearsal_of_id == event.id)).all()
    assert not db.session.scalars(select(Job).where(Job.name == FILL)).all()
    assert copy.erased_on == clock.now().date() + timedelta(days=14)


@pytest.mark.parametrize("two_persons", [False, True])
def test_programme_is_public_at_once(make: Callable[..., Event], two_persons: bool) -> None:
    event = make("forum")
    with transaction():
        ask_two_persons(event, wanted=two_persons, actor=SYSTEM)
    make_session(event)
    copy = rehearsed(event)
    version = find_newest(copy.id)
    assert version is not None
    (session,) = programme_in(version).sessions
    assert session.starts.startswith(f"{copy.starts_on:%Y-%m-%d}")


def test_stand_ins_go_with_the_rehearsal(make: Callable[..., Event]) -> None:
    copy = rehearsed(make("forum"))
    fill(copy.id)
    copy_id = copy.id
    with transaction():
        events.erase_event(copy, actor=SYSTEM)
    for table in Base.metadata.sorted_tables:
        if "event_id" in table.c and table.name not in ("audit_entry", "job"):
            query = select(func.count()).select_from(table).where(table.c.event_id == copy_id)
            assert db.session.scalar(query) == 0, table.name


def test_mails_to_stand_ins_are_caught(app: Flask, make: Callable[..., Event]) -> None:
    copy = rehearsed(make("side_event"))
    fill(copy.id)
    run_due(app)
    found = set(db.session.scalars(select(OutboxMail.state).where(OutboxMail.event_id == copy.id)))
    assert "caught" in found
    assert found <= {"caught", "dropped"}
