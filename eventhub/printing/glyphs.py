"""Which characters of a text can be printed."""

import json
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

from eventhub.printing.fonts import COVERAGE, FontsMissing, fonts_in_use


def missing_glyphs(text: str, fonts_dir: Path | None = None) -> set[str]:
    """Return the characters of a text that no font can draw, of this folder or those in use.

    A process that prints nothing names the folder. Raises FontsMissing where there are none.
    """
    folder = fonts_dir or fonts_in_use()
    if not (folder / COVERAGE).is_file():
        raise FontsMissing(f"No fonts in {folder}")
    bounds = _coverage(folder)
    return {
        character
        for character in unicodedata.normalize("NFC", text)
        if not _is_invisible(character)
        and not all(_covers(bounds, part) for part in unicodedata.normalize("NFD", character))
        and not _covers(bounds, character)
    }


@lru_cache(maxsize=4)
def _coverage(fonts_dir: Path) -> tuple[int, ...]:
    """Return the code points at which coverage starts and stops, in turn."""
    ranges = json.loads((fonts_dir / COVERAGE).read_text(encoding="ascii"))
    return tuple(bound for first, last in ranges for bound in (first, last + 1))


def _covers(bounds: tuple[int, ...], character: str) -> bool:
    return bisect_right(bounds, ord(character)) % 2 == 1


def _is_invisible(character: str) -> bool:
    """Tell whether a character is drawn by nothing: space, joiner, direction or variation mark."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") or (
        "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    )
