"""What a stand-in is, and what is said of an invented person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

RANKS = (
    "HOS", "VP", "HOG", "DPM", "MIN", "VMIN", "AMB", "CDA", "DG", "DIR", "EXP", "OTH",
)  # fmt: skip
"""Codes of rank levels, highest first."""

EXCELLENCIES = frozenset(RANKS[: RANKS.index("AMB") + 1])

DIETS = ("vegetarian", "vegan", "gluten_free", "lactose_free", "nut_allergy")
NEEDS = ("step_free", "hearing_loop", "large_print")

DECIDED = frozenset({"accredited", "rejected", "returned", "waitlisted", "replaced", "revoked"})
"""States in which somebody has decided."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """An invented person of the rehearsals; a state is None where they are not in that one.

    `replaces` is the id of the person whose place this one took.
    """

    id: str
    entity: str
    gender: str
    language: str
    name_order: str
    family_name: str
    given_names: str
    name_local: str | None
    local_language: str | None
    side_event: str | None
    seminar: str | None
    replaces: str | None

    def state_at(self, preset: str) -> str | None:
        """Return where the registration stands at the end; a forum is like a side event."""
        return self.seminar if preset == "seminar" else self.side_event


@dataclass(frozen=True, slots=True)
class Words:
    """What invented people are given.

    `titles`, `honorifics` and `employers` go by language of letters, then by rank or category,
    gender, and preset. An honorific is a pair, without and with Excellency.
    """

    letter_languages: Mapping[str, str]
    family_first: frozenset[str]
    titles: Mapping[str, Mapping[str, str]]
    honorifics: Mapping[str, Mapping[str, tuple[str, str]]]
    employers: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One registration as it stands at the end; times are local to the event.

    `id` names the person too: the same id in two events is the same person. `submitted_at` is
    None for a draft, `decided_at` where nobody decided yet. `replaces` is the id of the
    registration whose seat this one took.
    """

    id: str
    entity: str
    category: str
    rank: str
    gender: str
    honorific: str
    family_name: str
    given_names: str
    name_order: str
    title: str
    organization: str
    email: str
    language: str
    name_local: str | None = None
    local_language: str | None = None
    passport_latin: str | None = None
    diet: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    admission: str | None = None
    state: str = "accredited"
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    replaces: str | None = None
