"""From the bytes that somebody sent to a portrait of our own making.

Nothing of the file sent is kept: its pixels are drawn anew, so that what else it carried (place,
time and maker of the camera, hidden pictures, scripts) is gone.
"""

import math
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from struct import error as struct_error
from typing import BinaryIO

from PIL import Image, ImageCms, ImageFile, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from eventhub.core.errors import Invalid
from eventhub.i18n import _
from eventhub.photos import rules

FIELD = "photo"
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
"""What we open; GIF only to say what is wrong with it. A JPEG of two frames is called MPO."""

QUALITIES = (90, 82, 74, 66, 58, 50)
_BROKEN = (OSError, EOFError, ValueError, SyntaxError, IndexError, struct_error, zlib.error)
"""What Pillow raises for a file that is not what it says it is."""

Image.MAX_IMAGE_PIXELS = rules.MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Portrait:
    """A portrait ready to be kept: two JPEG files, and what its reviewer should look at."""

    jpeg: bytes
    thumb: bytes
    doubts: tuple[rules.Doubt, ...]


def portrait_of(data: bytes, crop: rules.Crop | None = None) -> Portrait:
    """Return the portrait cut from a picture; takes up to a second, so not in a transaction.

    Raises Invalid with the field "photo" and a sentence that says what to do.
    """
    image = _cut_out(data, crop)
    thumb = image.resize((rules.THUMB_WIDTH, rules.THUMB_HEIGHT), Image.Resampling.LANCZOS)
    return Portrait(_packed(image), _packed(thumb), tuple(_doubts(image)))


def square_of(data: bytes) -> Portrait:
    """Return a square portrait, for pages: 400 pixels, and 144 for lists; raises as portrait_of."""
    image = _cut_out(data, None)
    top = round((image.height - image.width) * rules.ABOVE_HEAD)
    whole = image.crop((0, top, image.width, top + image.width))
    sizes = ((rules.SQUARE, rules.MOST_SQUARE_BYTES), (rules.SMALL_SQUARE, rules.MOST_SMALL_BYTES))
    large, small = (
        _packed(whole.resize((side, side), Image.Resampling.LANCZOS), most) for side, most in sizes
    )
    return Portrait(large, small, tuple(_doubts(image)))


def _cut_out(data: bytes, crop: rules.Crop | None) -> Image.Image:
    if not data:
        raise _refuse(_("The file is empty. Choose the photo again."))
    if len(data) > rules.MOST_BYTES:
        raise _refuse(_("Choose a photo of at most %(size)s MB.", size=rules.MOST_BYTES >> 20))
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    try:
        with Image.open(BytesIO(data), formats=KINDS) as image:
            _check(image)
            return _upright(image, crop)
    except UnidentifiedImageError:
        raise _refuse(_wrong_kind(data)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refuse(_too_many_pixels()) from None
    except _BROKEN:
        raise _refuse(
            _("The photo cannot be read to its end. Choose it again, or send another one.")
        ) from None


def _check(image: Image.Image) -> None:
    """Refuse what the head of the file already shows, before anything is decoded."""
    kind, (width, height) = image.format, image.size
    if kind == "GIF" or (kind != "MPO" and getattr(image, "is_animated", False)):
        raise _refuse(_("Send a still photo in JPEG or PNG, not a moving picture."))
    if kind not in ("JPEG", "MPO") and width * height > rules.MOST_PIXELS_UNREDUCED:
        raise _refuse(_too_many_pixels())
    if min(width, height) < rules.WIDTH or max(width, height) < rules.HEIGHT:
        raise _refuse(_too_small(width, height))
    if rules.is_too_long(width, height):
        raise _refuse(_("Send a portrait, not a wide or high strip."))


def _upright(image: Image.Image, crop: rules.Crop | None) -> Image.Image:
    """Return the portrait in RGB: turned as the camera said, cut, made smaller, colours plain."""
    width, height = image.size
    # A JPEG is decoded at a half, a quarter or an eighth where that is still large enough.
    times = rules.reduction(width, height, crop)
    image.draft(None, (math.ceil(width / times), math.ceil(height / times)))
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(_in_eight_bits(image))
    if (width > height) != (turned.width > turned.height):
        width, height = height, width
    box = rules.crop_box(width, height, crop)
    if not rules.is_large_enough(box):
        raise _refuse(_too_small(width, height))
    scale = turned.width / width
    decoded = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
    small = turned.resize(
        (rules.WIDTH, rules.HEIGHT), Image.Resampling.LANCZOS, box=decoded, reducing_gap=3.0
    )
    return _on_white(_in_srgb(small, profile))


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Bring 16-bit grey to 8 bits (plain conversion would clip it) and a palette to its colours."""
    if image.mode.startswith(("I", "F")):
        grey = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        grey.info.update(image.info)
        return grey
    if image.mode in ("P", "PA", "1", "La", "RGBa"):
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring the colours of a camera's or a press's own space to those that screens expect."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            made = None
        if made is not None:
            return made
    return image if image.mode in ("RGB", "RGBA", "LA") else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def _packed(image: Image.Image, most_bytes: int = rules.MOST_STORED_BYTES) -> bytes:
    """Return a JPEG small enough to be stored, without any of the first file's notes."""
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    for quality in QUALITIES:
        out: BinaryIO = BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True)
        out.seek(0)
        jpeg = out.read()
        if len(jpeg) <= most_bytes:
            break
    return jpeg


def _doubts(image: Image.Image) -> list[rules.Doubt]:
    grey = image.convert("L")
    edge, beside = rules.WIDTH // 12, rules.HEIGHT // 2
    border = Image.new("L", (edge, beside * 2 + rules.WIDTH))
    border.paste(grey.crop((0, 0, edge, beside)), (0, 0))
    border.paste(grey.crop((rules.WIDTH - edge, 0, rules.WIDTH, beside)), (0, beside))
    above = grey.crop((0, 0, rules.WIDTH, edge)).transpose(Image.Transpose.ROTATE_90)
    border.paste(above, (0, beside * 2))
    stat = ImageStat.Stat(border)
    inside = (1, 1, rules.WIDTH - 1, rules.HEIGHT - 1)  # the filter leaves the outermost pixels
    return rules.doubts(
        sharpness=ImageStat.Stat(grey.filter(_LAPLACIAN).crop(inside)).var[0],
        brightness=stat.mean[0],
        spread=stat.stddev[0],
    )


def _refuse(message: str) -> Invalid:
    return Invalid(message, field=FIELD)


def _wrong_kind(data: bytes) -> str:
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1"):
        return _("This is a HEIC picture. Save it as JPEG and send that one.")
    return _("This file is not a photo in JPEG, PNG or WebP. Choose another one.")


def _too_many_pixels() -> str:
    return _("The photo has too many pixels. Make it smaller, 2,000 pixels wide or less.")


def _too_small(width: int, height: int) -> str:
    return _(
        "The photo has %(width)s x %(height)s pixels. Send one of at least %(w)s x %(h)s.",
        width=width, height=height, w=rules.WIDTH, h=rules.HEIGHT,
    )  # fmt: skip
