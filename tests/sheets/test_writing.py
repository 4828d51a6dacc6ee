"""R1.32: what we write is a table and nothing else."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from eventhub.i18n import use
from eventhub.sheets.reading import read_table
from eventhub.sheets.writing import Column, Sheet, csv_lines, write_xlsx
from eventhub.web.table_answer import send_xlsx

RISKY = ["=1+1", "+260 211 123456", "-1", "@SUM(A1)", "\tx", "＝1+1", '=HYPERLINK("http://x","y")']


def written(*sheets, **how):
    out = io.BytesIO()
    write_xlsx(out, sheets, **how)
    return out.getvalue()


def test_r1_32_workbook_never_holds_a_formula():
    data = written(Sheet("People", [Column("Text")], [[text] for text in RISKY]))
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == RISKY
    assert all(cell.quotePrefix for cell in cells)
    assert not any(cell.hyperlink for cell in cells)


def test_r1_32_what_is_written_can_be_read_again(app):
    rows = [["Banda", "+260 211 123456", date(2026, 3, 27), 7], ["王", "", None, 2.5]]
    columns = [Column("Name"), Column("Phone"), Column("Day"), Column("Count")]
    with app.app_context(), use("en"):
        table = read_table(written(Sheet("People", columns, rows)))
    assert [row.cells for row in table.rows[1:]] == [
        ("Banda", "+260 211 123456", "2026-03-27", "7"), ("王", "", "", "2.5"),
    ]  # fmt: skip


def test_r1_32_workbook_is_comfortable_and_hides_nothing():
    many = [f"Country, {n}" for n in range(200)]
    data = written(
        Sheet("People: all", [Column("State", "Choose one.", many), Column("Sex", "", ["a", "b"])],
              empty_rows=50),
        right_to_left=True,
        lists="Lists",
    )  # fmt: skip
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    assert book.sheetnames == ["People all", "Lists"]
    assert page.freeze_panes == "A2"
    assert all(one.sheet_view.rightToLeft for one in book.worksheets)
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert rules["A2:A51"].formula1 == "Lists!$A$1:$A$200" or "Lists" in rules["A2:A51"].formula1
    assert rules["A2:A51"].prompt == "Choose one."
    assert rules["B2:B51"].formula1 == '"a,b"'
    assert book["Lists"]["A200"].value == "Country, 199"
    assert {one.sheet_state for one in book.worksheets} == {"visible"}
    assert not any(col.hidden for one in book.worksheets for col in one.column_dimensions.values())


def test_text_file_guards_what_would_be_run():
    text = "".join(csv_lines([["Text"], *([text] for text in RISKY), [7]]))
    assert text[0] == "\ufeff"
    cells = [row[0] for row in csv.reader(io.StringIO(text[1:], newline=""))]
    assert cells[1:-1] == [f"'{text}" for text in RISKY]
    assert cells[-1] == "7"


@pytest.mark.parametrize(("language", "rtl"), [("ar", True), ("fr", False)])
def test_workbook_runs_in_the_direction_of_its_reader(app, language, rtl):
    with app.test_request_context(), use(language):
        response = send_xlsx("x.xlsx", [Sheet("1", [Column("Name")])])
        response.direct_passthrough = False
        page = load_workbook(io.BytesIO(response.get_data())).worksheets[0]
        response.close()
    assert bool(page.sheet_view.rightToLeft) is rtl
