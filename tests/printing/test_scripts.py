"""Names in every script promised: drawn, with the right font, and readable out of the PDF."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from eventhub.printing.glyphs import missing_glyphs
from tests.paper import Tool
from tests.printing.conftest import bare

NAMES = {
    "Noto-Sans": ["Zoë ÑÍGUEZ Łukasz", "Nguyễn Thị Ánh Tuyết", "Щербакова Їжак", "Ἀθηνᾶ Παππᾶ"],
    "Noto-Sans-Arabic": ["فاطمة الزهراء", "ذوالفقار علی"],
    "Noto-Sans-Hebrew": ["שרה לוי"],
    "Noto-Sans-SC": ["欧阳明辉", "歐陽菲"],
    "Noto-Sans-JP": ["高橋さくら"],
    "Noto-Sans-KR": ["김민준"],
    "Noto-Sans-Bengali": ["শেখ মুজিবুর রহমান"],
    "Noto-Sans-Tamil": ["கிருஷ்ணமூர்த்தி"],
    "Noto-Sans-Sinhala": ["ශ්‍රී කුමාර"],
    "Noto-Sans-Thai": ["สมชาย น้ำใจ"],
    "Noto-Sans-Lao": ["ສົມພອນ ວົງສາ"],
    "Noto-Sans-Khmer": ["សុខ ស្រីមុំ"],
    "Noto-Sans-Myanmar": ["အောင်ဆန်း ကြည်"],
    "Noto-Sans-Georgian": ["გიორგი ბერიძე"],
    "Noto-Sans-Armenian": ["Արամ Խաչատրյան"],
    "Noto-Sans-Ethiopic": ["አበበ በቂላ"],
    "": ["श्रीमती प्रिया शर्मा"],  # Noto Sans draws Devanagari too
}
CASES = [(font, name) for font, names in NAMES.items() for name in names]
LANGUAGES = {"Noto-Sans-JP": "ja", "Noto-Sans-KR": "ko", "Noto-Sans-SC": "zh"}


@pytest.mark.parametrize(("font", "name"), CASES)
def test_a_name_is_read_out_as_it_was_typed(
    font: str, name: str, pdf: Callable[..., bytes], tool: Tool, tmp_path: Path
) -> None:
    file = tmp_path / "name.pdf"
    file.write_bytes(pdf(f"<p>{name}</p><p><b>{name}</b></p>", LANGUAGES.get(font, "en")))
    read = tool("pdftotext", "-layout", file, "-")
    assert bare(read).count(bare(name)) == 2, read
    assert "\ufffd" not in read
    fonts = [line.split() for line in tool("pdffonts", file).splitlines()[2:]]
    assert {line[-5:-2] == ["yes", "yes", "yes"] for line in fonts} == {True}  # embedded, cut, read
    embedded = {line[0].split("+")[1] for line in fonts}
    assert not font or {font, f"{font}-Bold"} <= embedded, embedded


@pytest.mark.parametrize(("font", "name"), CASES)
def test_a_name_is_drawn_and_not_as_boxes(
    font: str,
    name: str,
    pdf: Callable[..., bytes],
    tool: Tool,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    language = LANGUAGES.get(font, "en")
    with caplog.at_level(logging.WARNING):
        drawn = picture(pdf(f"<h1>{name}</h1>", language), tool, tmp_path / "drawn")
    assert caplog.messages == []
    assert missing_glyphs(name) == set()
    assert ink(drawn) > 500
    boxes = picture(pdf(f"<h1>{'ꦲ' * len(name)}</h1>"), tool, tmp_path / "boxes")
    assert ink(ImageChops.difference(drawn, boxes).point(lambda level: 255 - level)) > 300
    assert any(".notdef" in message for message in caplog.messages)


def picture(data: bytes, tool: Tool, stem: Path) -> Image.Image:
    file = stem.with_suffix(".pdf")
    file.write_bytes(data)
    tool("pdftoppm", "-r", 100, "-gray", "-png", "-singlefile", file, stem)
    with Image.open(stem.with_suffix(".png")) as page:
        return page.convert("L").crop((60, 90, 800, 200))  # below the masthead's rule


def ink(image: Image.Image) -> int:
    """Return the number of dark pixels."""
    return sum(image.histogram()[:128])


def test_arabic_letters_join(pdf: Callable[..., bytes], tool: Tool, tmp_path: Path) -> None:
    def width(text: str) -> int:
        stem = tmp_path / str(len(text))
        box = picture(pdf(f"<h1>{text}</h1>"), tool, stem).point(lambda level: 255 - level)
        left, _, right, _ = box.getbbox() or (0, 0, 0, 0)
        return right - left

    assert width("ففف") < 0.8 * width("ف\u200cف\u200cف")  # a non-joiner keeps them apart


def test_a_glyph_may_stand_for_different_letters_on_one_page(
    pdf: Callable[..., bytes], tool: Tool, tmp_path: Path
) -> None:
    # ف ز ة are drawn with the same dots, ị ạ with the same dot; and a space may not break.
    words = ["فرز", "زفة", "تبث", "Thị", "Đạt", "Mme\u00a0Bạch", "ọ̀"]
    file = tmp_path / "words.pdf"
    file.write_bytes(pdf("".join(f"<p>{word}</p>" for word in words)))
    read = bare(tool("pdftotext", "-layout", file, "-"))
    assert [word for word in words if bare(word) not in read] == []


def test_characters_no_font_can_draw_are_named(fonts: Path) -> None:
    assert missing_glyphs("Zoë 主席 ꦲ 😀 𐤀") == {"ꦲ", "😀", "𐤀"}


def test_decomposed_letters_joiners_and_spaces_are_not_missing(fonts: Path) -> None:
    assert missing_glyphs("e\u0302\u0301 \u00a0\u200d\u200f\u2068x\u2069\ufe0f\n") == set()
