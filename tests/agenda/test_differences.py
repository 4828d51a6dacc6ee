"""What a revision changes, in words (R3.5), and what everybody may read of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.models import Session, Track
from eventhub.agenda.telling import tell
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.services import remove_room
from eventhub.events.services.changing import change_dates_and_place
from eventhub.i18n import Translated, use
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
from tests.factories import make_event

PUBLIC = "/en/xiamen-2026/programme/changes"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen."""
    return make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), languages=["en", "fr"])


@pytest.fixture
def track(event: Event) -> Track:
    """Return a track of the event."""
    with transaction():
        return services.add_track(event.id, "B", Translated(en="Digital trade"), actor=EDITOR)


@pytest.fixture
def session(event: Event) -> Session:
    """Return the published session 2.3, Thursday 14:15 to 17:15 in Room Jimei."""
    session = make_session(
        event, code="2.3", titles=Translated(en="Track 3", fr="Volet 3"),
        room_id=make_room(event, "Room Jimei").id,
        starts=wall("2026-04-02T14:15"), ends=wall("2026-04-02T17:15"),
    )  # fmt: skip
    publish(event)
    return session


def _told(event: Event) -> list[str]:
    pending = services.what_would_change(event)
    return [s for _kind, s in tell(pending.changes, pending.before, pending.programme)]


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ({"code": "2.4"}, ["2.4 Track 3: its code is now 2.4."]),
        ({"kind": "panel"}, ["2.3 Track 3: it is now of the kind Panel."]),
        ({"access": "pass_holders"}, ["2.3 Track 3: who may come is now Holders of a pass."]),
        (
            {"access": "closed", "admit": ("HOD", "DEL")},
            [
                "2.3 Track 3: who may come is now Closed.",
                "2.3 Track 3: the categories admitted are now HOD, DEL.",
            ],
        ),
        (
            {"floor_languages": ("en", "fr")},
            ["2.3 Track 3: the floor now speaks English, French."],
        ),
        ({"interpretation": ("zh",)}, ["2.3 Track 3: interpretation is now Chinese."]),
        ({"descriptions": Translated(en="About")}, ["2.3 Track 3: the description changed."]),
        (
            {"titles": Translated(en="Third track")},
            ["2.3 Track 3 is now called Third track."],
        ),
        (
            {"room_id": None, "place_note": Translated(en="Garden")},
            ["2.3 Track 3 moved from Room Jimei to Garden."],
        ),
        (
            {"starts": wall("2026-04-03T09:00"), "ends": wall("2026-04-03T12:00")},
            [
                "2.3 Track 3 moved from Thu 2 April, 14:15–17:15 to Fri 3 April, 09:00–12:00.",
            ],
        ),
        ({"ends": wall("2026-04-02T17:00")}, ["2.3 Track 3 ends at 17:00 instead of 17:15."]),
        (
            {"starts": wall("2026-04-02T14:30")},
            ["2.3 Track 3 moved from 14:15 to 14:30."],
        ),
        (
            {"starts": wall("2026-04-02T14:30"), "ends": wall("2026-04-02T17:30")},
            ["2.3 Track 3 moved from 14:15–17:15 to 14:30–17:30."],
        ),
        (
            {"ends": wall("2026-04-03T01:00")},
            ["2.3 Track 3 ends at Fri 3 April, 01:00 instead of Thu 2 April, 17:15."],
        ),
    ],
)
def test_r3_5_each_change_is_said_in_words(
    event: Event, session: Session, given: dict[str, Any], sentences: list[str]
) -> None:
    change(event, session, **given)
    assert _told(event) == sentences


def test_r3_5_track_and_room_are_named(event: Event, session: Session, track: Track) -> None:
    room = make_room(event, "Room Haicang")
    change(
        event, session, track_id=track.id, room_id=room.id,
        starts=wall("2026-04-02T14:30"), ends=wall("2026-04-02T17:00"),
    )  # fmt: skip
    assert _told(event) == [
        "2.3 Track 3 moved from Room Jimei to Room Haicang, 14:15–17:15 to 14:30–17:00.",
        "2.3 Track 3: its track is now Digital trade.",
    ]


def test_r3_5_renamed_room_and_reopened_session(event: Event, session: Session) -> None:
    with transaction():
        services.cancel_session(event, session, actor=EDITOR)
        next(iter(queries.load_draft(event.id).rooms.values())).names = Translated(en="Hall A")
    assert _told(event) == ["2.3 Track 3 is cancelled.", "Room Jimei is now called Hall A."]
    publish(event)
    with transaction():
        services.reopen_session(event, session, actor=EDITOR)
    assert _told(event) == ["2.3 Track 3 takes place after all."]


def test_r3_5_tentative_and_confirmed(event: Event, session: Session) -> None:
    with transaction():
        session.status = "tentative"
    assert _told(event) == ["2.3 Track 3 is now tentative."]


