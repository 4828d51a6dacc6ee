"""Test scores as tables write them, and what becomes of each row. Pure."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eventhub.sheets.importing import Fault

_OF = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Outcome(StrEnum):
    """What becomes of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


def read_score(text: str) -> float | None:
    """Return the score, 0 to 1, that a cell means; None where it means none for sure.

    72, 72,5 and 72 % are per cent, 18/25 is a share, and so is 0.72, as spreadsheets keep per
    cent; a bare 1 may be either.
    """
    plain = text.strip().translate(str.maketrans("٫٪％，,", ".%%.."))
    bare = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    if found := _OF.fullmatch(bare):
        most = float(found[2])
        value = float(found[1]) / most if most else -1.0
    else:
        is_per_cent = bare.endswith("%")
        number = bare.removesuffix("%").strip()
        if not _NUMBER.fullmatch(number):
            return None
        value = float(number)
        if value == 1 and not is_per_cent:
            return None
        if is_per_cent or value > 1:
            value /= 100
    return round(value, 6) if 0 <= value <= 1 else None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was read: whom it names and the score; None takes one away."""

    number: int
    ref: str = ""
    name: str = ""
    email: str = ""
    score: float | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of a row now: whose score, before and after."""

    line: Line
    outcome: Outcome
    registration_id: int = 0
    ref: str = ""
    name: str = ""
    before: float | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a file."""

    rows: Sequence[Planned]

    @property
    def digest(self) -> str:
        """Return a short digest of all that a person saw, to tell whether it is still so."""
        seen = [(one.line.number, one.outcome, one.registration_id, one.before, one.line.score)
                for one in self.rows]  # fmt: skip
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome, none left out."""
        counts = {str(outcome): 0 for outcome in Outcome}
        for one in self.rows:
            counts[one.outcome] += 1
        return counts
