"""About how wide a text will be that is not shaped, so that WeasyPrint finds room for it."""

from functools import lru_cache
from pathlib import Path

from eventhub.printing.fonts import FONT_PACKAGES, fonts_in_use

POINT_MM = 25.4 / 72
UNKNOWN_EM = 1.0


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """Return about how many millimetres the text takes in our sans fonts at this size.

    Each character counts with its own advance, marks with none; shaping and kerning are left
    out, which errs by a few per cent, mostly to the wide side.
    """
    weight = 1 if bold else 0
    return sum(_advance(character, weight) for character in text) * points * POINT_MM


@lru_cache(maxsize=8192)
def _advance(character: str, weight: int) -> float:
    """Return the advance of a character in em, of the first font that has it."""
    for path in _stack(fonts_in_use(), weight):
        units, widths, cmap = _metrics(path)
        glyph = cmap.get(ord(character))
        if glyph is not None:
            return widths[glyph][0] / units
    return UNKNOWN_EM


@lru_cache(maxsize=4)
def _stack(folder: Path, weight: int) -> tuple[Path, ...]:
    return tuple(folder / package.files[weight].name for package in FONT_PACKAGES)


@lru_cache(maxsize=64)
def _metrics(path: Path) -> tuple[int, dict[str, tuple[int, int]], dict[int, str]]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (heavy: only where something is printed)

    with TTFont(path, lazy=True) as font:
        return font["head"].unitsPerEm, dict(font["hmtx"].metrics), dict(font.getBestCmap())
