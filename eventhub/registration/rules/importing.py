"""What becomes of the rows of a spreadsheet of people: read, matched, told row by row (R1.32)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eventhub.core.text import fold
from eventhub.sheets.importing import Fault


class Outcome(StrEnum):
    """What becomes of one row."""

    CREATED = "created"
    UPDATED = "updated"
    ASKED = "asked"
    """Some of it waits until an officer agrees (R1.4)."""
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was read: its number in the file, and what each cell means."""

    number: int
    ref: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Values of `rules.FIELDS`; fields whose cells are empty are absent."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """By the question's code."""
    consents: Mapping[str, bool] = field(default_factory=dict)
    """By purpose."""
    faults: Sequence[Fault] = ()

    @property
    def name(self) -> str:
        """Return the name as it stands in the file."""
        parts = (self.values.get("given_names", ""), self.values.get("family_name", ""))
        return " ".join(part for part in parts if part)

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells one person of a delegation from another: the folded names."""
        return name_key_of(self.values.get("family_name", ""), self.values.get("given_names", ""))


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of a row now."""

    line: Line
    outcome: Outcome
    registration_id: int | None = None
    ref: str = ""
    version: int = 0
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Before and after, by field; of answers and consents only their names stand here."""
    faults: Sequence[Fault] = ()
    waits: bool = False
    """Whether a new person goes to the waiting list."""


def name_key_of(family_name: str, given_names: str) -> tuple[str, str]:
    """Return folded family and given names, by which two rows are of one person."""
    return fold(family_name), fold(given_names)


def digest_of(plan: Sequence[Planned]) -> str:
    """Return a short digest of all that a person saw, to tell whether it is still so (R1.3)."""
    whole = hashlib.sha256()
    for one in plan:
        seen = (one.line.number, one.outcome, one.ref, one.version, sorted(one.changes), one.waits)
        whole.update(repr(seen).encode())
    return whole.hexdigest()[:20]


def tally(plan: Sequence[Planned]) -> dict[str, int]:
    """Return how many rows there are of each outcome, none left out."""
    counts = {str(outcome): 0 for outcome in Outcome}
    for one in plan:
        counts[one.outcome] += 1
    return counts
