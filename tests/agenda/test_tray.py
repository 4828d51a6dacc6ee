"""A session without a time waits in the tray: its editors alone see it."""

from datetime import date

import pytest

from eventhub.agenda import queries, services
from eventhub.agenda.lint import look_over
from eventhub.agenda.models import Session
from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.agenda.services import Move, Place
from eventhub.attendance.queries import credits_of
from eventhub.checkin.models import Gate
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.floor_cards.models import FloorCard
from eventhub.i18n import Translated
from eventhub.registration.models import Pool, RemoteSession
from eventhub.speaking.models import SpeakerList
from tests.agenda.programmes import EDITOR, make_room, make_session, publish, wall
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_event

URL = "/manage/xiamen-2026/programme"


@pytest.fixture
def event(app: object) -> Event:
    """Return an event on 2 and 3 April 2026."""
    return make_event(
        slug="xiamen-2026", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3), languages=["en"]
    )


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def put_away(event: Event, session: Session) -> None:
    with transaction():
        place = Place(None, 60)
        services.move_sessions(event, [Move(session.ref, None, place)], actor=EDITOR)


def put_back(event: Event, session: Session, starts: str) -> None:
    with transaction():
        place = Place(wall(starts), 60)
        services.move_sessions(event, [Move(session.ref, None, place)], actor=EDITOR)


def statuses(event: Event) -> dict[str, tuple[str, int, str]]:
    programme = queries.find_programme(event.id)
    assert programme is not None
    return {s.code: (s.status, s.sequence, s.starts) for s in programme.sessions}


def test_nobody_but_the_editor_finds_it(event: Event) -> None:
    session = make_session(event, counts_for_certificate=True)
    assert len(credits_of(event)) == 1
    put_away(event, session)
    assert queries.sessions_of(event.id) == []
    with pytest.raises(NotFound):
        queries.get_session(event.id, session.ref)
    assert credits_of(event) == []
    draft = queries.load_draft(event.id)
    assert (draft.sessions, [one.ref for one in draft.tray]) == ([], [session.ref])
    assert queries.progress_of(event.id)[0] == 0


def test_what_was_never_public_is_not_published(event: Event) -> None:
    put_away(event, make_session(event, code="2.1"))
    make_session(event, code="1.1")
    publish(event)
    assert statuses(event).keys() == {"1.1"}


def test_public_session_put_away_is_cancelled_in_calendars_and_comes_back(event: Event) -> None:
    session = make_session(event, code="1.1", room_id=make_room(event).id)
    publish(event)
    put_away(event, session)
    publish(event)
    assert statuses(event)["1.1"] == ("cancelled", 1, "2026-04-02T09:00")
    put_back(event, session, "2026-04-03T11:00")
    publish(event)
    assert statuses(event)["1.1"] == ("confirmed", 2, "2026-04-03T11:00")


def test_going_back_takes_it_out_of_the_tray(event: Event) -> None:
    session = make_session(event, code="1.1")
    publish(event)
    put_away(event, session)
    publish(event)
    with transaction():
        services.go_back(event, 0, services.Terms("", None, 2), with_draft=True, actor=EDITOR)
    assert [one.ref for one in queries.sessions_of(event.id)] == [session.ref]


def test_checks_advise_that_it_has_no_time_and_see_no_clash(event: Event) -> None:
    room = make_room(event)
    make_session(event, room_id=room.id)
    session = make_session(event, room_id=room.id)
    assert "room_twice" in {one.finding.check for one in look_over(event, _draft(event))}
    put_away(event, session)
    found = {one.finding.check: one.finding.severity for one in look_over(event, _draft(event))}
    assert "room_twice" not in found
    assert found["not_placed"] == "advice"


def test_seats_cards_and_doors_keep_the_time_of_their_session(event: Event) -> None:
    assert {Pool, RemoteSession, Gate, FloorCard, SpeakerList} <= set(SESSION_HOLDS)
    session = make_session(event, code="3.1")
    keep(Pool(event_id=event.id, code="s", scope="per_session", session_id=session.id, seats=9))
    keep(Gate(event_id=event.id, names=Translated(en="Hall"), session_id=session.id))
    with pytest.raises(services.Refused, match=r"^3\.1 needs a time, .* to it: seats, a door\.$"):
        put_away(event, session)
    assert queries.get_session(event.id, session.ref).is_placed


def test_form_adds_a_session_without_a_time_and_gives_it_one(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/sessions/new")
    said = {"titles_en": "Press", "code": "9.1", "kind": "press", "no_time": "y", "minutes": "45"}
    page = editor.submit(**said, starts="", ends="")
    assert page.status == 200
    tray = page.soup.select_one(".tray")
    assert tray is not None
    assert "Press" in tray.get_text()
    (session,) = queries.load_draft(event.id).tray
    assert (session.ends_at - session.starts_at).total_seconds() == 45 * 60
    editor.get(f"{URL}/sessions/{session.ref}")
    assert editor.submit(no_time=None, starts="14:00", ends="14:45").status == 200
    assert queries.get_session(event.id, session.ref).starts == wall("2026-04-02T14:00")


def test_form_without_time_asks_for_one_unless_told(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/sessions/new")
    page = editor.submit(titles_en="Press", code="9.1", kind="press", starts="", ends="")
    assert page.status == 422


def test_checks_page_names_it(editor: Browser, event: Event) -> None:
    put_away(event, make_session(event, code="7.7"))
    page = editor.get(f"{URL}/checks")
    assert "7.7" in page.text
    assert "It has no time yet." in page.text


def _draft(event: Event) -> queries.Draft:
    return queries.load_draft(event.id)
