"""The fonts in use as HarfBuzz reads them, and which of them draws a character."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from eventhub.printing.fonts import FONT_PACKAGES, fonts_in_use

REGULAR, BOLD = 0, 1
_OFTEN = 4
_SERIF = ("Noto Serif", "Noto Naskh Arabic")
_FILES = {package.family: package.files for package in FONT_PACKAGES}
_SANS = tuple(package.family for package in FONT_PACKAGES if package.family not in _SERIF)
_FIRST_FOR_LANGUAGE = {"ja": "Noto Sans JP", "ko": "Noto Sans KR"}

_MOST_BROUGHT = 24
_BROUGHT: "OrderedDict[tuple[str, int], Typeface]" = OrderedDict()
"""Fonts of institutions that this process has printed with, by key and weight."""


class Typeface:
    """One font file. Lengths are in em, up from the baseline; descent is negative."""

    def __init__(self, blob: hb.Blob, name: str) -> None:
        self.face = hb.Face(blob)
        self.font = hb.Font(self.face)
        self.units = self.face.upem
        self._advances = _Advances(self.font)
        self._cuts = 0
        self._to_cut = self.face
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.units
        self.descent = extents.descender / self.units
        self.characters = frozenset(self.face.unicodes)
        self.name = str(self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or name)

    def to_cut(self) -> hb.Face:
        """Return the face that subsets are cut from.

        A face that is cut often is prepared for it: that takes 40 ms for Chinese, and saves 2 ms
        each time. Both give the same bytes.
        """
        self._cuts += 1
        if self._cuts == _OFTEN:
            self._to_cut = hb.subset_preprocess(self.face)
        return self._to_cut

    def advance(self, glyph: int) -> int:
        """Return the glyph's own width in thousandths of an em."""
        thousandths: int = round(self._advances[glyph] * 1000 / self.units)
        return thousandths

    def own_advances(self, glyphs: Sequence[int]) -> list[int]:
        """Return the glyphs' own widths in units of the font."""
        advances = self._advances
        return [advances[glyph] for glyph in glyphs]


class _Advances(dict[int, int]):
    """The width of each glyph in units of the font, asked for once."""

    def __init__(self, font: hb.Font) -> None:
        self._font = font

    def __missing__(self, glyph: int) -> int:
        found: int = self._font.get_glyph_h_advance(glyph)
        self[glyph] = found
        return found


class Stack:
    """The typefaces tried in turn, as fonts.conf lets the page path try them."""

    def __init__(self, families: Sequence[str], weight: int, language: str) -> None:
        folder = fonts_in_use()
        self._faces = tuple(
            _BROUGHT[family, weight] if (family, weight) in _BROUGHT
            else _typeface(folder / _FILES[family][weight].name)
            for family in _in_turn(families, weight, language)
        )  # fmt: skip
        self._found: dict[str, Typeface | None] = {}
        has_ascii = self.first.characters.issuperset(range(0x20, 0x7F))
        self._ascii = self.first if has_ascii else None

    @property
    def first(self) -> Typeface:
        """Return the typeface that makes the strut of each line."""
        return self._faces[0]

    def drawing_ascii(self) -> Typeface | None:
        """Return the first typeface where it has all of ASCII."""
        return self._ascii

    def drawing(self, character: str) -> Typeface | None:
        """Return the first typeface that has the character, None where none has."""
        if character not in self._found:
            code = ord(character)
            found = (face for face in self._faces if code in face.characters)
            self._found[character] = next(found, None)
        return self._found[character]


def knows(family: str) -> bool:
    """Tell whether a family named by a design is one of ours, or a generic name."""
    return family in _FILES or family in ("serif", "sans-serif")


def stack(families: tuple[str, ...], weight: int, language: str) -> Stack:
    """Return the stack for these families, REGULAR or BOLD, in a language ("" where unknown)."""
    fonts = os.environ.get("FONTCONFIG_FILE", "")  # what use_fonts sets
    return _stack(fonts, families, weight, language.partition("-")[0])


@lru_cache(maxsize=128)
def _stack(_fonts: str, families: tuple[str, ...], weight: int, language: str) -> Stack:
    return Stack(families, weight, language)


@lru_cache(maxsize=64)
def _typeface(path: Path) -> Typeface:
    return Typeface(hb.Blob.from_file_path(str(path)), path.stem)


def bring(key: str, weight: int, data: bytes) -> None:
    """Let a font that is none of ours be named by its key in a stack; equal keys, equal fonts.

    Only those used last are kept: bring a document's fonts before each use.
    """
    if (key, weight) not in _BROUGHT:
        _BROUGHT[key, weight] = Typeface(hb.Blob(data), "Font")
        _stack.cache_clear()  # stacks hold what was let go
    _BROUGHT.move_to_end((key, weight))
    while len(_BROUGHT) > _MOST_BROUGHT:
        _BROUGHT.popitem(last=False)


def _in_turn(families: Sequence[str], weight: int, language: str) -> tuple[str, ...]:
    wanted: list[str] = []
    for family in families:
        if family in ("serif", "Noto Serif"):
            wanted += _SERIF
        elif family in _FILES or (family, weight) in _BROUGHT:
            wanted.append(family)
    if language in _FIRST_FOR_LANGUAGE:
        wanted += ["Noto Sans", _FIRST_FOR_LANGUAGE[language]]
    return tuple(dict.fromkeys([*wanted, *_SANS]))
