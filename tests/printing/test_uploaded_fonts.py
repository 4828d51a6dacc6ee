"""Fonts that an institution brings: what is refused, and that both paths draw with the rest."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from eventhub.printing import uploaded_fonts
from eventhub.printing.compiled import compiled
from eventhub.printing.designs import read_design
from eventhub.printing.sheets import print_sheets
from eventhub.printing.typefaces import BOLD, REGULAR
from eventhub.printing.uploaded_fonts import BadFont, UploadedFont, check_font
from eventhub.printing.values import Text
from tests.paper import Tool
from tests.printing.badges import badge_html, sheet
from tests.printing.conftest import MADE

FAMILY = "Ministry Serif"
Make = Callable[..., bytes]


@pytest.fixture
def make(fonts: Path) -> Make:
    """Return a function that makes a font of another name, changed as the test wants."""

    def made(
        change: Callable[[Any], object] = lambda _: None, name: str = FAMILY, weight: int = 700
    ) -> bytes:
        file = "NotoSerif_700Bold.ttf" if weight == 700 else "NotoSerif_400Regular.ttf"
        with TTFont(fonts / file) as font:
            for entry in font["name"].names:
                if entry.nameID in (1, 16):
                    entry.string = name
                elif entry.nameID == 6:
                    entry.string = "MinistrySerif"
            font["OS/2"].usWeightClass = weight
            change(font)
            out = io.BytesIO()
            font.save(out)
        return out.getvalue()

    return made


def test_good_font_is_read_with_what_it_draws(make: Make) -> None:
    font = check_font(make())
    assert (font.family, font.weight, font.is_streamed) == (FAMILY, BOLD, True)
    assert font.missing("Aya Ñandú 王") == {"王"}
    assert check_font(make(weight=400)).weight == REGULAR


def forbid(bits: int) -> Callable[[Any], object]:
    return lambda font: setattr(font["OS/2"], "fsType", bits)


@pytest.mark.parametrize(
    ("change", "name", "reason"),
    [
        (forbid(0x0002), FAMILY, "embedding"),
        (forbid(0x0100), FAMILY, "embedding"),
        (forbid(0x0200), FAMILY, "embedding"),
        (lambda font: setattr(font["OS/2"], "fsSelection", 1), FAMILY, "italic"),
        (lambda font: font.__delitem__("hmtx"), FAMILY, "damaged"),
        (lambda _: None, "Noto Sans", "known"),
        (lambda _: None, 'x"; } * { color: red', "name"),
        (lambda _: None, "serif", "name"),
    ],
)
def test_bad_fonts_are_refused_with_their_reason(
    change: Callable[[Any], object], name: str, reason: str, make: Make
) -> None:
    with pytest.raises(BadFont, match=reason):
        check_font(make(change, name))


def test_embedding_for_printing_and_editing_is_enough(make: Make) -> None:
    assert check_font(make(forbid(0x0004))).family == FAMILY
    assert check_font(make(forbid(0x0008))).family == FAMILY


def test_files_that_are_no_fonts_are_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, reason in [(b"", "kind"), (b"wOF2" + bytes(99), "kind"), (b"ttcf", "kind"),
                         (b"\0\1\0\0" + bytes(500), "damaged"), (make()[:9000], "damaged"),
                         (b"OTTO\xff\xff" + bytes(50), "damaged")]:  # fmt: skip
        with pytest.raises(BadFont, match=reason):
            check_font(data)
    monkeypatch.setattr(uploaded_fonts, "MOST_BYTES", 1000)
    with pytest.raises(BadFont, match="size"):
        check_font(make())


def test_a_name_is_given_once_for_each_weight(make: Make) -> None:
    data = make()
    with pytest.raises(BadFont, match="known"):
        check_font(data, taken=[(FAMILY.upper(), BOLD)])
    assert check_font(data, taken=[(FAMILY, REGULAR), ("Other", BOLD)]).family == FAMILY


def designed(font: UploadedFont | None, family: str = FAMILY) -> Any:
    html = badge_html().replace(
        ".badge .name {", f'.badge .name {{ font-family: "{family}", "Noto Sans";'
    )
    return read_design(html, fonts=[font] if font else [])


def printed(design: Any, path: Path, *, page_path: bool) -> Any:
    people = [sheet("Ñandú KOFFI", "王 ABC", entity=Text(("Zambia",)))]
    with path.open("wb") as out:
        return print_sheets(
            design, people, out, title="x", lang="en", created_at=MADE, page_path=page_path
        )


def test_both_paths_draw_with_a_font_that_was_brought(
    make: Make, tool: Tool, tmp_path: Path
) -> None:
    design = designed(check_font(make()))
    pictures = []
    for path in (False, True):
        file = tmp_path / f"{path}.pdf"
        report = printed(design, file, page_path=path)
        assert report.share == path, report
        assert "Ministry" in tool("pdffonts", file)
        tool("pdftoppm", "-r", 150, "-gray", "-png", "-singlefile", file, file.with_suffix(""))
        with Image.open(file.with_suffix(".png")) as page:
            pictures.append(page.convert("L"))
    differing = sum(ImageChops.difference(*pictures).histogram()[33:])
    assert differing < 0.01 * pictures[0].width * pictures[0].height


def test_a_font_is_seen_by_its_own_design_alone(make: Make, tool: Tool, tmp_path: Path) -> None:
    designed(check_font(make()))
    report = printed(designed(None), tmp_path / "other.pdf", page_path=False)
    assert report.on_page_path == {0: "style"}
    assert "Ministry" not in tool("pdffonts", tmp_path / "other.pdf")


def test_a_weight_that_was_not_brought_goes_the_page_path(make: Make, tmp_path: Path) -> None:
    design = designed(check_font(make(weight=400)))
    assert printed(design, tmp_path / "x.pdf", page_path=False).on_page_path == {0: "style"}


def test_another_font_of_the_same_name_is_another_design(make: Make) -> None:
    html = badge_html()
    first, second = check_font(make()), check_font(make(forbid(0x0008)))
    assert compiled(html, fonts=[first]) is compiled(html, fonts=[first])
    assert compiled(html, fonts=[first]) is not compiled(html, fonts=[second])
