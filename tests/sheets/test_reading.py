"""R1.32: tables as ministries send them, and files that want to do harm."""

import io
import resource
import zipfile
from datetime import date, datetime

import pytest

from eventhub.core.errors import Invalid
from eventhub.i18n import use
from eventhub.sheets.reading import read_table
from eventhub.sheets.zipped import Bounds, Zipped
from tests.sheets.files import changed, ods_row, open_document, with_sheet, workbook

DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.fixture(autouse=True)
def _english(app):
    with app.app_context(), use("en"):
        yield


def rows_of(data, **how):
    return [(row.number, *row.cells) for row in read_table(data, **how).rows]


def refusal(data):
    with pytest.raises(Invalid) as caught:
        read_table(data)
    return str(caught.value)


def memory_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_r1_32_workbook_gives_numbered_rows_of_text():
    data = workbook([["Family name", "Born"], [], ["Banda", date(1985, 3, 27)], [None, 7, 2.5]])
    assert rows_of(data) == [
        (1, "Family name", "Born"), (3, "Banda", "1985-03-27"), (4, "", "7", "2.5"),
    ]  # fmt: skip


def test_r1_32_table_that_begins_further_down_keeps_its_addresses():
    data = workbook([[], [], [None, None, "Name"], [None, None, "Banda"]])
    assert rows_of(data) == [(3, "", "", "Name"), (4, "", "", "Banda")]


def test_r1_32_numbers_of_telephones_are_not_floats():
    assert rows_of(workbook([["Phone"], [260211123456]]))[1] == (2, "260211123456")


def test_r1_32_times_are_said_to_the_minute():
    assert rows_of(workbook([["At"], [datetime(2026, 3, 27, 9, 30)]]))[1] == (2, "2026-03-27 09:30")  # noqa: DTZ001


def test_r1_32_formulas_give_the_value_they_had():
    sheet = '<row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>A1*2</f><v>6</v></c></row>'
    assert rows_of(with_sheet(sheet)) == [(1, "3", "6")]


def test_r1_32_cell_merged_over_rows_counts_for_each():
    data = workbook([["Ministry", "Name"], ["Health", "Banda"], [None, "Phiri"]], ["A2:A3"])
    assert rows_of(data)[1:] == [(2, "Health", "Banda"), (3, "Health", "Phiri")]


def test_r1_32_open_document_is_read():
    blank = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = open_document(ods_row("Nom", "Prénom") + ods_row("Diallo", "Aïssatou") + blank)
    table = read_table(data)
    assert (table.kind, table.sheet) == ("ods", "Feuille1")
    assert rows_of(data) == [(1, "Nom", "Prénom"), (2, "Diallo", "Aïssatou")]


def test_r1_32_hundred_thousand_blank_rows_cost_nothing():
    blank = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}"/></row>' for n in range(2, 100_002)
    )
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    last = '<row r="100002"><c r="A100002" t="inlineStr"><is><t>Banda</t></is></c></row>'
    assert rows_of(with_sheet(head + blank + last)) == [(1, "Name"), (100_002, "Banda")]
    lines = "Name\n" + "," * 20 + "\n" * 100_000 + "Banda\n"
    assert rows_of(lines.encode()) == [(1, "Name"), (100_002, "Banda")]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("Nom;Prénom\nDiallo;Aïssatou\n", "utf-8", "utf-8"),
        ("Nom;Prénom\nDiallo;Aïssatou\n", "utf-8-sig", "utf-8"),
        ("Nom;Prénom\nDiallo;Aïssatou\n", "windows-1252", "windows-1252"),
        ("Apellido;Nombre\nMuñoz;José Ángel\n", "windows-1252", "windows-1252"),
        ("Nom;Prénom\nDiallo;Aïssatou\n", "utf-16", "utf-16"),
        ("Nom;Prénom\nDiallo;Aïssatou\n", "utf-16-le", "utf-16"),
        ("姓;名;电子邮件\n王;小明;a@b.cn\n李;娜;c@d.cn\n", "gb18030", "gb18030"),
        ("姓;名;职务\n王;小明;司长\n李;娜;参赞\n", "utf-16", "utf-16"),
        ("الاسم;اللقب;المنصب\nعلي;حسن;مدير\n", "utf-16", "utf-16"),
    ],
)
def test_r1_32_encodings_are_guessed(text, encoding, found):
    table = read_table(text.encode(encoding))
    assert (table.encoding, table.separator) == (found, ";")
    assert ";".join(table.rows[1].cells) == text.split("\n")[1]


def test_r1_32_encoding_can_be_chosen():
    data = "Фамилия;Имя\nИванов;Пётр\n".encode("windows-1251")
    assert rows_of(data, encoding="windows-1251")[1] == (2, "Иванов", "Пётр")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_r1_32_separators_are_guessed(mark):
    text = f'Name{mark}Title{mark}E-mail\n"Banda, M."{mark}Director{mark}m@example.org\n'
    assert rows_of(text.encode())[1] == (2, "Banda, M.", "Director", "m@example.org")


