"""The stream path and the page path draw the same badge, in every script (issue 5)."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from eventhub.printing.designs import read_design
from eventhub.printing.fonts import use_fonts
from eventhub.printing.sheets import print_sheets
from tests.paper import Tool
from tests.printing.badges import badge_html, named, written
from tests.printing.conftest import MADE

SHEETS = named() | written()
PATHS = ("stream", "page")
DPI = 150
WHO = (35, 480, 585, 750)  # the names, in pixels


@pytest.fixture(scope="module")
def files(fonts_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Print all badges by each path, once."""
    folder = tmp_path_factory.mktemp("paths")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", "")
        use_fonts(fonts_dir)
        design = read_design(badge_html())
        for path in PATHS:
            with (folder / f"{path}.pdf").open("wb") as out:
                report = print_sheets(
                    design, SHEETS.values(), out, title="Badges", lang="en", created_at=MADE,
                    page_path=path == "page",
                )  # fmt: skip
            assert report.sheets == len(SHEETS)
            assert report.share == (path == "page"), report
    return {path: folder / f"{path}.pdf" for path in PATHS}


Draw = Callable[[str, str, int], Image.Image]


@pytest.fixture
def draw(files: dict[str, Path], tool: Tool, tmp_path: Path) -> Draw:
    """Return a function that draws a page as a reader's program does."""

    def drawn(program: str, path: str, number: int) -> Image.Image:
        stem = tmp_path / f"{program}-{path}"
        picture = stem.with_suffix(".png")
        if program == "poppler":
            tool("pdftoppm", "-r", DPI, "-f", number, "-l", number, "-png", "-singlefile",
                 files[path], stem)  # fmt: skip
        else:
            tool("mutool", "draw", "-q", "-r", DPI, "-o", picture, files[path], number)
        with Image.open(picture) as page:
            return page.convert("L")

    return drawn


@pytest.mark.parametrize("program", ["poppler", "mupdf"])
@pytest.mark.parametrize("name", SHEETS)
def test_pixels_agree(name: str, program: str, draw: Draw) -> None:
    number = list(SHEETS).index(name) + 1
    stream, page = (draw(program, path, number) for path in PATHS)
    assert stream.size == page.size
    differing = sum(ImageChops.difference(stream, page).histogram()[33:])
    assert differing < 0.01 * stream.width * stream.height
    # A name that is missing, or all boxes, would hide below one per cent of a page.
    drawn, expected = ink(stream.crop(WHO)), ink(page.crop(WHO))
    assert expected > 400
    assert drawn == pytest.approx(expected, rel=0.03)


def ink(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


def test_text_is_read_out_alike_on_every_page(files: dict[str, Path], tool: Tool) -> None:
    stream, page = (
        [[line.split() for line in text.splitlines()]
         for text in tool("pdftotext", "-layout", files[path], "-").split("\f")]
        for path in PATHS
    )  # fmt: skip
    assert len(stream) == len(SHEETS) + 1
    for name, ours, theirs in zip(SHEETS, stream, page, strict=False):
        assert ours == theirs, name


def test_what_is_said_is_alike_on_every_page(files: dict[str, Path], tool: Tool) -> None:
    """The paths may say of another glyph that it says nothing more, and of nothing else."""
    stream, page = (
        tool("pdfinfo", "-struct-text", files[path]).replace("\u200b", "").split("  Sect")
        for path in PATHS
    )
    assert len(stream) == len(SHEETS) + 1
    for name, ours, theirs in zip(SHEETS, stream[1:], page[1:], strict=True):
        assert ours == theirs, name


@pytest.mark.parametrize("path", PATHS)
def test_all_fonts_are_embedded_and_can_be_read(
    path: str, files: dict[str, Path], tool: Tool
) -> None:
    fonts = [line.split()[-5:-2] for line in tool("pdffonts", files[path]).splitlines()[2:]]
    assert len(fonts) > len(SHEETS) / 2
    assert {tuple(each) for each in fonts} == {("yes", "yes", "yes")}


@pytest.mark.parametrize("path", PATHS)
def test_files_are_sound(path: str, files: dict[str, Path], tool: Tool) -> None:
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", files[path])


def test_every_code_is_read_at_150_dpi(files: dict[str, Path], tool: Tool, tmp_path: Path) -> None:
    tool("pdftoppm", "-r", DPI, "-gray", "-png", "-l", 24, files["stream"], tmp_path / "page")
    read = tool("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                *sorted(tmp_path.glob("*.png")))  # fmt: skip
    wanted = [sheet.values["qr"].text for sheet in named().values()]  # type: ignore[union-attr]
    assert read.split() == wanted


def test_photos_go_in_as_they_are(files: dict[str, Path]) -> None:
    with pikepdf.open(io.BytesIO(files["stream"].read_bytes())) as pdf:
        for page, sheet in zip(pdf.pages, named().values(), strict=False):
            assert page.Resources.XObject.P1.read_raw_bytes() == sheet.values["photo"].data  # type: ignore[union-attr]
