"""What a portrait must be, and what is cut from a picture to make one (R1.22, R1.23)."""

from dataclasses import dataclass
from enum import StrEnum

WIDTH, HEIGHT = 413, 531
"""Pixels of 35 x 45 mm at 300 dots per inch."""

THUMB_WIDTH, THUMB_HEIGHT = 96, 123
SQUARE, SMALL_SQUARE = 400, 144
"""Pixels of a portrait on a page of its own, and in a list (drawn at half of it)."""

MOST_SQUARE_BYTES = 60 * 1024
MOST_SMALL_BYTES = 8 * 1024
MOST_BYTES = 10 * 1024 * 1024
MOST_STORED_BYTES = 150 * 1024
MOST_PIXELS = 80_000_000
"""Of a JPEG, which is decoded at a fraction of its size."""

MOST_PIXELS_UNREDUCED = 20_000_000
"""Of any other kind, which is decoded whole."""

LONGEST_RATIO = 3
SPARE = 1.25
"""How many times larger than a portrait a picture is decoded at least, to be made smaller well."""

ABOVE_HEAD = 0.25
"""Of what a picture is too high, the share that is cut off at its top."""

SHARP_ENOUGH = 25.0
BRIGHT_ENOUGH = 130.0
EVEN_ENOUGH = 48.0


class PhotoState(StrEnum):
    """What an officer said of a photo (R1.24)."""

    PENDING = "pending"
    OK = "ok"
    REDO = "redo"


class Doubt(StrEnum):
    """What a picture's figures make the reviewer look at; never a reason to refuse it."""

    BLURRED = "blurred"
    DARK_BACKGROUND = "dark_background"
    UNEVEN_BACKGROUND = "uneven_background"


@dataclass(frozen=True, slots=True)
class Crop:
    """What a person chose to cut out: its start and top edge and width, as parts of the picture.

    The height follows from 7:9. All are of the picture as it is seen, turned upright.
    """

    left: float
    top: float
    width: float


Box = tuple[int, int, int, int]


def is_too_long(width: int, height: int) -> bool:
    """Tell whether a picture is a strip from which no portrait can be cut."""
    return max(width, height) > LONGEST_RATIO * min(width, height)


def crop_box(width: int, height: int, crop: Crop | None = None) -> Box:
    """Return the box of 7:9 to cut from a picture: left, top, right, bottom in pixels.

    Without a choice: the middle of a picture too wide, the upper part of one too high. A choice
    that leaves the picture is moved and made smaller until it fits.
    """
    widest = min(width, height * WIDTH / HEIGHT)
    wide = min(crop.width * width, widest) if crop else widest
    high = wide * HEIGHT / WIDTH
    left = crop.left * width if crop else (width - wide) / 2
    top = crop.top * height if crop else (height - high) * ABOVE_HEAD
    left = min(max(left, 0), width - wide)
    top = min(max(top, 0), height - high)
    return round(left), round(top), round(left + wide), round(top + high)


def reduction(width: int, height: int, crop: Crop | None = None) -> float:
    """Return how many times smaller a picture may be decoded for a sharp portrait, 1 or more.

    It may yet be turned, so that both ways count.
    """
    times = []
    for box in (crop_box(width, height, crop), crop_box(height, width, crop)):
        left, top, right, bottom = box
        times += [(right - left) / WIDTH, (bottom - top) / HEIGHT]
    return max(1.0, min(times) / SPARE)


def is_large_enough(box: Box) -> bool:
    """Tell whether the box holds a portrait's pixels; a pixel lost by rounding does not count."""
    left, top, right, bottom = box
    return right - left >= WIDTH - 1 and bottom - top >= HEIGHT - 1


def doubts(*, sharpness: float, brightness: float, spread: float) -> list[Doubt]:
    """Return what the reviewer should look at.

    sharpness is the variance of the Laplacian of the grey picture; brightness (0 to 255) and
    spread (standard deviation) are of its border beside and above the head.
    """
    found = []
    if sharpness < SHARP_ENOUGH:
        found.append(Doubt.BLURRED)
    if brightness < BRIGHT_ENOUGH:
        found.append(Doubt.DARK_BACKGROUND)
    elif spread > EVEN_ENOUGH:
        found.append(Doubt.UNEVEN_BACKGROUND)
    return found
