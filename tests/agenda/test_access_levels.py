"""Who may come, and what others read of it (R3.2)."""

import json
from datetime import date

import pytest
from flask import Flask

from eventhub.agenda import queries
from eventhub.agenda.models import Session
from eventhub.agenda.rules import ACCESS, KINDS, admits
from eventhub.agenda.services import add_track
from eventhub.agenda.services.documents import change_document
from eventhub.agenda.words import ACCESS_SENTENCES
from eventhub.agenda.words import KINDS as KIND_WORDS
from eventhub.calendars.queries import feed_token
from eventhub.core.db import transaction
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
)
from tests.agenda.test_documents import attach
from tests.browser import Browser
from tests.calendars.test_feeds import fetched
from tests.factories import give, make_account, make_category, make_event
from tests.registration.factories import accredited

PUBLIC = "/en/xiamen-2026/programme"
SECRET = "Border talks"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 April 2026."""
    day = date(2026, 4, 2)
    return make_event(slug="xiamen-2026", starts_on=day, ends_on=day)


@pytest.fixture
def heads(event: Event) -> Category:
    """Return the category of heads of delegation."""
    return make_category(event, "HOD")


@pytest.fixture
def closed(event: Event, heads: Category) -> Session:
    """Return a closed meeting of heads whose title is not public, published."""
    session = make_session(
        event,
        code="7.1",
        titles=Translated(en=SECRET),
        descriptions=Translated(en="What is at stake"),
        kind="bilateral",
        access="closed",
        admit=("HOD",),
        hides_title=True,
        room_id=make_room(event, "Gulangyu").id,
    )
    name_speakers(session, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    publish(event)
    return session


def test_r3_1_every_type_of_session_has_its_words() -> None:
    named = {
        "opening", "ceremony", "high_level", "plenary", "parallel", "panel", "keynote",
        "drafting", "bilateral", "press", "social", "break", "logistics", "lecture", "workshop",
        "study_visit", "closing", "side_event",
    }  # fmt: skip
    assert named <= set(KINDS)
    assert set(KIND_WORDS) == set(KINDS)
    assert set(ACCESS_SENTENCES) == set(ACCESS)


def test_r3_2_open_session_admits_badges_that_open_its_zone() -> None:
    assert admits("open", (), "DEL", is_accredited=True, opens_zone=True)
    assert not admits("open", (), "DEL", is_accredited=True, opens_zone=False)
    assert admits("closed", ("DEL",), "DEL", is_accredited=True, opens_zone=False)


@pytest.mark.parametrize(
    "address",
    [
        "", "/2026-04-02", "/all", "/sessions/{ref}", "/speakers", ".ics", "/schedule.json",
        "/schedule.xml", "/now", "/search", "/search?q=border", "/search?q=tetteh",
    ],
)  # fmt: skip
def test_r3_2_hidden_title_of_a_closed_meeting_is_nowhere_public(
    browser: Browser, closed: Session, address: str
) -> None:
    given = {".ics": "/en/xiamen-2026/calendar.ics"}
    page = browser.get(given.get(address, PUBLIC + address.format(ref=closed.ref)))
    assert page.status == 200
    said = page.response.get_data(as_text=True)
    assert not [one for one in (SECRET, "stake", "TETTEH", "Bilateral") if one in said]
    if not address.startswith(("/speakers", "/search", "/now")):
        assert "Closed meeting" in said


def test_r3_2_hidden_title_hides_kind_and_track(browser: Browser, event: Event) -> None:
    with transaction():
        track = add_track(event.id, "T1", Translated(en="Borders"), actor=EDITOR)
    make_session(event, track_id=track.id)
    make_session(
        event, titles=Translated(en=SECRET), kind="bilateral", track_id=track.id, access="closed",
        hides_title=True,
    )  # fmt: skip
    publish(event)
    assert browser.get(f"{PUBLIC}/kinds/bilateral").status == 404
    assert "Closed meeting" not in browser.get(f"{PUBLIC}/tracks/{track.ref}").text
    assert len(fetched(browser, f"{PUBLIC}/tracks/{track.ref}.ics")) == 1


@pytest.mark.parametrize(("access", "visibility"), [("closed", "public"), ("open", "admitted")])
def test_r3_2_page_of_changes_names_no_document_that_is_not_public(
    browser: Browser, event: Event, access: str, visibility: str
) -> None:
    session = make_session(event, code="7.1", access=access)
    document = attach(event, session, visibility, "Draft deal")
    publish(event)
    attach(event, session, visibility, "Second deal")
    with transaction():
        change_document(
            event, session, document, titles=Translated(en="Final deal"), language="",
            visibility=visibility, version=1, actor=EDITOR,
        )  # fmt: skip
    make_session(event, titles=Translated(en="New talks"))
    publish(event)
    text = browser.get(f"{PUBLIC}/changes").text
    assert "New talks" in text
    assert "deal" not in text
    assert "documents" not in text


def test_r3_2_hidden_title_counts_for_closed_sessions_alone(browser: Browser, event: Event) -> None:
    make_session(event, titles=Translated(en="Opening"), hides_title=True)
    publish(event)
    assert "Opening" in browser.get(PUBLIC).text


def test_r3_2_title_of_a_closed_meeting_is_public_where_nobody_hides_it(
    browser: Browser, event: Event, closed: Session
) -> None:
    change(event, closed, hides_title=False)
    publish(event)
    page = browser.get(f"{PUBLIC}/sessions/{closed.ref}")
    assert SECRET in page.text
    assert "stake" not in page.text
    assert "TETTEH" not in page.text


def test_r3_2_admitted_person_reads_the_hidden_title(
    browser: Browser, event: Event, heads: Category, closed: Session
) -> None:
    head = accredited(event, heads)[0]
    (entry,) = fetched(browser, f"/my/{feed_token(head)}/calendar.ics").values()
    assert entry["SUMMARY"] == SECRET
    assert "stake" in entry["DESCRIPTION"]


def test_r3_2_open_session_is_in_calendars_of_badges_with_its_zone(
    browser: Browser, event: Event, heads: Category
) -> None:
    hall = make_room(event, "Hall")
    with transaction():
        hall.zone_code, heads.zones = "Z2", ["Z1"]
    make_session(event, titles=Translated(en="Behind the ropes"), room_id=hall.id)
    make_session(event, titles=Translated(en="For all"))
    publish(event)
    person: Registration = accredited(event, heads)[0]
    feed = f"/my/{feed_token(person)}/calendar.ics"
    assert set(fetched(browser, feed)) == {"For all"}
    with transaction():
        heads.zones = ["Z1", "Z2"]
    assert set(fetched(browser, feed)) == {"For all", "Behind the ropes"}


def test_editor_hides_the_title_of_a_closed_meeting(
    browser: Browser, event: Event, closed: Session
) -> None:
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    browser.get(f"/manage/xiamen-2026/programme/sessions/{closed.ref}")
    browser.submit(hides_title=None)
    (session,) = queries.sessions_of(event.id)
    assert not session.hides_title
    page = browser.get("/manage/xiamen-2026/programme/publish")
    assert "whether the title is public changed" in page.text


def test_json_of_a_closed_meeting_names_neither_kind_nor_speaker(
    browser: Browser, closed: Session
) -> None:
    said = browser.get(f"{PUBLIC}/schedule.json").response.data
    (day,) = json.loads(said)["schedule"]["conference"]["days"]
    ((talk,),) = day["rooms"].values()
    assert (talk["type"], talk["persons"], talk["track"]) == ("Closed", [], None)


@pytest.mark.parametrize("address", ["/2026-04-02", "/all", "/sessions/{ref}"])
def test_languages_of_floor_and_interpretation_are_visible(
    browser: Browser, event: Event, address: str
) -> None:
    hall, annex = make_room(event, "Hall"), make_room(event, "Annex")
    session = make_session(
        event, room_id=hall.id, floor_languages=("zh", "en"), interpretation=("fr", "ar")
    )
    make_session(event, room_id=annex.id)
    publish(event)
    page = browser.get(PUBLIC + address.format(ref=session.ref))
    assert "Chinese, English" in page.text
    assert "French, Arabic" in page.text
    if "sessions" not in address:
        assert page.soup.select_one(".programme.grid") is not None
