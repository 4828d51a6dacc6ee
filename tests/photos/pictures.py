"""Pictures as people and attackers send them, made in the test."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


def drawn(width: int = 900, height: int = 1200, ground: str = "white") -> Image.Image:
    """Return a drawn head and shoulders, its hair dark at the top, one shoulder red."""
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.3, height * 0.15, width * 0.7, height * 0.6), fill="#b98a66")
    draw.pieslice((width * 0.3, height * 0.1, width * 0.7, height * 0.45), 180, 360, fill="black")
    draw.rectangle((width * 0.15, height * 0.65, width * 0.5, height), fill="red")
    draw.rectangle((width * 0.5, height * 0.65, width * 0.85, height), fill="navy")
    for row in range(0, height, 7):
        draw.line((width * 0.2, row, width * 0.8, row), fill="#444444")
    return image


def sent(image: Image.Image | None = None, kind: str = "JPEG", **more: Any) -> bytes:
    """Return the bytes of a picture in a file format."""
    out = BytesIO()
    (image or drawn()).save(out, kind, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the picture in the bytes, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a few hundred bytes that claim to be billions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND")


def jpeg_bomb(width: int = 12_000, height: int = 9_000) -> bytes:
    """Return a small JPEG whose head claims more pixels than we take."""
    data = sent()
    frame = data.index(b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", height, width) + data[frame + 9 :]


def text_bomb() -> bytes:
    """Return a PNG whose comment unpacks to 200 MB."""
    comment = b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 200_000_000, 9)
    good = sent(kind="PNG")
    return good[:33] + _chunk(*comment) + good[33:]


def _chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
