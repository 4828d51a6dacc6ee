"""Changes by mail for those who asked for them (R3.6, decision 15)."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.agenda import services as agenda
from eventhub.calendars import services
from eventhub.calendars.models import CalendarChoice
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event
from eventhub.events.services import cancel_event
from eventhub.i18n import Translated
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant, token_of
from tests.agenda.programmes import EDITOR, change, make_room, make_session, publish
from tests.browser import Browser
from tests.calendars.reading import FEED, fetched, walk
from tests.factories import actor_with, make_category, make_registration

SOON = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def some_weeks_before() -> Any:
    with clock.at(SOON):
        yield


def opt_in(row: Registration, **given: Any) -> None:
    values = {"language": "en", "alarm_minutes": None, "shows_all": False, "by_mail": True, **given}
    with transaction():
        services.choose_calendar(row, actor=registrant(row), **values)


def delivered(app: Flask, *, after: timedelta = timedelta(0)) -> list[EmailMessage]:
    """Return the mails that leave when the worker works, so much later, oldest first."""
    folder = Path(app.extensions["eventhub.settings"].folder("mail"))
    before = set(folder.glob("*.eml"))
    db.session.rollback()
    with clock.at(SOON + after):
        while run_due(app):
            pass
    db.session.rollback()
    new = sorted(set(folder.glob("*.eml")) - before)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in new]  # type: ignore[misc]


def files(mail: EmailMessage) -> list[tuple[str, Any]]:
    """Return method and entry of each calendar file of a mail that holds one entry."""
    found = []
    for part in mail.iter_attachments():
        assert part.get_content_type() == "text/calendar"
        calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
        assert part.get_param("method") == calendar["METHOD"]
        for entry in calendar.walk("VEVENT"):
            found.append((str(calendar["METHOD"]), entry))
    return found


HALF_AN_HOUR = timedelta(minutes=32)


def test_whoever_opts_in_is_sent_the_whole_programme_once(
    app: Flask, browser: Browser, event: Event, delegate: Registration
) -> None:
    make_session(event, titles=Translated(en="One"))
    make_session(event, titles=Translated(en="Two"))
    publish(event)
    browser.get(f"/my/{token_of(delegate)}/calendar")
    browser.submit(by_mail="y")
    (mail,) = delivered(app)
    assert mail["To"] == delegate.email
    assert [(method, str(entry["SUMMARY"])) for method, entry in files(mail)] == [
        ("PUBLISH", "One"),
        ("PUBLISH", "Two"),
    ]
    browser.get(f"/my/{token_of(delegate)}/calendar")
    browser.submit()
    assert delivered(app, after=HALF_AN_HOUR) == []


def test_scenario_7_rev_1_moves_track_3_and_only_its_people_get_mail(
    app: Flask, browser: Browser, event: Event, delegate: Registration, own: str
) -> None:
    hall = make_room(event, "Haicang Hall")
    track = make_session(event, titles=Translated(en="Track 3"), access="closed", admit=("DEL",))
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    other = make_registration(event, _other_category(event), state="accredited")
    category = db.session.get_one(Category, delegate.category_id)
    silent = make_registration(event, category, state="accredited")
    opt_in(delegate)
    opt_in(other)
    delivered(app)
    change(event, track, room_id=hall.id)
    publish(event)
    assert delivered(app, after=timedelta(minutes=20)) == []
    mails = {mail["To"]: mail for mail in delivered(app, after=HALF_AN_HOUR)}
    assert set(mails) == {delegate.email, silent.email}
    assert files(mails[silent.email]) == []
    mail = mails[delegate.email]
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "moved from" in words
    assert "Open the attached file, and your calendar follows." in words
    ((method, entry),) = files(mail)
    feed = fetched(browser, own)["Track 3"]
    assert method == "REQUEST"
    assert entry["UID"] == feed["UID"] == track.uid
    assert entry["SEQUENCE"] == feed["SEQUENCE"] == 1
    assert walk(entry, "DTSTART") == walk(feed, "DTSTART")
    assert "Haicang Hall" in entry["LOCATION"]
    attendee = entry["ATTENDEE"]
    assert str(attendee) == f"mailto:{delegate.email}"
    assert attendee.params["RSVP"] == "FALSE"
    assert str(entry["ORGANIZER"]) == f"mailto:{event.contact_email}"
    public = fetched(browser, FEED)["Track 3"]
    assert {n: public[n] for n in ("UID", "SEQUENCE", "DTSTART", "LOCATION")} == {
        n: feed[n] for n in ("UID", "SEQUENCE", "DTSTART", "LOCATION")
    }


def _other_category(event: Event) -> Any:
    query = select(Category).where(Category.event_id == event.id, Category.code == "HOD")
    return db.session.scalar(query) or make_category(event, "HOD")


def test_cancelled_session_is_taken_back(app: Flask, event: Event, delegate: Registration) -> None:
    gone = make_session(event, titles=Translated(en="Dinner"))
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    opt_in(delegate)
    delivered(app)
    with transaction():
        agenda.cancel_session(event, gone, actor=EDITOR)
    publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    ((method, entry),) = files(mail)
    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert entry["UID"] == gone.uid


def test_changes_within_half_an_hour_are_one_mail_and_none_where_taken_back(
    app: Flask, event: Event, delegate: Registration
) -> None:
    hall, jimei = make_room(event, "Haicang Hall"), make_room(event, "Jimei Hall")
    one = make_session(event, titles=Translated(en="One"), room_id=jimei.id)
    two = make_session(event, titles=Translated(en="Two"), room_id=jimei.id)
    publish(event)
    opt_in(delegate)
    delivered(app)
    for session, room in ((one, hall), (two, hall), (one, jimei)):
        change(event, session, room_id=room.id)
        publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert [str(entry["SUMMARY"]) for _method, entry in files(mail)] == ["Two"]


def test_session_that_is_no_longer_theirs_is_taken_back_and_one_they_choose_arrives(
    app: Flask, event: Event, delegate: Registration
) -> None:
    one = make_session(event, titles=Translated(en="One"))
    two = make_session(event, titles=Translated(en="Two"))
    publish(event)
    with transaction():
        services.choose_sessions(delegate, [one.ref], actor=registrant(delegate))
    opt_in(delegate)
    delivered(app)
    with transaction():
        services.choose_sessions(delegate, [two.ref], actor=registrant(delegate))
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert {(method, str(entry["SUMMARY"])) for method, entry in files(mail)} == {
        ("REQUEST", "Two"),
        ("CANCEL", "One"),
    }
    assert {entry["SEQUENCE"] for method, entry in files(mail) if method == "CANCEL"} == {1}


def test_cancelled_event_is_told_of_each_session(
    app: Flask, event: Event, delegate: Registration
) -> None:
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    opt_in(delegate)
    delivered(app)
    with transaction():
        cancel_event(event, notice=Translated(), actor=actor_with("event.cancel"))
    mails = delivered(app, after=HALF_AN_HOUR)
    found = [file for mail in mails if "of yours" in mail["Subject"] for file in files(mail)]
    assert [(method, entry["STATUS"]) for method, entry in found] == [("CANCEL", "CANCELLED")]


def test_many_changes_are_one_file(app: Flask, event: Event, delegate: Registration) -> None:
    hall = make_room(event, "Haicang Hall")
    sessions = [make_session(event) for _n in range(13)]
    publish(event)
    opt_in(delegate)
    delivered(app)
    for session in sessions:
        change(event, session, room_id=hall.id)
    publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert len(list(mail.iter_attachments())) == 1
    found = files(mail)
    assert len(found) == 13
    assert {(method, entry["SEQUENCE"]) for method, entry in found} == {("PUBLISH", 1)}


@pytest.mark.parametrize("why", ["opted out", "withdrawn", "erased", "never asked"])
def test_who_did_not_ask_or_has_gone_gets_none(
    app: Flask, event: Event, delegate: Registration, why: str
) -> None:
    session = make_session(event)
    publish(event)
    if why != "never asked":
        opt_in(delegate)
        delivered(app)
    if why == "opted out":
        opt_in(delegate, by_mail=False)
    with transaction():
        if why == "withdrawn":
            delegate.state = "withdrawn"
        if why == "erased":
            delegate.erased_at = clock.now()
    change(event, session, titles=Translated(en="Other"))
    publish(event)
    assert [file for mail in delivered(app, after=HALF_AN_HOUR) for file in files(mail)] == []
    assert "calendars.updated" not in set(db.session.scalars(select(OutboxMail.message)))


def test_opting_out_before_the_letter_leaves_drops_it(
    app: Flask, event: Event, delegate: Registration
) -> None:
    make_session(event)
    publish(event)
    opt_in(delegate)
    opt_in(delegate, by_mail=False)
    assert delivered(app) == []
    assert db.session.scalar(select(OutboxMail.state)) == "dropped"


def test_before_publishing_nothing_is_sent_and_then_everything(
    app: Flask, event: Event, delegate: Registration
) -> None:
    opt_in(delegate)
    assert delivered(app) == []
    make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert [(method, str(e["SUMMARY"])) for method, e in files(mail)] == [("REQUEST", "Plenary")]


def test_telling_asks_the_same_for_1_and_20_people(
    event: Event, delegate: Registration, statements: list[str]
) -> None:
    session = make_session(event)
    publish(event)
    counts = []
    category = _other_category(event)
    opt_in(delegate)
    for more, title in ((0, "A"), (19, "B")):
        for _n in range(more):
            opt_in(make_registration(event, category, state="accredited"))
        change(event, session, titles=Translated(en=title))
        publish(event)
        db.session.expire_all()
        statements.clear()
        with transaction():
            assert services.tell_news(event.id) == more + 1
        asked = [one for one in statements if one.startswith("SELECT")]
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_session_nobody_may_know_of_any_more_is_taken_back_without_new_words(
    app: Flask, event: Event, delegate: Registration
) -> None:
    session = make_session(event, titles=Translated(en="Consultation"))
    publish(event)
    opt_in(delegate)
    delivered(app)
    change(event, session, access="private", titles=Translated(en="Secret talks"))
    publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert "Secret" not in mail.as_string()
    assert "is no longer in your programme" in mail.as_string()
    rendered = select(Job.state).where(Job.name == "agenda.render")
    assert set(db.session.scalars(rendered)) == {"done"}
    ((method, entry),) = files(mail)
    assert (method, str(entry["SUMMARY"])) == ("CANCEL", "Consultation")
    assert "Secret" not in str(db.session.get_one(CalendarChoice, delegate.id).told)


def test_version_under_embargo_is_told_once_it_is_public(
    app: Flask, event: Event, delegate: Registration
) -> None:
    session = make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    opt_in(delegate)
    delivered(app)
    change(event, session, titles=Translated(en="Opening"))
    terms = agenda.Terms(public_from=SOON + timedelta(hours=2))
    with transaction():
        agenda.publish_agenda(event, terms=terms, actor=EDITOR)
    assert delivered(app, after=HALF_AN_HOUR) == []
    assert delivered(app, after=timedelta(hours=2, minutes=20)) == []
    (mail,) = delivered(app, after=timedelta(hours=2, minutes=32))
    assert [str(entry["SUMMARY"]) for _method, entry in files(mail)] == ["Opening"]


def test_who_wants_files_without_words_gets_a_letter_where_the_calendar_changes_alone(
    app: Flask, event: Event, delegate: Registration
) -> None:
    session = make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    opt_in(delegate)
    with transaction():
        services.want_letters(delegate, wanted=False, actor=registrant(delegate))
    delivered(app)
    change(event, session, descriptions=Translated(en="More about it"))
    publish(event)
    assert delivered(app, after=HALF_AN_HOUR) == []
    change(event, session, titles=Translated(en="Opening"))
    publish(event)
    (mail,) = delivered(app, after=2 * HALF_AN_HOUR)
    assert "1 session of yours changed" in mail["Subject"]
    assert [str(entry["SUMMARY"]) for _method, entry in files(mail)] == ["Opening"]


def test_who_is_not_yet_confirmed_gets_the_files_too(
    app: Flask, event: Event, delegate: Registration
) -> None:
    session = make_session(event, titles=Translated(en="Plenary"))
    publish(event)
    with transaction():
        delegate.state = "submitted"
    opt_in(delegate)
    delivered(app)
    change(event, session, titles=Translated(en="Opening"))
    publish(event)
    (mail,) = delivered(app, after=HALF_AN_HOUR)
    assert [str(entry["SUMMARY"]) for _method, entry in files(mail)] == ["Opening"]