@pytest.mark.parametrize("language", ["fr", "zh", "ar"])
def test_r3_5_in_the_readers_language_with_every_name(
    event: Event, session: Session, language: str
) -> None:
    name_speakers(session, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    change(event, session, interpretation=("zh",), kind="panel", code="9")
    with use(language):
        told = " ".join(_told(event))
    assert "Ms. Ama TETTEH" in told
    assert ("Volet 3" if language == "fr" else "Track 3") in told
    assert "%(" not in told


def test_new_time_zone_leaves_wall_times_and_moves_instants(event: Event, session: Session) -> None:
    other = make_session(event, code="1", starts=wall("2026-04-02T09:00"))
    publish(event)
    with transaction():
        change_dates_and_place(
            event, starts_on=event.starts_on, ends_on=event.ends_on, zone="Africa/Lusaka",
            cities=Translated(en="Lusaka"), venue_names=Translated(), actor=EDITOR,
        )  # fmt: skip
    assert session.starts == wall("2026-04-02T14:15")
    assert session.starts_at == datetime(2026, 4, 2, 12, 15, tzinfo=UTC)
    assert _told(event) == [
        "All times are now those of Lusaka instead of Shanghai; what clocks show stays."
    ]
    publish(event)
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert {s.code: (s.sequence, s.starts) for s in programme.sessions} == {
        "2.3": (1, "2026-04-02T14:15"),
        "1": (1, "2026-04-02T09:00"),
    }
    assert other.zone == "Africa/Lusaka"


def test_new_time_zone_in_whose_gap_a_session_lies_takes_the_time_after_it(app: Flask) -> None:
    event = make_event(starts_on=date(2026, 3, 8), zone="Africa/Lusaka")
    session = make_session(event, starts=wall("2026-03-08T02:15"), ends=wall("2026-03-08T04:00"))
    with transaction():
        change_dates_and_place(
            event, starts_on=event.starts_on, ends_on=event.ends_on, zone="America/New_York",
            cities=Translated(en="New York"), venue_names=Translated(), actor=EDITOR,
        )  # fmt: skip
    assert (session.starts, session.starts_at) == (
        wall("2026-03-08T03:00"), datetime(2026, 3, 8, 7, tzinfo=UTC),
    )  # fmt: skip


def test_room_is_not_deleted_under_its_sessions(event: Event, session: Session) -> None:
    room = next(iter(queries.load_draft(event.id).rooms.values()))
    with transaction(), pytest.raises(Conflict):
        remove_room(event, room, actor=EDITOR)
    change(event, session, room_id=None)
    with transaction():
        remove_room(event, room, actor=EDITOR)
    assert _told(event) == ["2.3 Track 3 moved from Room Jimei to no room."]
    publish(event)
    with transaction():
        services.go_back(event, 0, services.Terms(), with_draft=True, actor=EDITOR)
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert programme.rooms[programme.sessions[0].room or ""]["names"] == {"en": "Room Jimei"}


def _closed(event: Event, **given: Any) -> Session:
    values = {"titles": Translated(en="Talks"), "access": "closed", "admit": ("HOD",)}
    return make_session(event, code="X", **{**values, **given})


@pytest.mark.parametrize(
    ("make", "told", "hidden"),
    [
        (lambda event: _closed(event), "X Talks moved", "description"),
        (lambda event: _closed(event, hides_title=True), "X Closed meeting moved", "Talks"),
        (lambda event: _closed(event, access="private"), "Nothing that is public.", "Talks"),
    ],
)
def test_r3_2_everybody_reads_of_closed_sessions_what_they_may(
    browser: Browser, event: Event, make: Callable[[Event], Session], told: str, hidden: str
) -> None:
    session = make(event)
    publish(event)
    starts = session.starts + timedelta(hours=2)
    change(
        event, session, starts=starts, ends=starts + timedelta(hours=1),
        descriptions=Translated(en="Secret"),
    )  # fmt: skip
    name_speakers(session, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    publish(event)
    text = browser.get(PUBLIC).text
    assert told in text
    assert hidden not in text
    assert "TETTEH" not in text


def test_r3_2_title_hidden_later_is_hidden_in_every_revision(
    browser: Browser, event: Event
) -> None:
    session = _closed(event, access="open", kind="drafting")
    publish(event)
    change(event, session, titles=Translated(en="Talks on the text"), access="closed")
    publish(event)
    assert "X Talks is now called Talks on the text." in browser.get(PUBLIC).text
    change(event, session, hides_title=True)
    publish(event)
    assert "Talks" not in browser.get(PUBLIC).text
    change(event, session, hides_title=False)
    publish(event)
    page = browser.get(PUBLIC).text
    assert "X Closed meeting is now called Talks on the text." in page
    assert "X Talks on the text: it is now of the kind Drafting." in page


def test_what_became_private_is_said_to_be_taken_off(
    browser: Browser, event: Event, session: Session
) -> None:
    change(event, session, access="private", admit=("HOD",))
    publish(event)
    assert "2.3 Track 3 is taken off the programme." in browser.get(PUBLIC).text


def test_r3_5_page_lists_revisions_newest_first_and_is_made_once(
    browser: Browser, event: Event, session: Session
) -> None:
    assert browser.get(PUBLIC).status == 404
    for title in ("Second", "Third"):
        change(event, session, titles=Translated(en=title))
        publish(event)
    page = browser.get(PUBLIC)
    headings = [one.get_text() for one in page.soup.select("section h2")]
    assert headings == ["Rev.2", "Rev.1"]
    assert "2.3 Second is now called Third." in page.text
    etag = page.response.headers["ETag"]
    assert browser.get(PUBLIC, **{"If-None-Match": etag}).status == 304
    assert "What changed" in browser.get("/en/xiamen-2026/programme").text
