"""What becomes of the rows of a programme's spreadsheet: read, matched, told row by row."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from eventhub.sheets.importing import Fault

MAKES = ("rooms", "tracks", "speakers")
"""What an import may make that the event does not have, where somebody ticked it."""


class Outcome(StrEnum):
    """What becomes of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was read: its number in the file, and what each cell means.

    `values` are by the column's code; columns whose cells are empty are absent. Rooms, tracks and
    speakers stand there as they are written.
    """

    number: int
    ref: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of a row now; `changes` are before and after in words, by column."""

    line: Line
    outcome: Outcome
    ref: str = ""
    name: str = ""
    version: int = 0
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a file: its rows, what it would make, how many sessions it leaves out.

    `makes` are names by kind, of MAKES.
    """

    rows: Sequence[Planned]
    makes: Mapping[str, Sequence[str]]
    left_out: int

    @property
    def digest(self) -> str:
        """Return a short digest of all that a person saw, to tell whether it is still so."""
        whole = hashlib.sha256(repr(sorted(self.makes.items())).encode())
        for one in self.rows:
            changes = sorted(one.changes.items())
            whole.update(repr((one.line.number, one.outcome, one.ref, changes)).encode())
        return whole.hexdigest()[:20]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome, none left out."""
        counts = {str(outcome): 0 for outcome in Outcome}
        for one in self.rows:
            counts[one.outcome] += 1
        return counts
