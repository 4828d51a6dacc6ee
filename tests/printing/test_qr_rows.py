"""Symbols made fast are the symbols segno makes, module by module."""

from pathlib import Path
from random import Random

import pytest
import segno
from PIL import Image

from eventhub.printing.qr_rows import _ALPHABET, _MASK, qr_rows
from tests.paper import Tool


def reference(text: str) -> list[str]:
    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    return ["".join("1" if dark else "0" for dark in row) for row in symbol.matrix]


def test_a_thousand_codes_of_all_lengths_equal_those_of_segno() -> None:
    draw = Random(4)
    for number in range(1000):
        length = 1 + number if number < 200 else draw.randint(100, 200)
        text = "A" + "".join(draw.choices(_ALPHABET, k=length - 1))
        if not ends_on_a_byte(text):
            assert qr_rows(text) == reference(text), text


def ends_on_a_byte(text: str) -> bool:
    """Tell whether segno pads the text by a byte that ISO/IEC 18004 does not have."""
    return (4 + 9 + len(text) // 2 * 11 + len(text) % 2 * 6 + 4) % 8 == 0 or len(text) > 210


@pytest.mark.parametrize("text", ["1234567", "https://x.example/é", "A" * 2000])
def test_other_texts_are_left_to_segno(text: str) -> None:
    symbol = segno.make_qr(text, error="m", boost_error=False, eci=not text.isascii())
    assert len(qr_rows(text)) == len(symbol.matrix)


def test_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_rows("A" * 4000)


@pytest.mark.parametrize("length", [7, 15, 60, 161, 162, 163, 164])
def test_a_reader_reads_it(length: int, tool: Tool, tmp_path: Path) -> None:
    text = "HTTPS:/" + "".join(Random(length).choices(_ALPHABET[:36], k=length - 7))
    rows = qr_rows(text)
    picture = Image.new("1", (len(rows) + 8, len(rows) + 8), 1)
    for y, row in enumerate(rows, 4):
        for x, dark in enumerate(row, 4):
            picture.putpixel((x, y), dark == "0")
    picture.resize((picture.width * 4, picture.height * 4)).save(tmp_path / "qr.png")
    assert text in tool("zbarimg", "--quiet", "--raw", tmp_path / "qr.png").splitlines()
