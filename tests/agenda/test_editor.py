"""Pages of the editor: sessions, rooms, speakers, clashes, publishing, and who may."""

import io
from datetime import date
from typing import Any

import pytest

from eventhub.agenda import queries
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    change,
    make_many,
    make_room,
    make_session,
    make_speaker,
    publish,
    wall,
)
from tests.browser import Browser
from tests.factories import give, make_account, make_event
from tests.photos.pictures import sent

URL = "/manage/xiamen-2026/programme"


def _filled(**given: Any) -> dict[str, Any]:
    base = {
        "titles_en": "Opening",
        "code": "1.1",
        "kind": "opening",
        "day": "2026-04-02",
        "starts": "09:00",
        "ends": "10:00",
        "access": "open",
    }
    return {**base, **given}


def test_editor_adds_a_session_and_sees_it_in_its_room(editor: Browser, event: Event) -> None:
    jimei = make_room(event, "Jimei Hall")
    make_room(event, "Haicang Hall")
    assert "Nothing is planned on this day yet." in editor.get(URL).text
    editor.get(f"{URL}/sessions/new?day=2026-04-02")
    page = editor.submit(**_filled(room=jimei.ref, interpretation=["fr", "zh"]))
    assert page.status == 200
    assert "1.1 Opening is added." in page.text
    block = page.soup.select_one(f'[data-room="{jimei.ref}"] article.block')
    assert block is not None
    assert "Opening" in block.get_text()
    (session,) = queries.sessions_of(event.id)
    assert session.interpretation == ["fr", "zh"]


def test_form_sent_twice_adds_one_session(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/sessions/new")
    form = editor.page.form()
    editor.submit(form, **_filled())
    assert editor.submit(form, **_filled()).status == 200
    assert len(queries.sessions_of(event.id)) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"titles_en": ""}, "Fill this in."),
        ({"ends": "09:00"}, "The session must end after it starts."),
        ({"ends": "08:00"}, "write the day on which it ends under “Ends on”."),
        ({"starts": "nine"}, "Write the time like 09:00."),
        ({"breaks": "lunch"}, "Write each break like 15:45-16:00"),
        ({"code": "a\x00b"}, "Remove the characters that cannot be printed"),
        ({"kind": "party"}, "Choose one from the list."),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(
    editor: Browser, event: Event, given: dict[str, str], told: str
) -> None:
    editor.get(f"{URL}/sessions/new")
    page = editor.submit(**_filled(**{"titles_fr": "Ouverture", **given}))
    assert page.status == 422
    assert told in " ".join(page.errors())
    assert page.soup.select_one("[name=titles_fr]")["value"] == "Ouverture"  # type: ignore[index]
    assert queries.sessions_of(event.id) == []


def test_time_shown_twice_is_asked_for(editor: Browser, event: Event) -> None:
    new_york = make_event(
        slug="ny-2026", zone="America/New_York", starts_on=date(2026, 11, 1), languages=["en"]
    )
    give(make_account(), "agenda_editor", new_york)
    account = make_account()
    give(account, "agenda_editor", new_york)
    editor.sign_in(account)
    editor.get("/manage/ny-2026/programme/sessions/new")
    assert editor.page.soup.select_one("[name=starts_fold]") is None
    page = editor.submit(**_filled(day="2026-11-01", starts="01:30", ends="03:00"))
    assert page.status == 422
    assert "show this time twice" in " ".join(page.errors())
    assert editor.submit(starts_fold="1").status == 200
    (session,) = queries.sessions_of(new_york.id)
    assert session.starts_at.hour == 6


def test_second_tab_keeps_what_was_typed_and_may_save_again(editor: Browser, event: Event) -> None:
    session = make_session(event, code="1.1", titles=Translated(en="Opening"))
    editor.get(f"{URL}/sessions/{session.ref}")
    change(event, session, titles=Translated(en="Opening ceremony"))
    page = editor.submit(titles_en="Inauguration")
    assert page.status == 409
    assert "Test officer changed this meanwhile." in page.text
    assert "Opening ceremony" in page.text
    assert page.soup.select_one("[name=titles_en]")["value"] == "Inauguration"  # type: ignore[index]
    assert editor.submit().status == 200
    assert queries.sessions_of(event.id)[0].title() == "Inauguration"


