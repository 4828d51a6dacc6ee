"""What streamed sheets say to those who hear them, and the field of a signature (PDF/UA-1)."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from eventhub.printing.designs import Design, read_design
from eventhub.printing.paper import Signature
from eventhub.printing.sheets import print_sheets
from eventhub.printing.values import Picture, Qr, Sheet, Text
from tests.paper import Tool
from tests.printing.badges import badge_html, jpeg, sheet
from tests.printing.conftest import MADE

CONTROL = "\u200e"  # sends a sheet the page path


@pytest.fixture
def design(fonts: Path) -> Design:
    return read_design(badge_html("DEL", "PRS"))


def made(design: Design, *sheets: Sheet, **options: Any) -> bytes:
    out = io.BytesIO()
    print_sheets(
        design, sheets, out, title="Badges & <more>", lang="en", created_at=MADE, **options
    )
    return out.getvalue()


def full(name: str, **values: Any) -> Sheet:
    return sheet(
        name, "KOFFI", photo=Picture(jpeg(), "Portrait of Aya"), qr=Qr("HTTPS://A.EXAMPLE", "pass"),
        local_name=Text(("王伟",), "zh"), entity=Text(("Zambia",)), **values,
    )  # fmt: skip


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Yield all elements of the tree with their depth, in reading order."""

    def below(element: Any, depth: int) -> Iterator[tuple[int, Any]]:
        yield depth, element
        for kid in element.get("/K", ()):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid, depth + 1)

    yield from below(pdf.Root.StructTreeRoot.K, 0)


def test_a_sheet_is_read_in_the_order_of_its_design(
    design: Design, tool: Tool, tmp_path: Path
) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(made(design, full("Aya")))
    with pikepdf.open(file) as pdf:
        said = [str(element.S)[1:] for _, element in elements(pdf)]
        figures = [str(each.Alt) for _, each in elements(pdf) if each.S == "/Figure"]
        languages = [str(each.Lang) for _, each in elements(pdf) if "/Lang" in each]
    assert said == ["Document", "Sect", "P", "H1", "P", "Figure", "Figure", *["P"] * 8]
    assert figures == ["Portrait of Aya", "pass"]
    assert languages == ["en", "zh"]
    texts = [line.strip(' "') for line in tool("pdfinfo", "-struct-text", file).splitlines()]
    order = ["World Forum", "世界论坛", "Aya", "KOFFI", "王伟", "Zambia", "Delegate", "ZMB-07 · 1"]
    assert [text for text in texts if text in order] == order


def test_both_paths_say_the_same_in_one_file(design: Design, tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "mixed.pdf"
    people = [full("Aya"), full("Aya", post=Text((f"x{CONTROL}",))), full("Aya", post=Text(("x",)))]
    file.write_bytes(made(design, *people))
    said = tool("pdfinfo", "-struct-text", file)
    first, second, third = said.replace(CONTROL, "").split("  Sect")[1:]
    assert second == third
    assert first != third


def test_what_is_said_of_pages_can_be_found_from_the_pages(design: Design) -> None:
    """More pages than one table holds, every fifth of them on the page path."""
    people = [full(f"P{n}", post=Text(("x" + CONTROL * (n % 5 == 0),))) for n in range(70)]
    with pikepdf.open(io.BytesIO(made(design, *people))) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        assert sorted(keys) == list(range(70))
        for number, page in enumerate(pdf.pages):
            row = tree[int(page.obj.StructParents)]
            owners = [owner for owner in row if owner is not None]
            assert {owner.Pg.objgen for owner in owners} == {page.obj.objgen}, number
            for mcid, owner in enumerate(row):
                assert owner is None or mcid in [int(kid) for kid in owner.K]
        tops = list(pdf.Root.StructTreeRoot.K.K)
        assert [top.Pg.objgen for top in tops] == [page.obj.objgen for page in pdf.pages]


@pytest.mark.parametrize("page_path", [False, True])
def test_all_that_is_drawn_is_said_or_an_artifact(page_path: bool, design: Design) -> None:
    with pikepdf.open(io.BytesIO(made(design, full("Aya"), page_path=page_path))) as pdf:
        page = pdf.pages[0]
        row = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[0]
        open_marks: list[str] = []
        told = set()
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                open_marks.append(str(operands[0]))
                if len(operands) > 1 and "/MCID" in operands[1]:
                    told.add(int(operands[1].MCID))
            elif str(operator) == "EMC":
                open_marks.pop()
            elif str(operator) in ("TJ", "Tj", "f", "f*", "S", "Do", "sh"):
                assert open_marks, operator
        assert told == {mcid for mcid, owner in enumerate(row) if owner is not None}


def test_a_file_says_what_pdf_ua_asks_for(design: Design) -> None:
    with pikepdf.open(io.BytesIO(made(design, full("Aya")))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Lang == "en"
        assert pdf.pages[0].Tabs == "/S"
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == "Badges & <more>"


def test_a_group_of_its_own_hides_no_text_twice(fonts: Path) -> None:
    """Text in a transparent group is drawn by a form, where readers do not look for marks."""
    html = badge_html().replace(".badge .dates {", ".badge .dates { opacity: 0.5;")
    with pikepdf.open(io.BytesIO(made(read_design(html), full("Aya")))) as pdf:
        row = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[0]
        content = pdf.pages[0]
        marked = {int(o[1].MCID) for o, op in pikepdf.parse_content_stream(content)
                  if str(op) == "BDC" and "/MCID" in o[1]}  # fmt: skip
    assert marked == {mcid for mcid, owner in enumerate(row) if owner is not None}


@pytest.mark.parametrize("page_path", [False, True])
def test_signature_stands_where_the_file_says(page_path: bool, design: Design) -> None:
    asked: list[bytes] = []

    def sign(digest: bytes) -> bytes:
        asked.append(digest)
        return b"\x30\x20" + digest

    out = io.BytesIO()
    wanted = Signature("Signature of the Ministry", sign, reason="Issued", room=100)
    report = print_sheets(design, [full("Aya"), full("Eve")], out, title="x", lang="en",
                          created_at=MADE, page_path=page_path, signature=wanted)  # fmt: skip
    data, gap = out.getvalue(), report.gap
    assert gap
    covered = hashlib.sha256(data[: gap.start] + data[gap.end :]).digest()
    assert asked == [covered] == [gap.digest]
    assert (
        data[gap.start : gap.end]
        == b"<" + (b"\x30\x20" + covered).hex().ljust(200, "0").encode() + b">"
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert [int(each) for each in field.V.ByteRange] == [
            0, gap.start, gap.end, len(data) - gap.end
        ]  # fmt: skip
        assert (field.V.Reason, field.TU) == ("Issued", "Signature of the Ministry")
        assert gap.length == len(data)
        assert [annotation.objgen for annotation in pdf.pages[0].Annots] == [field.objgen]
        assert "/Annots" not in pdf.pages[1]
        form = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(field.StructParent)]
        assert (form.S, form.Alt, form.K.Obj.objgen) == (
            "/Form", "Signature of the Ministry", field.objgen
        )  # fmt: skip


def test_signature_may_come_later_and_may_not_be_too_long(design: Design) -> None:
    out = io.BytesIO()
    report = print_sheets(design, [full("Aya")], out, title="x", lang="en", created_at=MADE,
                          signature=Signature("Signature", room=50))  # fmt: skip
    assert report.gap
    assert out.getvalue()[report.gap.start : report.gap.end] == b"<" + b"0" * 100 + b">"
    with pytest.raises(OverflowError, match="60 of 50"):
        made(design, full("Aya"), signature=Signature("Signature", lambda _: bytes(60), room=50))
