"""Counting and rounding, pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

ROUNDED_FROM = 30


class Basis(StrEnum):
    """Who is counted: all who sent a registration still in force, the accredited, who came."""

    REGISTERED = "registered"
    ACCREDITED = "accredited"
    ATTENDED = "attended"


def rounded_down(n: int) -> tuple[int, bool]:
    """Return what "over" may be followed by, and whether the figure is exact (R6.6).

    The largest multiple of 10 strictly below n; small figures and multiples of 10 are exact.
    """
    if n < ROUNDED_FROM or n % 10 == 0:
        return n, True
    return n - n % 10, False


@dataclass(frozen=True, slots=True)
class Counted:
    """One registration as figures see it. Missing dimensions are "".

    person is the confirmed identity, or a key of its own where none is confirmed; it is "" where
    only a State was ticked as present, and nobody by name. `state` is the code of the State
    represented, "" for organizations: whoever comes for a university counts for the university.
    """

    person: str
    event: int
    entity: str = ""
    state: str = ""
    region: str = ""
    un_group: str = ""
    category: str = ""
    gender: str = "undisclosed"
    rank: str = ""
    is_ldc: bool = False
    is_lldc: bool = False
    is_sids: bool = False
    is_participant: bool = True


@dataclass(frozen=True, slots=True)
class Gathered:
    """A registration in force, and how far it came."""

    row: Counted
    is_accredited: bool
    attended: bool
    waits: bool = False
    """It was vouched for, and waits for an officer to decide."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many registrations there are on each basis, whatever their category."""

    registered: int = 0
    accredited: int = 0
    attended: int = 0
    waiting: int = 0
    """Those that wait for an officer to decide."""

    @property
    def basis(self) -> Basis:
        """Return on what basis figures are told by now: who came, once anybody was seen."""
        if self.attended:
            return Basis.ATTENDED
        return Basis.ACCREDITED if self.accredited else Basis.REGISTERED


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one event, or of several taken together."""

    registered: int = 0
    participants: int = 0
    states: int = 0
    organizations: int = 0
    women: int = 0
    men: int = 0
    another: int = 0
    undisclosed: int = 0
    ldc: int = 0
    lldc: int = 0
    sids: int = 0
    persons_by_category: Mapping[str, int] = field(default_factory=dict)
    persons_by_state: Mapping[str, int] = field(default_factory=dict)
    persons_by_region: Mapping[str, int] = field(default_factory=dict)
    persons_by_organization: Mapping[str, int] = field(default_factory=dict)
    states_by_region: Mapping[str, int] = field(default_factory=dict)
    states_by_group: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered_gender(self) -> int:
        """Return on how many participants the share of women is computed (R6.4)."""
        return self.participants - self.undisclosed

    @property
    def answer_rate(self) -> float | None:
        """Return the share of participants who answered, None where there are none."""
        return self.answered_gender / self.participants if self.participants else None

    @property
    def women_share(self) -> float | None:
        """Return the share of women among those who answered, None where nobody did."""
        return self.women / self.answered_gender if self.answered_gender else None


def tally(everybody: Iterable[Gathered]) -> Tally:
    """Count registrations on each basis."""
    named = [one for one in everybody if one.row.person]
    accredited = [one for one in named if one.is_accredited]
    return Tally(
        registered=len(named),
        accredited=len(accredited),
        attended=sum(one.attended for one in accredited),
        waiting=sum(one.waits for one in named),
    )


def on_basis(everybody: Iterable[Gathered], basis: Basis) -> list[Counted]:
    """Return the rows to count on a basis; who did not attend is no participant (R6.1)."""
    if basis == Basis.REGISTERED:
        return [one.row for one in everybody if one.row.person]
    accredited = [one for one in everybody if one.is_accredited]
    if basis == Basis.ACCREDITED:
        return [one.row for one in accredited if one.row.person]
    return [
        replace(one.row, is_participant=one.row.is_participant and one.attended)
        for one in accredited
    ]


def figures(rows: Iterable[Counted]) -> Figures:
    """Count rows of one or several events: each person once, each State once (R6.7)."""
    everything = list(rows)
    counting = [row for row in everything if row.is_participant]
    persons: dict[str, Counted] = {}
    for row in counting:
        if row.person:
            persons.setdefault(row.person, row)
    people = persons.values()
    states = {row.state: row for row in counting if row.state}
    bodies = {row.entity for row in counting if row.entity and not row.state}
    genders = Counter(row.gender for row in people)
    return Figures(
        registered=sum(bool(row.person) for row in everything),
        participants=len(persons),
        states=len(states),
        organizations=len(bodies),
        women=genders["woman"],
        men=genders["man"],
        another=genders["another"],
        undisclosed=genders["undisclosed"],
        ldc=_states_that(counting, "is_ldc"),
        lldc=_states_that(counting, "is_lldc"),
        sids=_states_that(counting, "is_sids"),
        persons_by_category=_counts(row.category for row in people),
        persons_by_state=_counts((row.state for row in people if row.state), states),
        persons_by_region=_counts(row.region for row in people if row.region),
        persons_by_organization=_counts((r.entity for r in people if not r.state), bodies),
        states_by_region=_counts(row.region for row in states.values() if row.region),
        states_by_group=_counts(row.un_group for row in states.values() if row.un_group),
    )


def _states_that(counting: Sequence[Counted], what: str) -> int:
    """Count the States that were so at one of the events at least: it may change between two."""
    return len({row.state for row in counting if row.state and getattr(row, what)})


def _counts(keys: Iterable[str], there: Iterable[str] = ()) -> dict[str, int]:
    """Count the keys, the most frequent first; those that are there anyway may have none."""
    counts = Counter(dict.fromkeys(sorted(there), 0))
    counts.update(key for key in keys if key)
    return dict(counts.most_common())
