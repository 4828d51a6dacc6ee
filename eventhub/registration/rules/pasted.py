"""Rows of people pasted from Word, Excel or a message, guessed into columns.

Nothing guessed here is kept before a person has seen it.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from eventhub.core.text import fold, tidy
from eventhub.registration.rules.pasted_words import HEADS, HONORIFICS, POSTS

MOST_ROWS = 300

_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,3}\s*[.)、:．]|[-–•*·●▪])\s*")
_NUMBER_ALONE = re.compile(r"^\(?\d{1,4}[.)]?$")
_EMAIL = re.compile(r"<?([^\s<>;,]+@[^\s<>;,]+\.[^\s<>;,]+?)>?[.,;]?$")
_PHONE = re.compile(r"^\+?[\d\s()./-]{7,}$")


@dataclass(frozen=True, slots=True)
class Guess:
    """One pasted line: what each column seems to be, and the fields to look at again."""

    values: Mapping[str, str]
    doubts: Collection[str] = field(default_factory=tuple)


def guess_rows(text: str, categories: Mapping[str, str]) -> list[Guess]:
    """Return a guess for each line of the text that is not blank, at most 300.

    `categories` give a category's code by each of its names, folded. A first line of column
    titles decides the columns; else each cell is judged by what it looks like.
    """
    lines = [line for line in text.replace("\u2028", "\n").splitlines() if line.strip()]
    sign = _separator(lines)
    rows = [_cells(line, "\t" if "\t" in line else sign) for line in lines]
    if rows and (heads := _heads(rows[0])):
        return [_by_heads(cells, heads, categories) for cells in rows[1 : MOST_ROWS + 1]]
    return [_by_looks(_without_number(cells), categories) for cells in rows[:MOST_ROWS]]


def split_name(text: str) -> tuple[dict[str, str], bool]:
    """Return honorific, given and family name of a name in one piece, and whether it is sure.

    A name is told apart by its capitals only, never at blanks (R1.29): without capitals it stays
    whole among the given names.
    """
    honorific, rest = _honorific(text)
    found = {"honorific": honorific} if honorific else {}
    if "," in rest:
        family, _comma, given = (part.strip() for part in rest.partition(","))
        if family and given:
            parts = {"family_name": family, "given_names": given}
            return {**found, **parts}, not _seems_a_post(given)
    words = rest.split()
    capitals = [word for word in words if _is_capitals(word)]
    others = [word for word in words if not _is_capitals(word)]
    if capitals and others:
        names = {"given_names": " ".join(others), "family_name": " ".join(capitals)}
        in_a_row = " ".join(capitals) in rest
        return {**found, **names}, in_a_row
    if len(words) == 1:
        return {**found, "family_name": rest}, True
    return {**found, "given_names": rest}, False


def _separator(lines: Sequence[str]) -> str:
    """Return what parts the cells of lines without tabs: what stands in most of them."""
    lines = [line for line in lines if "\t" not in line]
    counts = Counter(
        sign for sign in (";", "|", ",", "，", "؛", "،") for line in lines if sign in line
    )
    best = max(counts, key=lambda sign: counts[sign], default="")
    return best if best and counts[best] * 2 >= len(lines) else ""


def _cells(line: str, sign: str) -> list[str]:
    line = _NUMBERED.sub("", line, count=1) if sign != "\t" else line
    cells = [tidy(cell).strip('"') for cell in (line.split(sign) if sign else [line])]
    if not _NUMBER_ALONE.match(cells[0]):
        cells[0] = _NUMBERED.sub("", cells[0], count=1)
    return cells


def _seems_a_post(given: str) -> bool:
    """Tell whether what follows a comma is rather a post than given names."""
    return "," in given or any(fold(word) in POSTS for word in given.split())


def _without_number(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a line without a column of its number before them."""
    return cells[1:] if len(cells) > 1 and _NUMBER_ALONE.match(cells[0]) else cells


def _heads(cells: Sequence[str]) -> list[str]:
    """Return the field of each column where the line is one of column titles; else nothing."""
    fields = [HEADS.get(fold(cell), "") for cell in cells]
    known = [name for name in fields if name]
    return fields if len(known) >= 2 and len(known) * 2 >= len(cells) else []


def _by_heads(cells: Sequence[str], heads: Sequence[str], categories: Mapping[str, str]) -> Guess:
    values: dict[str, str] = {}
    doubts: list[str] = []
    for name, cell in zip(heads, cells, strict=False):
        if not name or not cell:
            continue
        if name == "name":
            parts, is_sure = split_name(cell)
            values |= parts
            doubts += [] if is_sure else ["family_name"]
        elif name == "category":
            code = categories.get(fold(cell), "")
            values["category"] = code
            doubts += [] if code else ["category"]
        else:
            values[name] = cell
    return Guess(values, tuple(doubts))


def _by_looks(cells: Sequence[str], categories: Mapping[str, str]) -> Guess:
    values: dict[str, str] = {}
    words: list[str] = []
    for cell in cells:
        if not cell:
            continue
        rest = cell
        if "email" not in values and (found := _EMAIL.search(cell)):
            values["email"] = found[1]
            rest = tidy(cell[: found.start()].rstrip(" -–:<("))
        if not rest:
            continue
        if "phone" not in values and _PHONE.match(rest) and any(c.isdigit() for c in rest):
            values["phone"] = rest
        elif "category" not in values and fold(rest) in categories:
            values["category"] = categories[fold(rest)]
        elif not words and "honorific" not in values and _is_honorific(rest):
            values["honorific"] = rest
        else:
            words.append(rest)
    doubts = _name_and_work(values, words)
    return Guess(values, tuple(doubts))


def _name_and_work(values: dict[str, str], words: list[str]) -> list[str]:
    """Take the name from the first words, then title, then organization; return doubts."""
    if not words:
        return ["family_name"]
    first, rest = words[0], words[1:]
    parts, is_sure = split_name(first)
    bare = " ".join(parts.get(name, "") for name in ("given_names", "family_name")).strip()
    if rest and _is_capitals(bare) and not _is_capitals(rest[0]) and len(rest[0].split()) <= 2 and (
        len(rest) > 1 or len(bare.split()) == 1
    ):  # fmt: skip
        parts = {**parts, "family_name": bare, "given_names": rest[0]}
        rest, is_sure = rest[1:], True
    elif rest and _is_capitals(rest[0]) and not _is_capitals(bare) and len(rest[0].split()) <= 3:
        parts = {**parts, "given_names": bare, "family_name": rest[0]}
        rest, is_sure = rest[1:], True
    values |= {name: part for name, part in parts.items() if name not in values or part}
    if rest:
        values["functional_title"] = rest[0]
    if len(rest) > 1:
        values["organisation"] = ", ".join(rest[1:])
    return [] if is_sure else ["family_name"]


def _honorific(text: str) -> tuple[str, str]:
    """Return the forms of address at the start of a name, and the rest."""
    words, taken = text.split(), 0
    while taken < len(words) - 1:
        pair = " ".join(words[taken : taken + 2])
        if taken < len(words) - 2 and fold(pair) in HONORIFICS:
            taken += 2
        elif fold(words[taken]) in HONORIFICS:
            taken += 1
        else:
            break
    return " ".join(words[:taken]), " ".join(words[taken:])


def _is_honorific(text: str) -> bool:
    return bool(text) and all(fold(word) in HONORIFICS for word in text.split())


def _is_capitals(text: str) -> bool:
    """Tell whether a word is written in capitals: two letters at least, and all of them."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)
