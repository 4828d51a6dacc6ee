"""One line of text as glyphs: direction, script and font of each run, shaped by HarfBuzz.

Runs are found as Pango finds them, so that both paths draw the same: whatever belongs to every
script goes with the letters before it, and spaces keep the font of what precedes them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.unicodedata import script

from eventhub.printing.actual_text import Cluster, spoken
from eventhub.printing.bidi import has_controls, runs_left, visual_runs
from eventhub.printing.typefaces import Stack, Typeface, stack

Features = tuple[tuple[str, int], ...]
_OF_EVERY_SCRIPT = ("Zyyy", "Zinh", "Zzzz")
_LANGUAGE_OF_SCRIPT = {"Hira": "ja", "Kana": "ja", "Hang": "ko"}
_JOINERS = "\u200c\u200d"
_script_of = lru_cache(maxsize=8192)(script)


class CannotShape(Exception):
    """A text that is not set here; the message is its reason as a code: glyph or control."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text is written: CSS families, weight, OpenType features, language (BCP 47)."""

    families: tuple[str, ...]
    weight: int
    features: Features = ()
    language: str = ""

    @property
    def stack(self) -> Stack:
        """Return the typefaces tried in turn."""
        return stack(self.families, self.weight, self.language)

    def in_language(self, language: str) -> "Pen":
        """Return the same pen for a text in this language."""
        return self if language == self.language else _pen_in(self, language)


@lru_cache(maxsize=256)
def _pen_in(pen: Pen, language: str) -> Pen:
    return replace(pen, language=language)


class Glyph(NamedTuple):
    """One glyph in thousandths of an em: what it says, its shift, how far the pen moves on."""

    number: int
    text: str
    opens: str | None
    closes: bool
    right: float
    up: float
    advance: float
    width: int


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one typeface, in the order drawn; width is in thousandths of an em."""

    face: Typeface
    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(frozen=True, slots=True)
class PlainRun:
    """Glyphs that stand on the line one after another, and each says its own letter.

    `said` are the glyphs with their letters. kerns are (how many glyphs stand before, how far the
    pen goes back there in thousandths of an em).
    """

    face: Typeface
    said: tuple[tuple[int, str], ...]
    kerns: tuple[tuple[int, float], ...]
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A shaped line, in em: its width, and how far its fonts reach from the baseline."""

    runs: tuple[Run | PlainRun, ...]
    width: float
    ascent: float
    descent: float


@lru_cache(maxsize=1024)
def shape(text: str, pen: Pen, *, rtl: bool) -> Line:
    """Return the line; rtl is its own direction. Raises CannotShape."""
    if not text.isascii() and has_controls(text):
        raise CannotShape("control")
    if not rtl and (alone := _alone(text, pen)):
        face, of_script = alone
        whole = _shaped(text, face, of_script, pen, rtl=False)
        return Line((whole,), whole.width / 1000, face.ascent, face.descent)
    scripts = _scripts(text)
    faces = _faces(text, scripts, pen)
    runs: list[Run | PlainRun] = []
    for start, end, level in visual_runs(text, rtl=rtl):
        pieces = list(_pieces(faces, scripts, start, end))
        for first, last in reversed(pieces) if level % 2 else pieces:
            run = _shaped(text[first:last], faces[first], scripts[first], pen, rtl=bool(level % 2))
            runs.append(run)
    width = sum([run.width for run in runs]) / 1000
    used = [run.face for run in runs] or [pen.stack.first]
    return Line(
        tuple(runs), width, max(face.ascent for face in used), min(face.descent for face in used)
    )


def _alone(text: str, pen: Pen) -> tuple[Typeface, str] | None:
    """Return the one typeface and script of a text that runs to the right, if it has but one."""
    if text.isascii():
        face = pen.stack.drawing_ascii() if text.isprintable() and text else None
        return (face, "Latn") if face else None
    found = set(map(_script_of, text)).difference(_OF_EVERY_SCRIPT)
    if len(found) != 1 or runs_left(text):
        return None
    (of_script,) = found
    letters = [character for character in set(text) if not _is_space(character)]
    tried = stack(pen.families, pen.weight, _LANGUAGE_OF_SCRIPT.get(of_script, pen.language))
    faces = set(map(tried.drawing, letters))
    face = faces.pop()
    return (face, of_script) if face and not faces else None