def test_r1_32_our_own_guard_is_taken_off_again():
    assert rows_of(b"Phone\n'+260 211 123456\n")[1] == (2, "+260 211 123456")
    assert rows_of(b"Name\n'Aziz\n")[1] == (2, "'Aziz")


def test_zip_bomb_is_refused_by_its_declared_size():
    big = changed(workbook([["x"]]), {"xl/media/x.bin": b"\0" * 90_000_000})
    assert len(big) < 200_000
    assert "unpacks" in refusal(big)


def test_zip_bomb_is_refused_by_its_actual_size():
    data = bytearray(changed(workbook([["x"]]), {"xl/styles.xml": b" " * 50_000_000}))
    head = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/styles.xml")
    size = head.file_size.to_bytes(4, "little")
    lie = (1000).to_bytes(4, "little")
    assert data.count(size) == 2
    before = memory_mb()
    assert refusal(bytes(data.replace(size, lie)))
    assert memory_mb() - before < 60


@pytest.mark.parametrize(
    "data",
    [
        with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', DOCTYPE),
        open_document(ods_row("&b;"), DOCTYPE),
    ],
)
def test_entity_bombs_are_refused(data):
    assert "instructions" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        with_sheet('<row r="150000"><c r="ZZ150000"><v>1</v></c></row>'),
        open_document(ods_row("x", repeated=1_048_576)),
        open_document(
            '<table:table-row table:number-rows-repeated="99999999999999999999"><table:table-cell/>'
            "</table:table-row>" + ods_row("x")
        ),
    ],
)
def test_sheets_that_reach_too_far_are_refused(data):
    assert "reaches too far" in refusal(data)


def test_five_megabyte_cells_are_refused():
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    assert rows_of(with_sheet(cell.format("x" * 5_000_000)))[0][1] == "x" * 32_768
    text = f'Name,Title\n"{"x" * 5_000_000}",y\n'
    assert "too long" in refusal(text.encode())
    shared = f"<sst><si><t>{'x' * 5_000_000}</t></si></sst>"
    data = changed(workbook([["x"]]), {"xl/sharedStrings.xml": shared.encode()})
    assert "32767" in refusal(data)


def test_long_text_in_every_cell_is_refused():
    named = '<c t="s"><v>0</v></c>' * 50
    sheet = "".join(f'<row r="{n}">{named}</row>' for n in range(1, 1001))
    shared = f"<sst><si><t>{'x' * 32_000}</t></si></sst>"
    data = changed(with_sheet(sheet), {"xl/sharedStrings.xml": shared.encode()})
    before = memory_mb()
    assert refusal(data)
    assert refusal(open_document(ods_row("x" * 60_000, repeated=2000)))
    assert refusal(open_document(ods_row('<text:s text:c="999999999"/>')))
    assert memory_mb() - before < 120


@pytest.mark.parametrize(
    "data",
    [b"", b"   \n", b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04 cut off",
     b"<html><table>", b"\x89PNG\r\n", workbook([["x"]])[:900], workbook([]), b"\0" * 10_000],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(data):
    assert refusal(data).endswith((".", "!"))


def test_workbook_with_a_password_is_refused():
    data = bytearray(workbook([["x"]]))
    for mark, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + flag] |= 1
            place = data.find(mark, place + 4)
    assert "password" in refusal(bytes(data))


def test_too_many_rows_are_refused():
    assert "20000" in refusal(b"Name\n" + b"Banda\n" * 20_001)


def zip_of(*sizes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as file:
        for n, size in enumerate(sizes):
            file.writestr(str(n), b"\0" * size)
    return out.getvalue()


def test_a_zip_of_too_many_files_is_refused():
    assert len(Zipped(zip_of(1, 1), Bounds(2, 10, 10)).entries) == 2
    with pytest.raises(Invalid, match="unpacks"):
        Zipped(zip_of(1, 1, 1), Bounds(2, 10, 10))


def test_a_file_of_a_zip_is_refused_before_it_is_unpacked():
    opened = Zipped(zip_of(5, 200_000), Bounds(9, 10, 1_000_000))
    assert opened.read(opened.entries[0]) == b"\0" * 5
    with pytest.raises(Invalid, match="unpacks"):
        next(opened.pieces(opened.entries[1]))


def test_what_is_read_of_a_zip_is_counted_again():
    opened = Zipped(zip_of(600), Bounds(9, 1000, 1000))
    opened.read(opened.entries[0])
    with pytest.raises(Invalid, match="unpacks"):
        opened.read(opened.entries[0])
