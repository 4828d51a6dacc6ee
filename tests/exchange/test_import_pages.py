"""The pages on which a programme comes in by spreadsheet, and the files they read."""

import io
from datetime import date

import pytest
from openpyxl.utils import get_column_letter

from eventhub.events.models import Event
from eventhub.exchange.queries import imports_of
from tests.browser import Browser
from tests.exchange.tables import HEADS, kept, outlook, sessions
from tests.factories import give, make_account, make_event
from tests.sheets.files import workbook


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_text_files_of_other_encodings_are_read(event: Event, encoding: str) -> None:
    text = "Code,标题,Day,Starts,Ends\n3,数据与发展,2026-04-02,14:00,15:00\n"
    row = kept(event, text.encode(encoding))
    (one,) = outlook(event, row).rows
    assert (str(one.outcome), one.line.values["titles_en"]) == ("created", "数据与发展")


def test_merged_cells_and_blank_rows_are_followed(event: Event) -> None:
    rows = [
        HEADS,
        ["3", "A", "2026-04-02", "09:00", "10:00", "JH"],
        *[[] for _n in range(5)],
        ["4", "B", "", "11:00", "12:00", "JH"],
    ]
    data = workbook(rows, merged=[f"{get_column_letter(3)}2:{get_column_letter(3)}8"])
    found = outlook(event, kept(event, data))
    assert [(one.line.number, str(one.outcome)) for one in found.rows] == [
        (2, "created"), (8, "created"),
    ]  # fmt: skip
    assert found.rows[1].line.values["day"] == date(2026, 4, 2)


def test_editor_sends_looks_chooses_imports_and_undoes(event: Event, editor: Browser) -> None:
    data = workbook([
        ["Nr", "Session", "When", "Starts", "Ends", "Location"],
        ["3", "Panel", "2026-04-03", "09:00", "10:00", "Yundang"],
    ])  # fmt: skip
    editor.get("/manage/f1/programme/import")
    page = editor.submit(table=(io.BytesIO(data), "plan.xlsx"))
    assert "A session without a time yet needs this." in page.text, "nobody knows what When is"
    page = editor.submit(page.form(action="columns"), **{"column-2": "day", "column-0": "code"})
    assert "The event has no room “Yundang”." in page.text
    assert "F2" in page.text
    page = editor.submit(page.form(action="columns"), makes="rooms")
    assert "which are made: Yundang" in page.text
    assert "2 sessions of the programme are not in the file and stay as they are." in page.text
    page = editor.submit(page.form(1))
    assert "What was imported" in page.text
    assert sessions(event)["3"].title() == "Panel"
    (row,) = imports_of(event.id)
    assert row.file_id is None, "the file is not kept"
    page = editor.submit(page.form(action="undo"))
    assert "The import is undone: sessions removed: 1" in page.text
    assert "3" not in sessions(event)


def test_stranger_and_other_event_see_no_import(event: Event, browser: Browser) -> None:
    row = kept(event, workbook([HEADS, ["3", "Panel", "2026-04-03", "09:00", "10:00", ""]]))
    other = make_event(slug="g1")
    account = make_account()
    give(account, "agenda_editor", other)
    browser.sign_in(account)
    for path in ("import", "table.xlsx", f"import/{row.ref}"):
        assert browser.get(f"/manage/f1/programme/{path}").status in (403, 404)
    assert browser.get(f"/manage/g1/programme/import/{row.ref}").status == 404
