"""Text as typed: cleaning what cannot be stored, and folding for search in any script."""

import re
import unicodedata
from collections.abc import Iterable

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "þ": "th", "ð": "d", "æ": "ae", "œ": "oe"}
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def has_forbidden(text: str) -> bool:
    """Tell whether the text holds NUL, another control character, or half of a surrogate pair."""
    return _CONTROL.search(text) is not None


def tidy(text: str) -> str:
    """Compose the text (NFC), drop space at its ends, make inner runs of blanks one space.

    The no-break spaces that French sets at its marks stay.
    """
    composed = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(lambda found: found[1] or " ", composed).strip()


_BLANKS = re.compile("((?<=«)[\u00a0\u202f]|[\u00a0\u202f](?=[;:!?»]))|[^\\S\\n]+")


def apart(text: str) -> str:
    """Return a run that keeps its own direction inside a sentence of another (Unicode isolates)."""
    return f"\u2068{text}\u2069"


def fold(text: str) -> str:
    """Fold case, accents and width, so that "Élodie" and "ELODIE" are one: for search only."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    kept = (_LETTERS.get(c, c) for c in flat if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", "".join(kept)).strip()


def has_no_blanks(text: str) -> bool:
    """Tell whether the text holds letters of a script that writes no blanks between words."""
    return _CJK.search(text) is not None


def grams(folded: str) -> str:
    """Return the text's words and the two-character pieces of scripts that write no spaces.

    Chinese, Japanese and Korean words of two characters are found this way on both databases.
    """
    pieces: list[str] = []
    for word in folded.split():
        pieces.append(word)
        if _CJK.search(word):
            pieces.extend(word[i : i + 2] for i in range(len(word) - 1))
    return " ".join(dict.fromkeys(pieces))


def searchable(parts: Iterable[str | None]) -> str:
    """Return what the search column holds for these parts, folded, pieces added."""
    return grams(fold(" ".join(part for part in parts if part)))
