"""The address by which one joins from afar: in one's own feed, never in a public one (R1.27)."""

from typing import Any

import pytest

from eventhub.agenda import services as agenda
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import Translated
from eventhub.registration.models import Registration, RemoteSession
from tests.agenda.programmes import EDITOR, make_session, publish
from tests.browser import Browser
from tests.calendars.reading import FEED, fetched
from tests.factories import actor_with, keep

MEETING = "https://video.example/r/{id}?name={name}"


@pytest.fixture
def hybrid(event: Event) -> Event:
    """Return the forum, followed from afar too."""
    with transaction():
        event.mode, event.online_url = "hybrid", MEETING
        event.switches = [*event.switches, "remote"]
    return event


def be(row: Registration, **given: Any) -> None:
    with transaction():
        for name, value in given.items():
            setattr(row, name, value)


def test_r3_6_whoever_joins_from_afar_has_a_conference_of_their_own(
    browser: Browser, hybrid: Event, delegate: Registration, own: str
) -> None:
    make_session(hybrid, titles=Translated(en="Plenary"))
    make_session(hybrid, titles=Translated(en="Dinner"), kind="social")
    publish(hybrid)
    be(delegate, mode="remote")
    found = fetched(browser, own)
    join = str(found["Plenary"]["CONFERENCE"])
    assert join.startswith(f"https://video.example/r/{delegate.ref}?name=")
    assert found["Plenary"]["CONFERENCE"].params["FEATURE"] == "VIDEO"
    assert f"Join the meeting: {join}" in found["Plenary"]["DESCRIPTION"]
    assert "CONFERENCE" not in found["Dinner"]


@pytest.mark.parametrize(
    "who",
    [
        {"mode": "in_person"},
        {"mode": "remote", "state": "submitted"},
        {"mode": "remote", "state": "withdrawn"},
    ],
)
def test_nobody_else_is_told_how_to_join(
    browser: Browser, hybrid: Event, delegate: Registration, own: str, who: dict[str, str]
) -> None:
    session = make_session(hybrid, titles=Translated(en="Plenary"))
    publish(hybrid)
    be(delegate, **who)
    assert "Plenary" in fetched(browser, own)
    day = "/en/xiamen-2026/programme/2026-04-02.ics"
    one = f"/en/xiamen-2026/programme/sessions/{session.ref}.ics"
    for url in (own, FEED, day, one):
        assert b"video.example" not in browser.get(url).response.data.replace(b"\r\n ", b"")


def test_who_follows_one_session_from_afar_joins_that_alone(
    browser: Browser, hybrid: Event, delegate: Registration, own: str
) -> None:
    one = make_session(hybrid, titles=Translated(en="One"))
    make_session(hybrid, titles=Translated(en="Two"))
    publish(hybrid)
    keep(RemoteSession(registration_id=delegate.id, session_id=one.id, event_id=hybrid.id))
    assert "CONFERENCE" not in fetched(browser, own)["One"]
    _allow_single_sessions(hybrid)
    found = fetched(browser, own)
    assert "CONFERENCE" in found["One"]
    assert "CONFERENCE" not in found["Two"]


def _allow_single_sessions(event: Event) -> None:

    with transaction():
        change_setting(event, "remote", {"per_session": True}, actor=actor_with("event.edit"))
    db.session.expire_all()


def test_changed_address_of_the_meeting_changes_the_feed(
    browser: Browser, hybrid: Event, delegate: Registration, own: str
) -> None:
    make_session(hybrid)
    publish(hybrid)
    be(delegate, mode="remote")
    etag = browser.get(own).response.headers["ETag"]
    be(hybrid, online_url="https://other.example/{id}")  # type: ignore[arg-type]
    page = browser.get(own, **{"If-None-Match": etag})
    assert page.status == 200
    assert b"other.example" in page.response.data


def test_cancelled_session_cannot_be_joined(
    browser: Browser, hybrid: Event, delegate: Registration, own: str
) -> None:
    session = make_session(hybrid, titles=Translated(en="Plenary"))
    publish(hybrid)
    be(delegate, mode="remote")
    with transaction():
        agenda.cancel_session(hybrid, session, actor=EDITOR)
    publish(hybrid)
    found = fetched(browser, own)["Plenary"]
    assert found["STATUS"] == "CANCELLED"
    assert "CONFERENCE" not in found


def test_feed_of_a_remote_participant_reads_little(
    browser: Browser, hybrid: Event, delegate: Registration, own: str, statements: list[str]
) -> None:
    make_session(hybrid)
    publish(hybrid)
    be(delegate, mode="remote")
    statements.clear()
    assert browser.get(own).status == 200
    assert len(statements) <= 8