def test_clash_stands_on_both_sessions_with_its_reason(editor: Browser, event: Event) -> None:
    room = make_room(event, "Jimei Hall")
    for code in ("1.1", "1.2"):
        make_session(event, code=code, titles=Translated(en="Talk"), room_id=room.id)
    page = editor.get(URL)
    assert "2 sessions clash" in page.text
    assert (
        "Jimei Hall is used twice: 1.1 Talk (09:00–10:00) and 1.2 Talk (09:00–10:00)." in page.text
    )
    assert len(page.soup.select("article.fault")) == 2


def test_session_without_room_stands_in_a_column_of_its_own(editor: Browser, event: Event) -> None:
    make_room(event, "Jimei Hall")
    make_session(event, titles=Translated(en="Press meeting"))
    columns = editor.get(URL).soup.select(".room")
    assert [column.h3.get_text(strip=True) for column in columns if column.h3] == [
        "Jimei Hall",
        "No room",
    ]
    assert "Press meeting" in columns[1].get_text()


def test_copy_starts_from_the_other_session(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.1", titles=Translated(en="Coffee"), kind="break")
    editor.get(f"{URL}/sessions/new?copy={session.ref}")
    assert editor.submit(day="2026-04-03").status == 200
    copy = queries.sessions_of(event.id)[1]
    assert (copy.code, copy.title(), copy.kind) == ("2.1-2", "Coffee", "break")
    assert copy.uid != session.uid


def test_session_is_cancelled_and_reopened_by_buttons(editor: Browser, event: Event) -> None:
    session = make_session(event)
    editor.get(f"{URL}/sessions/{session.ref}")
    page = editor.submit(editor.page.form(action="cancel"))
    assert "is cancelled." in page.text
    assert page.soup.select_one("article.cancelled")
    editor.get(f"{URL}/sessions/{session.ref}")
    editor.submit(editor.page.form(action="reopen"))
    assert queries.sessions_of(event.id)[0].status == "confirmed"
    editor.get(f"{URL}/sessions/{session.ref}")
    editor.submit(editor.page.form(action="remove"))
    assert queries.sessions_of(event.id) == []


def test_speaker_with_portrait_is_named_in_order(editor: Browser, event: Event) -> None:
    session = make_session(event)
    make_speaker(event, "Mr. Li WEI")
    editor.get(f"{URL}/speakers/new")
    picture = (io.BytesIO(sent()), "portrait.jpg")
    page = editor.submit(printed_name="H.E. Ms. Ama TETTEH", posts_en="Minister", portrait=picture)
    assert "H.E. Ms. Ama TETTEH is added." in page.text
    by_name = {s.printed_name: s for s in queries.speakers_of(event.id)}
    ama, li = by_name["H.E. Ms. Ama TETTEH"], by_name["Mr. Li WEI"]
    assert editor.get(f"{URL}/speakers/{ama.ref}.jpg").response.mimetype == "image/jpeg"
    editor.get(f"{URL}/sessions/{session.ref}/speakers")
    editor.submit(
        **{
            "parts-0-speaker": li.ref,
            "parts-0-role": "panellist",
            "parts-0-place": "2",
            "parts-1-speaker": ama.ref,
            "parts-1-role": "chair",
            "parts-1-place": "1",
        }
    )
    slots = queries.slots_of(event.id)[session.id]
    assert [(slot.speaker_id, slot.role) for slot in slots] == [
        (ama.id, "chair"),
        (li.id, "panellist"),
    ]


def test_picture_that_is_none_is_told_by_its_field(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/speakers/new")
    page = editor.submit(printed_name="Ms. Ama TETTEH", portrait=(io.BytesIO(b"GIF89a"), "a.jpg"))
    assert page.status == 422
    assert page.errors()
    assert page.soup.select_one("[name=printed_name]")["value"] == "Ms. Ama TETTEH"  # type: ignore[index]


def test_rooms_and_tracks_are_added_in_passing(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/rooms/new")
    assert editor.submit(names_en="Jimei Hall", room_code="J", capacity="80").status == 200
    editor.get(f"{URL}/rooms/new")
    page = editor.submit(names_en="Other", room_code="J")
    assert "Another room of this event has this code." in " ".join(page.errors())
    editor.get(f"{URL}/tracks/new")
    editor.submit(code="T1", titles_en="Policy")
    (track,) = queries.tracks_of(event.id)
    editor.get(f"{URL}/tracks/{track.ref}")
    assert "Policy dialogue" in editor.submit(titles_en="Policy dialogue").text


def test_clash_must_be_ticked_to_publish_anyway(editor: Browser, event: Event) -> None:
    room = make_room(event)
    for _number in range(2):
        make_session(event, room_id=room.id)
    editor.get(f"{URL}/publish")
    assert "2 sessions clash" in editor.page.text
    page = editor.submit()
    assert page.status == 422
    assert queries.latest_number(event.id) is None
    page = editor.submit(anyway="y", note="First")
    assert "First version is published." in page.text
    assert "First" in editor.get(f"{URL}/versions").text


def test_publish_page_tells_the_changes(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.1", titles=Translated(en="Track 1"))
    publish(event)
    assert "Nothing has changed since the last publication." in editor.get(f"{URL}/publish").text
    change(event, session, starts=wall("2026-04-02T09:30"), ends=wall("2026-04-02T10:30"))
    assert "Publish one change" in editor.get(URL).text
    page = editor.get(f"{URL}/publish")
    assert "2.1 Track 1 moved from 09:00–10:00 to 09:30–10:30." in page.text
    editor.submit()
    assert "Rev.1 is published." in editor.page.text
    assert "2.1 Track 1 moved from 09:00–10:00 to 09:30–10:30." in editor.page.text
    assert editor.get(f"{URL}/versions/0").text.count("09:00") == 1


@pytest.mark.parametrize(
    ("role", "may_see", "may_edit"),
    [
        ("event_owner", 200, 200),
        ("agenda_editor", 200, 200),
        ("secretariat", 200, 404),
        ("door_staff", 404, 404),
        ("focal_point", 404, 404),
    ],
)
def test_who_may_see_and_edit(
    browser: Browser, event: Event, role: str, may_see: int, may_edit: int
) -> None:
    session = make_session(event)
    account = make_account()
    give(account, role, event)
    browser.sign_in(account)
    for page in ("", "/speakers", "/rooms", "/versions"):
        assert browser.get(URL + page).status == may_see, page
    for page in ("/sessions/new", f"/sessions/{session.ref}", "/publish", "/speakers/new"):
        assert browser.get(URL + page).status == may_edit, page


def test_organiser_of_another_event_finds_nothing(browser: Browser, event: Event) -> None:
    other = make_event(slug="other-2026")
    session = make_session(event)
    account = make_account()
    give(account, "event_owner", other)
    browser.sign_in(account)
    assert browser.get(URL).status == 404
    assert browser.get(f"/manage/other-2026/programme/sessions/{session.ref}").status == 404


def test_editor_asks_the_same_for_1_and_30_sessions(
    editor: Browser, event: Event, statements: list[str]
) -> None:
    counts = []
    for more in (1, 29):
        make_many(event, more)
        statements.clear()
        assert editor.get(URL).status == 200
        counts.append(len(statements))
    assert counts[1] <= counts[0] <= 15, "the first visit writes down who is there, too"


def test_new_session_is_not_interpreted_into_its_only_language(
    editor: Browser, event: Event
) -> None:
    with transaction():
        event.working_languages, event.interpretation = ["en"], ["en", "fr"]
    soup = editor.get(f"{URL}/sessions/new").soup
    ticked = soup.select("input[name=interpretation][checked]")
    assert [one["value"] for one in ticked] == ["fr"]
