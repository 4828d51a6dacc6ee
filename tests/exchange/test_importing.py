"""The programme by spreadsheet: written, read back, told row by row, carried out, undone."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from eventhub.agenda import queries
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.queries import rooms_of
from eventhub.exchange import services
from eventhub.exchange.views.importing import opened
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    EDITOR,
    change,
    publish,
    wall,
)
from tests.browser import Browser
from tests.exchange.tables import HEADS, bring, exported, faults, kept, look, outlook, sessions
from tests.factories import make_event
from tests.sheets.files import workbook


def test_what_is_written_reads_back_as_it_was(event: Event, editor: Browser) -> None:
    data = editor.get("/manage/f1/programme/table.xlsx").response.data
    found = outlook(event, kept(event, data))
    assert [(str(one.outcome), one.changes) for one in found.rows] == [("unchanged", {})] * 2
    assert (found.left_out, faults(found)) == (0, [])


def test_workbook_holds_no_formula(event: Event, editor: Browser) -> None:
    page = exported(editor).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value == "=Opening"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_edited_table_tells_old_and_new(event: Event, editor: Browser) -> None:
    book = exported(editor)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    page.cell(2, heads.index("Starts") + 1, "09:15")
    page.cell(2, heads.index("Speakers") + 1, "LI Wei (Chair)")
    page.delete_rows(3)
    out = io.BytesIO()
    book.save(out)
    found = outlook(event, kept(event, out.getvalue()))
    (row,) = found.rows
    assert row.changes == {
        "starts": ("09:00", "09:15"),
        "speakers": ("LI Wei (Keynote speaker)", "LI Wei (Chair)"),
    }
    assert found.left_out == 1


def test_new_rows_are_made_and_the_missing_stay(event: Event) -> None:
    row = bring(event, ["3", "Panel", "2026-04-03", "9:00", "10.30", "jimei hall"])
    assert row.counts == {"created": 1, "updated": 0, "unchanged": 0, "faulty": 0}
    new = sessions(event)["3"]
    assert (new.starts, new.ends) == (wall("2026-04-03T09:00"), wall("2026-04-03T10:30"))
    assert new.room_id == rooms_of(event.id)[0].id
    assert set(sessions(event)) == {"1", "2", "3"}


def test_empty_cell_leaves_and_a_hyphen_empties(event: Event) -> None:
    bring(event, ["1", "", "", "", "09:45", "-"])
    one = sessions(event)["1"]
    assert (one.titles["en"], one.room_id) == ("=Opening", None)
    assert one.ends == wall("2026-04-02T09:45")


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2026, 4, 3), 0.375, "10:00"),
        ("3.4.2026", "9h00", "10h"),
        ("2026年4月3日", "9：00", "10:00"),
        ("04/03/2026", "9:00 AM", "10 am"),
        ("2026/4/3", "09:00:00", "10:00"),
    ],
)
def test_days_and_times_are_read_as_people_write_them(
    event: Event, day: Any, starts: Any, ends: Any
) -> None:
    bring(event, ["3", "Panel", day, starts, ends, ""])
    new = sessions(event)["3"]
    assert (new.starts, new.ends) == (wall("2026-04-03T09:00"), wall("2026-04-03T10:00"))


def test_each_fault_names_its_cell_and_reason(event: Event) -> None:
    found = look(
        event,
        ["3", "No length", "2026-04-02", "09:00", "09:00", ""],
        ["4", "Backwards", "2026-04-02", "23:00", "01:00", ""],
        ["5", "No such day", "2026-02-30", "09:00", "10:00", ""],
        ["6", "No such time", "2026-04-02", "25:00", "10:00", ""],
        ["7", "No such room", "2026-04-02", "09:00", "10:00", "Yundang"],
        ["8", "", "2026-04-02", "09:00", "10:00", ""],
        ["9", "Nothing said", "", "", "", ""],
        ["1", "Twice", "", "", "", ""],
        ["1", "Again", "", "", "", ""],
    )
    assert faults(found) == [
        (2, "ends", "The session must end after it starts."),
        (3, "ends", "It ends before it starts. Where it ends after midnight, write the day on "
                    "which it ends under “Ends on”."),
        (4, "day", "Write the date like 2026-04-02."),
        (5, "starts", "Write the time like 09:30."),
        (6, "room", "The event has no room “Yundang”."),
        (7, "titles_en", "Write a title in at least one language."),
        (8, "day", "A session without a time yet needs this."),
        (8, "starts", "A session without a time yet needs this."),
        (8, "ends", "A session without a time yet needs this."),
        (9, "", "Another row of the file is about the same session."),
        (10, "", "Another row of the file is about the same session."),
    ]  # fmt: skip


def test_session_ends_after_midnight_where_the_day_is_said(event: Event) -> None:
    heads = (*HEADS, "Ends on")
    bring(event, ["3", "Gala", "2026-04-02", "22:00", "01:00", "", "2026-04-03"], heads=heads)
    assert sessions(event)["3"].ends == wall("2026-04-03T01:00")
    bring(event, ["2", "Late", "2026-04-03", "22:00", "", ""])
    late = sessions(event)["2"]
    assert (late.starts, late.ends) == (wall("2026-04-03T22:00"), wall("2026-04-04T00:30"))


def test_gaps_and_folds_of_clocks_are_told(app: Flask) -> None:
    event = make_event(
        zone="America/New_York", starts_on=date(2026, 3, 7), ends_on=date(2026, 11, 2)
    )
    found = look(
        event,
        ["1", "In the gap", "2026-03-08", "02:30", "04:00", ""],
        ["2", "In the fold", "2026-11-01", "01:30", "03:00", ""],
        ["3", "First", "2026-11-01", "01:30 (1)", "03:00", ""],
        ["4", "Second", "2026-11-01", "01:30 (2)", "03:00", ""],
    )
    (gap, twice) = faults(found)
    assert gap[:2] == (2, "starts")
    assert "straight to 2026-03-08 03:00" in gap[2]
    assert twice == (3, "starts", "Clocks in America/New_York show this time twice on that day. "
                                  "Write 01:30 (1) or 01:30 (2).")  # fmt: skip
    bring(event, ["4", "Second", "2026-11-01", "01:30 (2)", "03:00", ""])
    assert sessions(event)["4"].starts_fold == 1


def test_days_outside_and_rooms_used_twice_are_noted_but_no_fault(event: Event) -> None:
    found = look(
        event,
        ["3", "Too late", "2026-05-02", "09:00", "10:00", ""],
        ["4", "A minute", "2026-04-02", "09:59", "11:00", "JH"],
        ["5", "No minute", "2026-04-02", "11:00", "12:00", "JH"],
    )
    assert faults(found) == []
    assert [list(one.notes) for one in found.rows] == [
        ["It lies outside the days of the event."],
        ["The room is used at the same time by 1 =Opening."],
        [],
    ]


def test_unknown_rooms_tracks_and_speakers_are_made_only_where_ticked(event: Event) -> None:
    heads = (*HEADS, "Track", "Speakers")
    rows = [
        ["3", "A", "2026-04-02", "09:00", "10:00", "Yundang", "Trade", "Ana SOUZA (Chair)"],
        ["4", "B", "2026-04-02", "11:00", "12:00", "yundang", "", "Ana SOUZA; LI Wei (Moderator)"],
    ]
    assert [fault[1] for fault in faults(look(event, *rows, heads=heads))] == [
        "room", "track", "speakers", "room", "speakers",
    ]  # fmt: skip
    found = look(event, *rows, heads=heads, makes=["rooms", "tracks", "speakers"])
    assert dict(found.makes) == {
        "rooms": ("Yundang",), "tracks": ("Trade",), "speakers": ("Ana SOUZA",),
    }  # fmt: skip
    bring(event, *rows, heads=heads, makes=["rooms", "tracks", "speakers"])
    assert [room.names["en"] for room in rooms_of(event.id)] == ["Jimei Hall", "Yundang"]
    draft = queries.load_draft(event.id)
    four = sessions(event)["4"]
    said = [(draft.speakers[s.speaker_id].printed_name, s.role) for s in draft.slots[four.id]]
    assert said == [("Ana SOUZA", "speaker"), ("LI Wei", "moderator")]


def test_good_rows_alone_are_brought_where_asked(event: Event) -> None:
    rows = [["3", "Good", "2026-04-02", "09:00", "10:00", ""], ["4", "Bad", "soon", "", "", ""]]
    with pytest.raises(Conflict):
        bring(event, *rows)
    bring(event, *rows, only_good=True)
    assert set(sessions(event)) == {"1", "2", "3"}


def test_plan_that_changed_meanwhile_is_looked_at_again(event: Event) -> None:
    row = kept(event, workbook([HEADS, ["1", "New title", "", "", "", ""]]))
    seen, file = outlook(event, row).digest, opened(event, row)
    change(event, sessions(event)["1"], titles=Translated(en="Somebody else's"))
    with transaction(), pytest.raises(Conflict, match="meanwhile"):
        services.apply_import(
            event, row, file.fields, file.lines, only_good=False, seen=seen, actor=EDITOR
        )


def test_file_is_brought_once(event: Event) -> None:
    row = bring(event, ["1", "Changed"], heads=("Code", "Title"))
    change(event, sessions(event)["1"], titles=Translated(en="By hand"))
    data = workbook([("Code", "Title"), ["1", "Changed"]])
    again = opened(event, kept(event, data))
    seen = services.look(event, again.fields, again.lines, makes=()).digest
    with transaction(), pytest.raises(Conflict, match="imported already"):
        services.apply_import(
            event, row, again.fields, again.lines, only_good=False, seen=seen, actor=EDITOR
        )
    assert sessions(event)["1"].titles["en"] == "By hand"


def test_undo_takes_back_what_nobody_touched(event: Event) -> None:
    heads = (*HEADS, "Speakers")
    row = bring(
        event,
        ["1", "Changed", "", "09:10", "10:10", "-", "-"],
        ["3", "New", "2026-04-02", "09:00", "10:00", "", ""],
        ["4", "Touched", "2026-04-02", "11:00", "12:00", "", ""],
        heads=heads,
    )
    change(event, sessions(event)["4"], titles=Translated(en="By hand"))
    with transaction():
        assert services.undo_import(event, row, actor=EDITOR) == (1, 1)
    now = sessions(event)
    assert set(now) == {"1", "2", "4"}
    assert (now["1"].titles["en"], now["1"].starts) == ("=Opening", wall("2026-04-02T09:00"))
    assert [slot.role for slot in queries.slots_of(event.id)[now["1"].id]] == ["keynote"]
    assert now["1"].breaks == [["09:20", "09:30"]]
    with transaction(), pytest.raises(Conflict):
        services.undo_import(event, row, actor=EDITOR)


def test_undo_leaves_what_was_published(event: Event) -> None:
    row = bring(event, ["3", "New", "2026-04-02", "09:00", "10:00", ""])
    publish(event)
    with transaction():
        assert services.undo_import(event, row, actor=EDITOR) == (0, 0)
    assert "3" in sessions(event)


def test_thousand_sessions_take_as_many_statements_as_ten(
    event: Event, statements: list[str]
) -> None:
    counts = []
    for first, number in ((100, 10), (1000, 1000)):
        rows = [
            [
                f"{first + n}",
                f"Session {n}",
                "2026-04-03",
                f"{n % 23:02}:00",
                f"{n % 23:02}:50",
                "JH",
            ]
            for n in range(number)
        ]
        row = kept(event, workbook([HEADS, *rows]))
        seen, file = outlook(event, row).digest, opened(event, row)
        statements.clear()
        with transaction():
            services.apply_import(
                event, row, file.fields, file.lines, only_good=False, seen=seen, actor=EDITOR
            )
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 12, "rows go in batches"
    assert len(sessions(event)) == 1012


def test_cancelled_in_the_table_is_cancelled(event: Event) -> None:
    bring(event, ["1", "Cancelled"], heads=("Code", "Status"))
    assert sessions(event)["1"].status == "cancelled"


def test_session_that_waits_is_written_without_a_time_and_placed_by_the_table(
    event: Event, editor: Browser
) -> None:
    change(event, sessions(event)["1"], is_placed=False, room_id=None)
    data = editor.get("/manage/f1/programme/table.xlsx").response.data
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    heads = [cell.value for cell in page[1]]
    (waiting,) = (row for row in page.iter_rows(min_row=2, values_only=True) if row[1] == "1")
    assert [waiting[heads.index(name)] for name in ("Day", "Starts", "Ends")] == [None] * 3
    found = outlook(event, kept(event, data))
    assert {str(one.outcome) for one in found.rows} == {"unchanged"}
    assert found.left_out == 0
    assert [fault[1] for fault in faults(look(event, ["1", "", "2026-04-03", "", "", ""]))] == [
        "starts", "ends",
    ]  # fmt: skip
    bring(event, ["1", "", "2026-04-03", "09:00", "10:00", ""])
    assert sessions(event)["1"].starts == wall("2026-04-03T09:00")
