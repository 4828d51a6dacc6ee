"""Which pictures go into a PDF as they are."""

import io
from typing import Any

import pytest
from PIL import Image

from eventhub.printing.jpeg import plain_jpeg


def picture(mode: str = "RGB", kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (31, 17), "white" if mode != "CMYK" else 0).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"dpi": (300, 300)}])
def test_plain_pictures_go_in_as_they_are(options: dict[str, Any]) -> None:
    assert plain_jpeg(picture(**options)) == (31, 17, "RGB")
    assert plain_jpeg(picture("L", **options)) == (31, 17, "L")


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(exif=exif)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", picture(kind="PNG"), picture("CMYK"), turned(), picture()[:-40],
     picture()[:20] + b"\xff\xd9", b"\xff\xd8" + bytes(40) + b"\xff\xd9"],
)  # fmt: skip
def test_all_others_are_decoded(data: bytes) -> None:
    assert plain_jpeg(data) is None
