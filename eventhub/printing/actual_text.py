"""What each drawn glyph says, so that a PDF can be read aloud, searched and copied.

A reader asks each glyph for its letters. Where several glyphs draw one letter, or letters carry
marks, the letters of the whole word are written out beside them as well (ActualText, ISO 32000-1,
14.9.4), since not every reader heeds one or the other.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

Cluster = tuple[list[int], str]
"""The glyphs that together draw some letters, and the letters."""

NOTHING_MORE = "\u200b"
"""What a glyph says whose letters an earlier glyph has told."""


class Spoken(NamedTuple):
    """One glyph with the letters it says, and where an ActualText opens and closes around it."""

    glyph: int
    text: str
    opens: str | None = None
    closes: bool = False


def spoken(
    clusters: Iterable[Cluster], *, rtl: bool, width: Callable[[int], float]
) -> Iterator[Spoken]:
    """Yield the glyphs of a run in the order drawn; width is that of a glyph."""
    if rtl:
        for glyphs, text in clusters:
            yield from _right_to_left(glyphs, text, width)
    else:
        for _, word in groupby(clusters, key=lambda cluster: cluster[1].isspace()):
            yield from _left_to_right(list(word))


def _right_to_left(glyphs: list[int], text: str, width: Callable[[int], float]) -> Iterator[Spoken]:
    """Let the widest glyph say the letters, and its dots nothing.

    Longer ActualText is read backwards by Poppler, whose readers are many.
    """
    widest = max(range(len(glyphs)), key=lambda i: width(glyphs[i]))
    for i, glyph in enumerate(glyphs):
        if i == widest:
            yield Spoken(glyph, text)
        else:
            yield Spoken(glyph, NOTHING_MORE, opens="", closes=True)


def _left_to_right(word: list[Cluster]) -> Iterator[Spoken]:
    """Let each glyph say its letters, and where that is not all, write the word out as well."""
    text = "".join(letters for _, letters in word)
    said = [
        (glyph, NOTHING_MORE if i else letters)
        for glyphs, letters in word
        for i, glyph in enumerate(glyphs)
    ]
    is_plain = len(said) == len(word) and (
        text.isascii() or not any(unicodedata.category(c)[0] == "M" for c in text)
    )
    for i, (glyph, letters) in enumerate(said):
        if is_plain:
            yield Spoken(glyph, letters)
        else:
            yield Spoken(glyph, letters, opens=None if i else text, closes=i == len(said) - 1)
