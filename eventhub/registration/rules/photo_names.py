"""Whose photo a file is, as far as its name tells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventhub.core.text import fold

_NUMBER = re.compile(r"(?<!\d)0*(\d{1,3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Known:
    """A person a file may show: the names as typed, and the number of the reference."""

    id: int
    names: Sequence[str]
    """Family name, given names and any other name, each as a whole."""
    number: int | None = None
    ref: str = ""


def is_picture(path: str) -> bool:
    """Tell whether a file of a ZIP is a picture, and none that the packing program added."""
    folder, _slash, name = path.replace("\\", "/").rpartition("/")
    is_hidden = name.startswith(".") or "__MACOSX" in folder
    return not is_hidden and name.lower().endswith((".jpg", ".jpeg", ".png", ".webp"))


def whose(file_name: str, people: Iterable[Known], *, code: str = "") -> int | None:
    """Return the id of the one person whom the file's name tells, None where it is not sure.

    A reference (`ZMB-07`, with the entity's code) or a ref decides; else the person most of whose
    name's words stand in the file's name, where the family name is among them or the name is
    told whole. Two who fit equally well are nobody.
    """
    stem = file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or file_name
    everybody = list(people)
    for one in everybody:
        if one.ref and one.ref.casefold() in stem.casefold():
            return one.id
    if (number := _number(stem, code)) is not None:
        return next((one.id for one in everybody if one.number == number), None)
    words = set(fold(stem.replace("_", " ")).split())
    scores = sorted(((_score(one, words), one.id) for one in everybody), reverse=True)
    if not scores or scores[0][0] == 0:
        return None
    is_alone = len(scores) == 1 or scores[0][0] > scores[1][0]
    return scores[0][1] if is_alone else None


def _number(stem: str, code: str) -> int | None:
    """Return the number of a reference in the name, or of a name that is a number alone."""
    if code:
        found = re.search(rf"{re.escape(code)}[-_ ]?0*(\d{{1,4}})(?!\d)", stem, re.IGNORECASE)
        if found:
            return int(found[1])
    bare = _NUMBER.fullmatch(stem.strip(" -_()"))
    return int(bare[1]) if bare else None


def _score(one: Known, words: set[str]) -> int:
    names = [set(fold(name).split()) for name in one.names if name]
    if not names:
        return 0
    whole = sum(1 for name in names if name and name <= words)
    hit = sum(len(name & words) for name in names)
    return 10 * whole + hit if whole else 0
