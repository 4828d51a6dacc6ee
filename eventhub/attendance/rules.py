"""Credited minutes, records and levels. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventhub.checkin.rules import merged

SETTING = "attendance"
"""Under which an event keeps what it asks of attendance."""

EARLY = timedelta(minutes=30)
"""With one scan only: how long before the start it may be (R5.1)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an event asks for its certificates (R5.2); shares and scores from 0 to 1."""

    participation_share: float = 0.5
    completion_share: float | None = 0.8
    mandatory: tuple[str, ...] = ()
    """Codes of the sessions without which nobody completes."""
    post_test: float | None = None
    survey: bool = False
    late_ok_minutes: int = 15
    by_hours: bool = True
    """False: one check-in is enough (R5.3)."""


@dataclass(frozen=True, slots=True)
class OpenPolicy(Policy):
    """What forums and side events ask for as long as they decide nothing else (R5.3)."""

    by_hours: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """A session that counts: its instants, its credit minutes, its breaks as instants."""

    code: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    breaks: tuple[tuple[datetime, datetime], ...] = ()


def credited(
    session: Credit, stays: Sequence[tuple[datetime, datetime | None]], *, late_ok: timedelta
) -> int:
    """Return the credited minutes of one person in one session (R5.1), whole minutes.

    `stays` are (in, out) instants. With a way in and out: the time inside, clipped to the session,
    less the breaks, as a share of the session's net length. With a way in alone: full credit from
    30 minutes before the start to `late_ok` after it, half if later but before the middle.
    """
    net = _net(session, session.starts_at, session.ends_at)
    whole = merged((since, until) for since, until in stays if until is not None)
    inside = sum(_net(session, since, until) for since, until in whole)
    best = min(session.minutes, round(session.minutes * inside / net)) if net else 0
    for since, until in stays:
        if until is None:
            best = max(best, _single(session, since, late_ok))
    return best


def _single(session: Credit, since: datetime, late_ok: timedelta) -> int:
    middle = session.starts_at + (session.ends_at - session.starts_at) / 2
    if session.starts_at - EARLY <= since <= session.starts_at + late_ok:
        return session.minutes
    if session.starts_at < since < middle:
        return session.minutes // 2
    return 0


def _net(session: Credit, since: datetime, until: datetime) -> float:
    """Return the minutes between two instants that lie in the session and in none of its breaks."""
    start, end = max(since, session.starts_at), min(until, session.ends_at)
    minutes = max((end - start).total_seconds(), 0)
    for begins, finishes in session.breaks:
        minutes -= max((min(end, finishes) - max(start, begins)).total_seconds(), 0)
    return max(minutes, 0) / 60


@dataclass(frozen=True, slots=True)
class Record:
    """What one person has: credited minutes by session, of how many, test score, survey."""

    credit: Mapping[str, int]
    possible: int
    attended_mandatory: bool = True
    post_test: float | None = None
    survey: bool = False
    check_ins: int = 0

    @property
    def minutes(self) -> int:
        """Return all credited minutes."""
        return sum(self.credit.values())

    @property
    def share(self) -> float:
        """Return the credited share, 0 to 1; 0 where no session counts."""
        return self.minutes / self.possible if self.possible else 0.0

    @property
    def quarter_hours(self) -> int:
        """Return the hours to print, in quarters, rounded down (R5.4)."""
        return self.minutes // 15


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
    if not record.attended_mandatory:
        missing.append("mandatory")
    if policy.post_test is not None and (record.post_test or 0) < policy.post_test:
        missing.append("post_test")
    if policy.survey and not record.survey:
        missing.append("survey")
    return Verdict("participation", tuple(missing)) if missing else Verdict("completion")
