"""The order in which letters of both directions stand on a line.

The implicit rules of the Unicode Bidirectional Algorithm (UAX #9: W1 to W7, N0 to N2, I1, I2, L1,
L2) for one line of text. Explicit controls are not read: texts that hold them are set elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

_OPENING = "([{⁅⁽₍〈❨❪❬❮❰❲❴⟦⟨⟪⟬⟮⦃⦅⦗⧘⧚⧼〈《「『【〔〖〘〚﹙﹛﹝（［｛｟｢"
_CLOSING = ")]}⁆⁾₎〉❩❫❭❯❱❳❵⟧⟩⟫⟭⟯⦄⦆⦘⧙⧛⧽〉》」』】〕〗〙〛﹚﹜﹞）］｝｠｣"
_CLOSED_BY = dict(zip(_OPENING, _CLOSING, strict=True))
_CONTROL = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# All blocks that hold letters or digits running to the left, and some more.
_RIGHTWARD = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MOST_OPEN = 63
_RIGHT = ("R", "AL")
_NUMBERS = ("EN", "AN")
_NEUTRAL = ("B", "S", "WS", "ON", "BN")
_SAME = str.maketrans("〈〉", "〈〉")  # canonical equivalents


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs to the left (P2, P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in _RIGHT:
            return kind in _RIGHT
    return False


def has_controls(text: str) -> bool:
    """Tell whether a text steers its own direction (LRM, RLM, ALM, embeddings, isolates)."""
    return _CONTROL.search(text) is not None


def runs_left(text: str) -> bool:
    """Tell whether any letter or digit of a text may run to the left."""
    return _RIGHTWARD.search(text) is not None


def visual_runs(text: str, *, rtl: bool) -> list[tuple[int, int, int]]:
    """Return (start, end, level) of the runs of one level, from left to right (L2).

    rtl is the direction of the line as a whole; odd levels run to the left.
    """
    if not rtl and not _RIGHTWARD.search(text):
        return [(0, len(text), 0)] if text else []
    found = levels(text, rtl=rtl)
    runs, start = [], 0
    for level, group in groupby(found):
        end = start + len(list(group))
        runs.append((start, end, level))
        start = end
    lowest_odd = min((level for level in found if level % 2), default=0)
    for level in range(max(found, default=0), lowest_odd - 1 if lowest_odd else 0, -1):
        runs = list(_reversed_from(level, runs))
    return runs


def _reversed_from(level: int, runs: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    for is_deep, group in groupby(runs, key=lambda run: run[2] >= level):
        inside = list(group)
        yield from reversed(inside) if is_deep else inside


def levels(text: str, *, rtl: bool) -> list[int]:
    """Return the embedding level of each character."""
    base = 1 if rtl else 0
    first = [unicodedata.bidirectional(c) or "L" for c in text]
    if not rtl and not any(kind in _RIGHT or kind == "AN" for kind in first):
        return [0] * len(text)
    kinds = _weak(first, "R" if rtl else "L")
    _brackets(text, first, kinds, base)
    _neutral(kinds, base)
    found = [base + _raise(kind, base) for kind in kinds]
    _trailing(first, found, base)
    return found


def _raise(kind: str, base: int) -> int:
    """Return how far a kind lies above the line's own level (I1, I2)."""
    if base % 2:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(first: Sequence[str], outside: str) -> list[str]:
    """Resolve marks and numbers (W1 to W7)."""
    kinds = _arabic(first, outside)
    for i in range(1, len(kinds) - 1):  # W4
        around = (kinds[i - 1], kinds[i + 1])
        if kinds[i] == "ES" and around == ("EN", "EN"):
            kinds[i] = "EN"
        elif kinds[i] == "CS" and around[0] == around[1] and around[0] in _NUMBERS:
            kinds[i] = around[0]
    _terminators(kinds)
    strong = outside
    for i, kind in enumerate(kinds):  # W6, W7
        if kind in ("L", "R"):
            strong = kind
        elif kind in ("ES", "ET", "CS"):
            kinds[i] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _arabic(first: Sequence[str], outside: str) -> list[str]:
    """Let marks follow what bears them, and numbers after Arabic letters be Arabic (W1 to W3)."""
    kinds = []
    before = strong = outside
    for each in first:
        # What is invisible goes with what precedes it, as marks do.
        kind = before if each in ("NSM", "BN") else each
        before = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        kinds.append("AN" if kind == "EN" and strong == "AL" else kind)
    return ["R" if kind == "AL" else kind for kind in kinds]


def _terminators(kinds: list[str]) -> None:
    """Let signs beside a number go with it (W5)."""
    start = 0
    for kind, group in groupby(list(kinds)):
        end = start + len(list(group))
        beside = (kinds[start - 1 : start], kinds[end : end + 1])
        if kind == "ET" and ["EN"] in beside:
            kinds[start:end] = ["EN"] * (end - start)
        start = end


def _brackets(text: str, first: Sequence[str], kinds: list[str], base: int) -> None:
    """Give both brackets of a pair one direction (N0)."""
    own = "R" if base % 2 else "L"
    for start, end in sorted(_pairs(text.translate(_SAME), kinds)):
        inside = {_strong(kind) for kind in kinds[start + 1 : end]} - {None}
        if own in inside:
            direction = own
        elif inside:
            before = next((s for k in reversed(kinds[:start]) if (s := _strong(k))), own)
            direction = before if before != own else own
        else:
            continue
        for place in (start, end):
            kinds[place] = direction
            for i in range(place + 1, len(kinds)):
                if first[i] not in ("NSM", "BN"):
                    break
                kinds[i] = direction


def _pairs(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    found = []
    for i, character in enumerate(text):
        if kinds[i] != "ON":
            continue
        if character in _CLOSED_BY:
            if len(waiting) == _MOST_OPEN:
                break
            waiting.append((_CLOSED_BY[character], i))
        elif character in _CLOSING:
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == character:
                    found.append((waiting[depth][1], i))
                    del waiting[depth:]
                    break
    yield from found


def _strong(kind: str) -> str | None:
    """Return the direction that a resolved kind has among neutrals: numbers run with R."""
    return "R" if kind == "R" or kind in _NUMBERS else "L" if kind == "L" else None


def _neutral(kinds: list[str], base: int) -> None:
    """Let neutrals follow what stands on both sides, else the line (N1, N2)."""
    own = "R" if base % 2 else "L"
    start = 0
    for is_neutral, group in groupby([kind in _NEUTRAL for kind in kinds]):
        end = start + len(list(group))
        if is_neutral:
            before = _strong(kinds[start - 1]) if start else own
            after = _strong(kinds[end]) if end < len(kinds) else own
            kinds[start:end] = [before if before and before == after else own] * (end - start)
        start = end


def _trailing(first: Sequence[str], found: list[int], base: int) -> None:
    """Put separators, and spaces before them or at the end, back to the line's level (L1)."""
    is_trailing = True
    for i in range(len(first) - 1, -1, -1):
        if first[i] in ("S", "B"):
            found[i], is_trailing = base, True
        elif first[i] in ("WS", "BN") and is_trailing:
            found[i] = base
        else:
            is_trailing = False
