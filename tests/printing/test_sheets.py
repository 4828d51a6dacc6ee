"""Sheets of a design: sizes and lines, what goes the page path, equal bytes, sound files."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from eventhub.printing.designs import BadDesign, Design, read_design
from eventhub.printing.fitting import DoesNotFit, Setting, fit
from eventhub.printing.sheets import LAID_OUT_TOGETHER, Report, print_sheets
from eventhub.printing.values import Picture, Sheet, Text
from tests.paper import Tool
from tests.printing.badges import badge_html, jpeg, named, sheet
from tests.printing.conftest import MADE

LONG = "Democratic Confederation of the United Maritime and Continental Regions of the South"


@pytest.fixture
def design(fonts: Path) -> Design:
    return read_design(badge_html())


def made(design: Design, *sheets: Sheet, page_path: bool = False) -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = print_sheets(design, sheets, out, title="Badges", lang="en", created_at=MADE,
                          page_path=page_path)  # fmt: skip
    return out.getvalue(), report


def setting(design: Design, one: Sheet, field: str = "name") -> Setting:
    return next(s for s in fit(design.variants["DEL"].fields, one) if s.field.name == field)


def test_r4_2_short_name_is_as_large_as_the_design_says(design: Design) -> None:
    found = setting(design, sheet("Aya", "KOFFI"))
    assert (found.size, found.lines) == (24, ("Aya", "KOFFI"))


def test_r4_2_long_name_shrinks_before_it_wraps(design: Design) -> None:
    found = setting(design, sheet("Chileshe Mwila", "NAMAKANDO-TEMBO-MWANAWASA"))
    assert 14 <= found.size < 24
    assert len(found.lines) == 2
    assert max(line.width for line in found.shaped) * found.size <= found.field.box.width


def test_r4_2_name_that_is_too_long_at_14_points_takes_two_lines(design: Design) -> None:
    name = "Rajapakshage Don Ravindra Thushara Wickramanayake"
    found = setting(design, sheet(name))
    assert len(found.lines) == 2
    assert found.size >= 14
    assert " ".join(found.lines) == name


def test_r4_2_stored_short_form_comes_last(design: Design) -> None:
    text = Text((LONG * 3,), short=("DCUMCR",))
    assert setting(design, sheet("Aya", entity=text), "entity").lines == ("DCUMCR",)
    with pytest.raises(DoesNotFit, match="entity"):
        fit(design.variants["DEL"].fields, sheet("Aya", entity=Text((LONG * 3,))))


def test_r4_2_full_stack_shrinks_and_stays_above_the_band(design: Design) -> None:
    name = "Rajapakshage Don Ravindra Thushara Wickramanayake"
    full = sheet(name, name[::-1], local_name=Text(("கிருஷ்ணமூர்த்தி " * 3,)),
                 entity=Text((LONG,)), post=Text((LONG + ", " + LONG,)))  # fmt: skip
    found = fit(design.variants["DEL"].fields, full)
    stack = found[1].field.stack
    assert stack
    stacked = [s for s in found if s.field.stack]
    assert max(s.top + s.height for s in stacked) <= stack.y + stack.height + 0.1
    for above, below in pairwise(stacked):
        assert below.top >= above.top + above.height


def test_lines_of_chinese_end_between_words_of_any_kind(design: Design) -> None:
    text = Text(("世界数字合作与能力建设发展委员会（厦门）常设秘书处办公室国际联络司",), "zh")
    found = setting(design, sheet("Aya", entity=text), "entity")
    assert "".join(found.lines) == text.paragraphs[0]
    assert len(found.lines) == 2
    assert not any(line.startswith("）") for line in found.lines)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Aya \u202eKOFFI", "control"),
        ("Aya ꦲꦤ", "glyph"),
        ("Aya 😀", "glyph"),
        ("W" * 300, "overflow"),
        ("Ab\u00adc", "control"),
    ],
)
def test_what_cannot_be_streamed_goes_the_page_path(
    name: str, reason: str, design: Design, tool: Tool, tmp_path: Path
) -> None:
    odd = sheet(name, number=Text(("K-7",)))
    data, report = made(design, sheet("Before"), odd, sheet("After"))
    assert report.on_page_path == {1: reason}
    assert report.share == pytest.approx(1 / 3)
    file = tmp_path / "mixed.pdf"
    file.write_bytes(data)
    tool("qpdf", "--check", file)
    pages = tool("pdftotext", file, "-").split("\f")
    assert ["Before" in page or "After" in page for page in pages[:3]] == [True, False, True]
    assert "K-7" in pages[1]


def test_r4_2_overflow_is_never_cut(design: Design, tool: Tool, tmp_path: Path) -> None:
    name = "".join(chr(65 + i % 26) for i in range(300))
    file = tmp_path / "long.pdf"
    file.write_bytes(made(design, sheet(name, entity=Text((name.lower(),))))[0])
    read = "".join(tool("pdftotext", file, "-").split())
    assert name in read
    assert name.lower() in read
    tool("pdftoppm", "-r", 72, "-gray", "-png", "-singlefile", file, tmp_path / "long")
    with Image.open(tmp_path / "long.png") as page:
        lowest, highest = page.convert("L").crop((140, 364, 180, 412)).getextrema()
    assert lowest == highest, "nothing stands on the band"


def test_more_than_one_batch_of_the_page_path_keeps_its_places(
    design: Design, tool: Tool, tmp_path: Path
) -> None:
    count = LAID_OUT_TOGETHER + 3
    people = [sheet(f"P{n} \u200e" if n % 2 else f"P{n}") for n in range(2 * count)]
    file = tmp_path / "order.pdf"
    data, report = made(design, *people)
    file.write_bytes(data)
    assert len(report.on_page_path) == count
    assert str(report) == f"{2 * count} sheets, 50.0% on the page path (control {count})"
    pages = tool("pdftotext", file, "-").split("\f")
    assert [f"P{n}" in page.split() for n, page in enumerate(pages[:-1])] == [True] * 2 * count


def test_a_design_beyond_the_stream_goes_the_page_path_whole(fonts: Path) -> None:
    html = badge_html().replace(".badge .name {", ".badge .name { letter-spacing: 2pt;")
    data, report = made(read_design(html), sheet("Aya"))
    assert report.on_page_path == {0: "style"}
    assert data.startswith(b"%PDF-1.7")


def test_each_kind_has_its_own_background(fonts: Path, tool: Tool, tmp_path: Path) -> None:
    html = badge_html("DEL", "PRS").replace('<div class="mark">DE', '<div class="mark">XX', 1)
    design = read_design(html)
    file = tmp_path / "kinds.pdf"
    sheets = sheet("A", variant="PRS"), sheet("B"), sheet("C", variant="PRS")
    file.write_bytes(made(design, *sheets)[0])
    pages = tool("pdftotext", file, "-").split("\f")
    assert ["XX" in page for page in pages[:3]] == [False, True, False]
    with pytest.raises(KeyError):
        made(design, sheet("A", variant="none"))


def test_equal_input_gives_equal_bytes_in_another_process(fonts: Path) -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, '.');"
        "from tests.printing.test_sheets import made, named, sheet, badge_html, read_design;"
        "data, _ = made(read_design(badge_html()), *named().values(), sheet('x\\u200e'));"
        "print(hashlib.sha256(data).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C.UTF-8"},
        ).stdout.strip()
        for seed, zone in [("1", "UTC"), ("2", "Asia/Shanghai")]
    }  # fmt: skip
    data, _ = made(read_design(badge_html()), *named().values(), sheet("x\u200e"))
    assert found == {hashlib.sha256(data).hexdigest()}


@pytest.mark.parametrize("page_path", [False, True])
def test_pictures_of_other_kinds_are_drawn(
    page_path: bool, design: Design, tool: Tool, tmp_path: Path
) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 90), (200, 30, 30, 255)).save(out, "PNG")
    file = tmp_path / "png.pdf"
    person = sheet("Aya", photo=Picture(out.getvalue(), "x"))
    file.write_bytes(made(design, person, page_path=page_path)[0])
    tool("pdftoppm", "-r", 72, "-png", "-singlefile", file, tmp_path / "png")
    with Image.open(tmp_path / "png.png") as page:
        red, green, blue = page.convert("RGB").getpixel((60, 160))  # type: ignore[misc]
    assert (red > 190, green < 40, blue < 40) == (True, True, True)


def test_broken_photo_is_told_and_the_badge_made(design: Design) -> None:
    data, report = made(design, sheet("Aya", photo=Picture(b"\xff\xd8torn", "x")), sheet("Eve"))
    assert report.without_picture == [0]
    assert report.sheets == 2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2


def test_fields_without_value_stay_empty(design: Design) -> None:
    data, report = made(design, Sheet("DEL", {}), Sheet("DEL", {"name": Text(("  ",))}))
    assert report.share == 0
    assert data.endswith(b"%%EOF\n")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('data-least="14"', 'data-least="40"', "name: data-least"),
        ('data-lines="2"', 'data-lines="many"', "numbers"),
        ('data-kind="qr"', 'data-kind="film"', "not film"),
        ('data-field="post"', 'data-field="entity"', "entity: there are two"),
        ('data-variant="DEL"', "", "no name"),
        (".badge .number { bottom: 2.6mm; left: auto; width: 34mm;",
         ".badge .number { bottom: 2.6mm; left: auto; width: 0;", "no width"),
    ],
)  # fmt: skip
def test_a_bad_design_is_told(old: str, new: str, told: str, fonts: Path) -> None:
    html = badge_html()
    assert old in html
    with pytest.raises(BadDesign, match=told):
        read_design(html.replace(old, new))


def test_a_design_reaches_neither_files_nor_network(
    fonts: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>kept</text></svg>')
    sly = (
        f'<img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x">'
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{secret.as_uri()}"/></svg>'
        f'<style>@import url("{secret.as_uri()}");</style>'
    )
    with caplog.at_level(logging.WARNING):
        design = read_design(badge_html().replace('<div class="host">', f'{sly}<div class="host">'))
        data, report = made(design, sheet("Aya"), sheet("Aya\u200e"))
    assert report.sheets == 2
    assert sum("disallowed protocol" in message for message in caplog.messages) >= 4
    assert b"kept" not in data


def test_memory_holds_no_pages(design: Design) -> None:
    """Sheets are taken one by one: the next is asked for when the last is written."""
    out, sizes = io.BytesIO(), []

    def people() -> object:
        for number in range(5):
            sizes.append(out.tell())
            yield sheet(f"P{number}", photo=Picture(jpeg(number), "x"))

    print_sheets(design, people(), out, title="x", lang="en", created_at=MADE)  # type: ignore[arg-type]
    assert all(later - earlier > 2000 for earlier, later in pairwise(sizes))
