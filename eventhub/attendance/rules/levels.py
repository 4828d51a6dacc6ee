"""Records and the level that they reach (R5.2 to R5.4). Pure."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eventhub.attendance.rules.credit import NOTHING, Credit, Credited

SETTING = "attendance"
"""Under which an event keeps what it asks of attendance."""

ATTENDED_FROM = 0.5
"""The share of a session from which somebody attended it, where nobody may miss it."""


class Excuses(StrEnum):
    """What an excused absence does."""

    NOTED = "noted"
    """It is written down, and counts like any absence."""
    TIME = "time"
    """Its time leaves the count; whoever must attend the session must still do so."""
    ALL = "all"
    """The session leaves the count, also one that nobody may miss."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an event asks of attendance (R5.2); shares and scores from 0 to 1."""

    participation_share: float = 0.5
    completion_share: float | None = 0.8
    """None: nobody completes."""
    post_test: float | None = None
    survey: bool = False
    late_ok_minutes: int = 15
    by_hours: bool = True
    """False: one check-in is enough (R5.3)."""
    excuses: str = Excuses.TIME
    survey_is_anonymous: bool = True
    """Whether nothing joins the answers of the survey to who sent it."""


@dataclass(frozen=True, slots=True)
class OpenPolicy(Policy):
    """What forums and side events ask for as long as they decide nothing else (R5.3)."""

    by_hours: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What one person has: credit by session code, of how many minutes, test score, survey.

    `missed` are the sessions nobody may miss that were not attended.
    """

    sessions: Mapping[str, Credited]
    possible: int
    missed: tuple[str, ...] = ()
    post_test: float | None = None
    survey: bool = False
    check_ins: int = 0

    @property
    def minutes(self) -> int:
        """Return all credited minutes; of sessions at one time no more than one can attend."""
        return min(sum(one.minutes for one in self.sessions.values()), self.possible)

    @property
    def share(self) -> float:
        """Return the credited share, 0 to 1; 0 where no session counts."""
        return self.minutes / self.possible if self.possible else 0.0

    @property
    def quarter_hours(self) -> int:
        """Return the hours to print, in quarters, rounded down (R5.4)."""
        return self.minutes // 15

    @property
    def attended_mandatory(self) -> bool:
        """Tell whether every session that nobody may miss was attended."""
        return not self.missed


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level reached, and what is missing for the next one (codes of reasons)."""

    level: str
    missing: tuple[str, ...] = field(default=())


def level(record: Record, policy: Policy) -> Verdict:
    """Return none, participation or completion (R5.2); attendance where hours do not count."""
    if not policy.by_hours:
        return Verdict("attendance") if record.check_ins else Verdict("none", ("check_in",))
    if record.share < policy.participation_share:
        return Verdict("none", ("share",))
    if policy.completion_share is None:
        return Verdict("participation")
    missing = []
    if record.share < policy.completion_share:
        missing.append("share")
    if record.missed:
        missing.append("mandatory")
    if policy.post_test is not None and (record.post_test or 0) < policy.post_test:
        missing.append("post_test")
    if policy.survey and not record.survey:
        missing.append("survey")
    return Verdict("participation", tuple(missing)) if missing else Verdict("completion")


def record_of(
    sessions: Sequence[Credit],
    had: Mapping[str, Credited],
    policy: Policy,
    *,
    post_test: float | None = None,
    survey: bool = False,
    check_ins: int = 0,
) -> Record:
    """Return the record of one person for whom these sessions are meant."""
    excused = {code for code, one in had.items() if one.is_excused}
    leaves = excused if policy.excuses != Excuses.NOTED else set()
    waived = excused if policy.excuses == Excuses.ALL else set()
    worth = {code: had[code].minutes for code in leaves}
    missed = tuple(
        one.code
        for one in sessions
        if one.is_mandatory
        and one.code not in waived
        and had.get(one.code, NOTHING).share < ATTENDED_FROM
    )
    possible = possible_minutes(sessions, worth)
    return Record(had, possible, missed, post_test, survey, check_ins)


def possible_minutes(sessions: Sequence[Credit], worth: Mapping[str, int] | None = None) -> int:
    """Return the most minutes that one person can earn, of sessions at one time the best.

    `worth` tells the minutes of those that count otherwise, by code. O(n log n).
    """
    counted = worth or {}
    rows = sorted(sessions, key=lambda one: one.ends_at)
    ends: list[datetime] = [one.ends_at for one in rows]
    best = [0]
    for number, one in enumerate(rows):
        before = bisect_right(ends, one.starts_at, 0, number)
        best.append(max(best[-1], best[before] + counted.get(one.code, one.minutes)))
    return best[-1]
