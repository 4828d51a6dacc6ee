"""What is drawn on a sheet for one person: texts, picture and code over the background."""

import io
from functools import lru_cache

from PIL import Image, ImageOps

from eventhub.printing.fitting import Setting
from eventhub.printing.jpeg import plain_jpeg
from eventhub.printing.pdf_fonts import PdfFonts
from eventhub.printing.pdf_stream import PdfStream, number_of
from eventhub.printing.qr import qr_operators
from eventhub.printing.values import Box, Field, Picture, Qr

_COLOUR_SPACES = {"RGB": b"DeviceRGB", "L": b"DeviceGray"}
_QUALITY = 92


class BadPicture(Exception):
    """A file that is no picture we can read."""


def draw_text(setting: Setting, fonts: PdfFonts, page_height: float, mcid: int) -> bytes:
    """Return the operators that draw a text; each line sits where CSS would have it.

    Each line is marked content of its own, numbered from mcid on.
    """
    field, size = setting.field, setting.size
    style = field.style
    assert style
    leading = style.leading * size
    first = style.pen.stack.first
    least = _above(first.ascent, first.descent, size, leading)
    pieces = []
    top = setting.top
    for number, line in enumerate(setting.shaped, mcid):
        # A font that reaches higher than the first one pushes its line down (CSS 2, 10.8).
        baseline = top + max(least, _above(line.ascent, line.descent, size, leading))
        left = _left(field.box, line.width * size, style.align)
        pieces.append(
            b"/P<</MCID %d>>BDC\nBT %.4g %.4g %.4g rg 1 0 0 1 %.3f %.3f Tm\n%b\nET\nEMC\n"
            % (number, *style.colour, left, page_height - baseline, fonts.show(line, size))
        )
        top += leading
    return b"".join(pieces)


def _above(ascent: float, descent: float, size: float, leading: float) -> float:
    """Return how far a font's baseline lies below the top of a line of this leading."""
    return ascent * size + (leading - (ascent - descent) * size) / 2


def _left(box: Box, width: float, align: str) -> float:
    room = box.width - width
    return box.x + {"left": 0.0, "center": room / 2, "right": room}[align]


def draw_code(field: Field, value: Qr, page_height: float) -> bytes:
    """Return the operators that draw a QR code."""
    box = field.box
    return qr_operators(value.text, box.x, page_height - box.y - box.width, box.width)


def draw_picture(
    field: Field, value: Picture, pdf: PdfStream, page_height: float, name: str
) -> tuple[bytes, bytes]:
    """Write a picture; return the operators that draw it, and the resource they name.

    A JPEG goes in as it is. Raises BadPicture.
    """
    data, width, height, mode = _jpeg(value.data)
    number = pdf.add_stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%b"
        b"/Filter/DCTDecode" % (width, height, _COLOUR_SPACES[mode]),
        packed=True,
    )
    place = _placed(field.box, width, height, page_height)
    drawn = b"%b /%b Do Q\n" % (place, name.encode())
    return drawn, b"/%b %d 0 R" % (name.encode(), number)


@lru_cache(maxsize=256)
def _placed(box: Box, width: int, height: int, page_height: float) -> bytes:
    """Return what lets a picture of so many pixels cover a box, in its middle."""
    scale = max(box.width / width, box.height / height)
    wide, high = width * scale, height * scale
    bottom = page_height - box.y - box.height
    left, low = box.x + (box.width - wide) / 2, bottom + (box.height - high) / 2
    frame = b" ".join(map(number_of, (box.x, bottom, box.width, box.height)))
    place = b"%b 0 0 %b %b %b" % tuple(map(number_of, (wide, high, left, low)))
    return b"q %b re W n %b cm" % (frame, place)


def _jpeg(data: bytes) -> tuple[bytes, int, int, str]:
    """Return a picture as JPEG in RGB or grey, with its width, height and mode."""
    if plain := plain_jpeg(data):
        return data, *plain
    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise BadPicture(str(error)) from error
    white = Image.new("RGB", upright.size, "white")
    white.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    white.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue(), white.width, white.height, "RGB"
