"""A first draft of the programme, pasted or laid out by a pattern: seen first, then added."""

from datetime import date, time

import pytest
from flask import Flask

from eventhub.agenda import queries
from eventhub.agenda.rules.patterns import WORKING_HOURS, Piece, lay_out_days
from eventhub.agenda.services.drafts import Sketch, sketch_timetable
from eventhub.events.models import Event
from eventhub.events.queries import rooms_of
from tests.agenda.programmes import make_room, make_session
from tests.browser import Browser
from tests.factories import give, make_account, make_event

URL = "/manage/xiamen-2026/programme"
DAY = date(2026, 4, 2)


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in two languages."""
    return make_event(
        slug="xiamen-2026", starts_on=DAY, ends_on=date(2026, 4, 3), languages=["en", "fr"]
    )


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def sketch(event: Event, *lines: str) -> list[Sketch]:
    """Return what pasted lines would become."""
    return sketch_timetable(event, "\n".join(lines))


def spans(pieces: list[Piece]) -> list[str]:
    """Return the times of pieces, breaks in brackets."""
    said = [f"{one.starts:%H:%M}-{one.ends:%H:%M}" for one in pieces]
    return [f"({text})" if one.is_break else text for text, one in zip(said, pieces, strict=True)]


def test_r3_3_usual_hours_of_meetings() -> None:
    un = lay_out_days([DAY], WORKING_HOURS["un"], meetings=1, break_minutes=15)
    assert spans(un) == ["10:00-13:00", "(13:00-15:00)", "15:00-18:00"]
    who = lay_out_days([DAY], WORKING_HOURS["who"], meetings=1, break_minutes=15)
    assert spans(who) == ["09:00-12:00", "(12:00-14:30)", "14:30-17:30"]
    assert un[1].is_lunch


def test_meetings_are_equally_long_with_breaks_between_them() -> None:
    two = lay_out_days([DAY], WORKING_HOURS["un"], meetings=2, break_minutes=15)
    assert spans(two) == [
        "10:00-11:20", "(11:20-11:35)", "11:35-13:00", "(13:00-15:00)",
        "15:00-16:20", "(16:20-16:35)", "16:35-18:00",
    ]  # fmt: skip
    assert [one.number for one in two if not one.is_break] == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="short"):
        lay_out_days([DAY], ((time(9), time(10)),), meetings=5, break_minutes=10)


def test_empty_programme_offers_both_ways(editor: Browser, event: Event) -> None:
    page = editor.get(URL)
    assert "Paste a timetable from Excel or Word" in page.text
    assert "Lay out the days by their working hours" in page.text
    make_session(event)
    assert "Make a first draft" not in editor.get(URL).text


PASTED = """Day\tTime\tTitle\tRoom\tSpeakers
2 April\t9:00-10:00\tOpening\tJimei Hall\tChair: Ms. Ama TETTEH, Minister
\t10:00\tPanel on skills\tAnnex\tModerator: Ms. Ama TETTEH; Mr. LI Wei
\t11:00-11:00\tNothing\tAnnex
3 April\t9h30-11h\tClosing\tJimei Hall"""


def test_pasted_timetable_is_shown_before_it_is_added(editor: Browser, event: Event) -> None:
    make_room(event, "Jimei Hall")
    editor.get(f"{URL}/paste")
    page = editor.submit(text=PASTED, press="act=read")
    assert page.status == 200
    assert "It ends when it starts." in page.text
    assert "The event has no room of this name." in page.text
    assert "No end is written: it ends when the next one begins." in page.text
    assert "Panel on skills\tAnnex" in page.soup.select_one("textarea").get_text()  # type: ignore[union-attr]
    assert queries.sessions_of(event.id) == []
    page = editor.submit(press="act=add", new_rooms=["annex"])
    assert "3 sessions are added to the draft." in page.text
    rows = queries.sessions_of(event.id)
    rooms = {room.id: room.names.pick() for room in rooms_of(event.id)}
    assert [
        (f"{s.starts:%d %H:%M}-{s.ends:%H:%M}", s.code, s.title(), s.kind, rooms[s.room_id or 0])
        for s in rows
    ] == [
        ("02 09:00-10:00", "1.1", "Opening", "opening", "Jimei Hall"),
        ("02 10:00-11:00", "1.2", "Panel on skills", "panel", "Annex"),
        ("03 09:30-11:00", "2.1", "Closing", "closing", "Jimei Hall"),
    ]
    speakers = {one.id: one.printed_name for one in queries.speakers_of(event.id)}
    assert sorted(speakers.values()) == ["Mr. LI Wei", "Ms. Ama TETTEH"]
    parts = queries.slots_of(event.id)[rows[1].id]
    assert [(speakers[one.speaker_id], one.role) for one in parts] == [
        ("Ms. Ama TETTEH", "moderator"), ("Mr. LI Wei", "moderator"),
    ]  # fmt: skip


def test_unknown_room_is_made_only_where_it_is_ticked(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/paste")
    editor.submit(text="2 April\t9:00-10:00\tOpening talks\tAnnex Hall", press="act=read")
    editor.submit(press="act=add")
    (row,) = queries.sessions_of(event.id)
    assert row.room_id is None
    assert rooms_of(event.id) == []


def test_text_changed_after_it_was_shown_is_shown_again(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/paste")
    editor.submit(text="2 April\n9:00-10:00 One", press="act=read")
    page = editor.submit(text="2 April\n9:00-10:00 Two", press="act=add")
    assert page.status == 422
    assert "This is not what you saw before." in page.text
    assert queries.sessions_of(event.id) == []
    editor.submit(press="act=add")
    assert [one.title() for one in queries.sessions_of(event.id)] == ["Two"]


def test_text_sent_twice_is_added_once(editor: Browser, event: Event) -> None:
    editor.get(f"{URL}/paste")
    page = editor.submit(text="2 April\n9:00-10:00 One", press="act=read")
    form = page.form()
    for _time in range(2):
        editor.submit(form, press="act=add")
    assert len(queries.sessions_of(event.id)) == 1


def test_text_without_a_row_is_refused_and_kept(editor: Browser) -> None:
    editor.get(f"{URL}/paste")
    page = editor.submit(text="2 April 2026", press="act=read")
    assert page.status == 422
    assert "2 April 2026" in page.soup.select_one("textarea").get_text()  # type: ignore[union-attr]


def test_rows_that_overlap_by_a_minute_are_told(event: Event) -> None:
    make_room(event, "Jimei Hall")
    one, other, third = sketch(
        event,
        "2 April\t9:00-10:00\tThe first talk\tJimei Hall",
        "\t9:59-11:00\tThe second talk\tJimei Hall",
        "\t11:00-12:00\tThe third talk\tJimei Hall",
    )
    assert one.doubts == ("The room is used at the same time: 09:59 The second talk.",)
    assert other.doubts == ("The room is used at the same time: 09:00 The first talk.",)
    assert third.doubts == ()
    assert one.is_good


def test_row_in_a_room_that_the_draft_uses_is_told(event: Event) -> None:
    room = make_room(event, "Jimei Hall")
    make_session(event, code="7", room_id=room.id)
    (row,) = sketch(event, "2 April\t9:30-10:30\tThe talk\tJimei Hall")
    assert "The room is used at the same time: 7" in row.doubts[0]


def test_row_outside_the_event_is_told_and_may_be_added(event: Event) -> None:
    (row,) = sketch(event, "1 April 2026\t14:00-20:00\tRegistration")
    assert row.is_good
    assert row.doubts == ("The day lies outside the event.",)
    assert row.kind == "logistics"


def test_row_across_midnight_is_told(event: Event) -> None:
    late, dinner = sketch(event, "2 April", "22:30-00:30 Last round", "20:00-24:00 Dinner")
    assert late.doubts == ("It ends after midnight, on the next day.",)
    assert dinner.doubts == ()


def test_row_of_no_length_is_a_fault(event: Event) -> None:
    (row,) = sketch(event, "2 April", "9:00-9:00 Nothing")
    assert row.faults == ("It ends when it starts.",)


def _new_york(day: date) -> Event:
    return make_event(starts_on=day, ends_on=day, zone="America/New_York")


def test_row_in_a_gap_of_the_clock_is_a_fault(app: Flask) -> None:
    event = _new_york(date(2026, 3, 8))
    (row,) = sketch(event, "8 March", "2:30-4:00 Early")
    assert "go from 2026-03-08 01:59 straight to 2026-03-08 03:00" in row.faults[0]


def test_row_in_a_fold_of_the_clock_takes_the_first_time_and_says_so(app: Flask) -> None:
    event = _new_york(date(2026, 11, 1))
    (row,) = sketch(event, "1 November", "1:30-4:00 Early")
    assert row.is_good
    assert row.doubts == ("Clocks show this time twice on that day: the first one is taken.",)


def test_pattern_is_shown_then_added_in_every_language(editor: Browser, event: Event) -> None:
    room = make_room(event, "Jimei Hall")
    editor.get(f"{URL}/pattern")
    page = editor.submit(rooms=[room.ref], meetings="2", press="act=see")
    assert page.status == 200
    assert page.text.count("Meeting 4") == 2
    assert queries.sessions_of(event.id) == []
    page = editor.submit(press="act=add")
    assert "14 sessions are added to the draft." in page.text
    rows = queries.sessions_of(event.id)
    assert [row.kind for row in rows[:4]] == ["plenary", "break", "plenary", "break"]
    assert set(rows[0].titles) == {"en", "fr"}
    assert {row.room_id for row in rows} == {room.id}


def test_pattern_in_several_rooms_holds_meetings_at_the_same_time(
    editor: Browser, event: Event
) -> None:
    rooms = [make_room(event, name) for name in ("Jimei Hall", "Gulangyu")]
    editor.get(f"{URL}/pattern")
    chosen = {"rooms": [room.ref for room in rooms], "days": ["2026-04-02"]}
    editor.submit(**chosen, with_breaks=None, press="act=see")
    editor.submit(press="act=add")
    rows = queries.sessions_of(event.id)
    assert {row.kind for row in rows} == {"parallel"}
    first = [row.title() for row in rows if row.starts == rows[0].starts]
    assert sorted(first) == ["Meeting 1, Gulangyu", "Meeting 1, Jimei Hall"]


@pytest.mark.parametrize(
    "given",
    [
        {"hours": "own"},
        {"hours": "own", "morning_starts": "12:00", "morning_ends": "09:00"},
        {"hours": "own", "morning_starts": "09:00", "morning_ends": "10:00", "meetings": "6"},
        {"meetings": "0"},
        {"days": []},
    ],
)
def test_pattern_that_cannot_be_is_refused(
    editor: Browser, event: Event, given: dict[str, str]
) -> None:
    editor.get(f"{URL}/pattern")
    assert editor.submit(press="act=see", **given).status == 422


def test_codes_of_sessions_that_wait_without_a_time_stay_theirs(
    editor: Browser, event: Event
) -> None:
    make_session(event, code="1.1", is_placed=False)
    editor.get(f"{URL}/paste")
    editor.submit(text="2 April\n9:00-10:00 One", press="act=read")
    editor.submit(press="act=add")
    assert [one.code for one in queries.sessions_of(event.id)] == ["1.2"]


def test_stranger_drafts_nothing(browser: Browser, event: Event) -> None:
    browser.sign_in(make_account())
    for way in ("paste", "pattern"):
        assert browser.get(f"{URL}/{way}").status == 404
