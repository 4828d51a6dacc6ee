"""Who is told of a revised programme, when and of what (R3.5)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.agenda import services as agenda
from eventhub.agenda.models import ProgrammeVersion, Session
from eventhub.agenda.queries import find_programme
from eventhub.agenda.services import Terms, news_of, readers_of
from eventhub.calendars import services
from eventhub.calendars.models import Star
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.registration.models import Pool, Registration, SessionSeat
from eventhub.registration.queries import token_of
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser
from tests.factories import keep, make_category, make_event, make_registration
from tests.mail.letters import SentLetter, letters

HALF_AN_HOUR = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def event(app: Flask, noon: datetime) -> Iterator[Event]:
    """Return a forum on 2 and 3 April 2026; it is noon on 1 March."""
    return make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), languages=["en", "fr"])


@pytest.fixture
def delegate(event: Event) -> Category:
    """Return the category of delegates."""
    return make_category(event, "DEL")


def _person(event: Event, category: Category, **given: object) -> Registration:
    return make_registration(event, category, **{"state": "accredited", **given})


def _later(app: Flask, minutes: float) -> list[SentLetter]:
    """Let the worker run so many minutes after noon; return all letters sent until then."""
    with clock.at(datetime.fromisoformat("2026-03-01T12:00:00+00:00") + minutes * MINUTE):
        run_due(app)
    db.session.rollback()
    return letters(app)


def _at(minutes: float) -> datetime:
    return datetime.fromisoformat("2026-03-01T12:00:00+00:00") + minutes * MINUTE


def _moved(event: Event, session: Session, hour: int = 14) -> None:
    starts = wall(f"2026-04-02T{hour:02}:30")
    change(event, session, starts=starts, ends=starts + timedelta(hours=1))


def test_r3_5_only_the_admitted_are_told(app: Flask, event: Event, delegate: Category) -> None:
    media = make_category(event, "MED")
    closed = make_session(event, access="closed", admit=("DEL",))
    make_session(event)
    told, _other = _person(event, delegate), _person(event, media)
    _person(event, delegate, state="submitted")
    publish(event)
    _moved(event, closed)
    publish(event)
    assert _later(app, 29) == []
    assert [letter.to for letter in _later(app, 30)] == [told.email]
    assert len(_later(app, 300)) == 1


def test_r3_5_whoever_starred_is_told_of_those_sessions_alone(
    app: Flask, event: Event, delegate: Category
) -> None:
    first, second = make_session(event), make_session(event)
    ours, theirs = _person(event, delegate), _person(event, delegate)
    for person, session in ((ours, first), (theirs, second)):
        keep(Star(registration_id=person.id, session_id=session.id, event_id=event.id))
    publish(event)
    _moved(event, second)
    publish(event)
    assert [letter.to for letter in _later(app, 30)] == [theirs.email]


def test_r3_5_seats_given_by_name_count(app: Flask, event: Event, delegate: Category) -> None:
    session = make_session(event)
    seated, _standing = _person(event, delegate), _person(event, delegate)
    pool = keep(Pool(event_id=event.id, code="s", scope="per_session", seats=1,
                     session_id=session.id))  # fmt: skip
    keep(SessionSeat(event_id=event.id, pool_id=pool.id, registration_id=seated.id))
    publish(event)
    _moved(event, session)
    publish(event)
    assert [letter.to for letter in _later(app, 30)] == [seated.email]


def test_r3_5_speakers_are_told_once_in_their_language(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event, titles=Translated(en="Track 3", fr="Volet 3"), access="private")
    alone = make_speaker(event, email="alone@example.org")
    both = make_speaker(event, email="both@example.org")
    silent = make_speaker(event)
    with transaction():
        alone.language = "fr"
    _person(event, delegate, speaker_id=both.id, email="mission@example.org")
    name_speakers(session, (alone, "chair"), (both, "panellist"), (silent, "panellist"))
    publish(event)
    _moved(event, session)
    publish(event)
    told = {letter.to: letter.text for letter in _later(app, 30)}
    assert set(told) == {"alone@example.org", "mission@example.org"}
    assert "Volet 3" in told["alone@example.org"]
    assert "Track 3" in told["mission@example.org"]


def test_r3_5_several_publications_make_one_letter_with_the_final_difference(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event, code="2.3", titles=Translated(en="Track 3"))
    _person(event, delegate)
    publish(event)
    for minute, hour in ((0, 14), (10, 15), (25, 16)):
        with clock.at(_at(minute)):
            _moved(event, session, hour)
            publish(event)
    (letter,) = _later(app, 30)
    assert "2.3 Track 3 moved from 09:00–10:00 to 16:30–17:30." in letter.text
    assert "15:30" not in letter.text
    assert "Rev.3" in letter.text
    assert len(_later(app, 90)) == 1


def test_r3_5_what_is_taken_back_is_told_nobody(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event)
    _person(event, delegate)
    publish(event)
    _moved(event, session, 14)
    publish(event)
    with clock.at(_at(10)), transaction():
        agenda.go_back(event, 0, Terms(), actor=EDITOR)
    assert _later(app, 60) == []


def test_r3_5_next_letter_comes_half_an_hour_later_at_the_earliest(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event)
    _person(event, delegate)
    publish(event)
    _moved(event, session, 14)
    publish(event)
    assert len(_later(app, 30)) == 1
    with clock.at(_at(31)):
        _moved(event, session, 15)
        publish(event)
    assert [len(_later(app, minute)) for minute in (32, 60, 61)] == [1, 1, 2]


def test_embargoed_version_is_told_when_it_is_public(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event)
    _person(event, delegate)
    publish(event)
    _moved(event, session)
    with transaction():
        agenda.publish_agenda(event, terms=Terms(public_from=_at(120)), actor=EDITOR)
    assert _later(app, 149) == []
    assert len(_later(app, 150)) == 1


def test_cancelled_embargo_is_told_nobody(app: Flask, event: Event, delegate: Category) -> None:
    session = make_session(event)
    _person(event, delegate)
    publish(event)
    _moved(event, session)
    with transaction():
        agenda.publish_agenda(event, terms=Terms(public_from=_at(120)), actor=EDITOR)
        agenda.cancel_embargo(event, 1, actor=EDITOR)
    assert _later(app, 300) == []


@pytest.mark.parametrize("state", ["cancelled", "archived", "draft"])
def test_event_that_does_not_take_place_tells_nobody(
    app: Flask, event: Event, delegate: Category, state: str
) -> None:
    session = make_session(event)
    _person(event, delegate)
    publish(event)
    _moved(event, session)
    publish(event)
    with transaction():
        event.state = state
    assert _later(app, 60) == []


def test_first_publication_tells_nobody(app: Flask, event: Event, delegate: Category) -> None:
    make_session(event)
    _person(event, delegate)
    publish(event)
    assert _later(app, 60) == []


def test_letters_end_by_the_link_in_them_and_come_again(
    app: Flask, event: Event, delegate: Category, browser: Browser
) -> None:
    session = make_session(event)
    person = _person(event, delegate)
    publish(event)
    _moved(event, session, 14)
    publish(event)
    (letter,) = _later(app, 30)
    way = f"/my/{token_of(person)}/letters"
    assert way in letter.text
    browser.get(way)
    assert "You get no more letters" in browser.submit().text
    with clock.at(_at(60)):
        _moved(event, session, 15)
        publish(event)
    assert len(_later(app, 90)) == 1
    assert "You get a letter again" in browser.submit().text
    with clock.at(_at(120)):
        _moved(event, session, 16)
        publish(event)
    assert len(_later(app, 150)) == 2


def test_who_withdrew_before_the_letter_left_gets_none(
    app: Flask, event: Event, delegate: Category
) -> None:
    session = make_session(event)
    person = _person(event, delegate)
    publish(event)
    _moved(event, session)
    publish(event)
    with clock.at(_at(30)), transaction():
        assert agenda.tell_readers(event) == 1
        person.state = "withdrawn"
    assert _later(app, 31) == []


def test_notices_are_one_insert_however_many_they_are(
    app: Flask, event: Event, delegate: Category, statements: list[str]
) -> None:
    session = make_session(event)
    publish(event)
    _moved(event, session)
    publish(event)

    def sent(people: int) -> int:
        for _turn in range(people):
            _person(event, delegate)
        with transaction():
            for version in db.session.scalars(select(ProgrammeVersion)):
                version.told_at = None if version.number else version.published_at
        statements.clear()
        with clock.at(_at(60)), transaction():
            agenda.tell_readers(event)
        return len(statements)

    assert sent(1) == sent(30)
    assert db.session.query(OutboxMail).count() == 1 + 31


def test_r3_5_renamed_room_concerns_those_whose_sessions_are_in_it(
    event: Event, delegate: Category
) -> None:
    room = make_room(event, "Room Jimei")
    closed = make_session(event, room_id=room.id, access="closed", admit=("DEL",))
    make_session(event)
    _person(event, delegate)
    _person(event, make_category(event, "MED"))
    publish(event)
    with transaction():
        room.names = Translated(en="Room Haicang")
    publish(event)
    before, after = find_programme(event.id, 0), find_programme(event.id, 1)
    assert before is not None
    assert after is not None
    (reader,) = readers_of(news_of(event, before, after))
    assert reader.uids == {closed.uid}


def test_chosen_letters_are_kept_with_the_calendar(event: Event, delegate: Category) -> None:
    person = _person(event, delegate)
    with transaction():
        services.want_letters(person, wanted=False, actor=SYSTEM)
        row = services.choose_calendar(
            person, language="fr", alarm_minutes=None, shows_all=True, actor=SYSTEM
        )
    assert (row.by_letter, row.language) == (False, "fr")