def _faces(text: str, scripts: list[str], pen: Pen) -> list[Typeface]:
    """Return the typeface of each character; what is invisible takes its neighbour's."""
    if text.isascii() and text.isprintable() and (face := pen.stack.drawing_ascii()):
        return [face] * len(text)
    found: list[Typeface | None] = []
    stacks = {s: stack(pen.families, pen.weight, _LANGUAGE_OF_SCRIPT.get(s, pen.language))
              for s in set(scripts)}  # fmt: skip
    for character, each in zip(text, scripts, strict=True):
        if _is_space(character):
            found.append(found[-1] if found else None)
            continue
        face = stacks[each].drawing(character)
        if face is None:
            raise CannotShape("glyph")
        found.append(face)
    first = next((face for face in found if face), pen.stack.first)
    return [face or first for face in found]


@lru_cache(maxsize=8192)
def _is_space(character: str) -> bool:
    if character.isalnum():
        return False
    category = unicodedata.category(character)
    if category == "Cc" or (category == "Cf" and character not in _JOINERS):
        raise CannotShape("control")
    return category in ("Cf", "Zs", "Zl", "Zp") or "\ufe00" <= character <= "\ufe0f"


@lru_cache(maxsize=8192)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _scripts(text: str) -> list[str]:
    """Return the script (ISO 15924) of each character, resolved by what stands before it."""
    if text.isascii():
        return ["Latn"] * len(text)
    found = [_script_of(character) for character in text]
    last = next((s for s in found if s not in _OF_EVERY_SCRIPT), "Latn")
    for i, each in enumerate(found):
        if each in _OF_EVERY_SCRIPT:
            found[i] = last
        else:
            last = each
    return found


def _pieces(
    faces: list[Typeface], scripts: list[str], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run that have one typeface and one script."""
    first = start
    for i in range(start + 1, end):
        if faces[i] is not faces[first] or scripts[i] != scripts[first]:
            yield first, i
            first = i
    yield first, end


def _shaped(text: str, face: Typeface, of_script: str, pen: Pen, *, rtl: bool) -> Run | PlainRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = of_script
    buffer.language = _LANGUAGE_OF_SCRIPT.get(of_script, pen.language or "en")
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.font, buffer, dict(pen.features))
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    drawn = [info.codepoint for info in infos]
    if 0 in drawn:
        raise CannotShape("glyph")
    if not rtl and len(drawn) == len(text):
        is_ascii = text.isascii()
        places = [place.position for place in positions]
        # Most of what there is ends here.
        if not any(right or up for right, up, _, _ in places) and (
            is_ascii or (
                [info.cluster for info in infos] == list(range(len(text)))
                and not any(map(_is_mark, text))
            )
        ):  # fmt: skip
            return _plain(face, drawn, text, [advance for _, _, advance, _ in places])
    scale = 1000 / face.units
    clusters = _clusters(text, [(info.cluster, info.codepoint) for info in infos])
    glyphs = tuple(
        Glyph(
            said.glyph, said.text, said.opens, said.closes,
            place.x_offset * scale, place.y_offset * scale, place.x_advance * scale,
            face.advance(said.glyph),
        )
        for said, place in zip(spoken(clusters, rtl=rtl, width=face.advance), positions,
                               strict=True)
    )  # fmt: skip
    return Run(face, glyphs, sum([glyph.advance for glyph in glyphs]))


def _plain(face: Typeface, drawn: list[int], text: str, advances: list[int]) -> PlainRun:
    own = face.own_advances(drawn)
    kerns = [] if own == advances else [
        (number, (width - advance) * 1000 / face.units)
        for number, (width, advance) in enumerate(zip(own, advances, strict=True), 1)
        if width != advance
    ]  # fmt: skip
    width = sum(advances) * 1000 / face.units
    return PlainRun(face, tuple(zip(drawn, text, strict=True)), tuple(kerns), width)


def _clusters(text: str, drawn: list[tuple[int, int]]) -> Iterator[Cluster]:
    """Yield the clusters in the order drawn, from (first letter, glyph) of each glyph."""
    starts = sorted({start for start, _ in drawn})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs: list[int] = []
    before = -1
    for start, glyph in drawn:
        if start != before and glyphs:
            yield glyphs, _letters(text[before : ends[before]])
            glyphs = []
        glyphs.append(glyph)
        before = start
    if glyphs:
        yield glyphs, _letters(text[before : ends[before]])


def _letters(text: str) -> str:
    return text if text.isascii() else text.strip(_JOINERS)
