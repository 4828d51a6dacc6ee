"""Minutes credited to one person for one session (R5.1). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eventhub.checkin.rules import Span, merged

EARLY = timedelta(minutes=30)
"""With one scan only: how long before the start it may be (R5.1)."""


class Why(StrEnum):
    """Whence the minutes of a session come."""

    INSIDE = "inside"
    """The time between ways in and out."""
    ON_TIME = "on_time"
    """One scan, in time: all of it."""
    LATE = "late"
    """One scan, late, before the middle: half."""
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    OUTSIDE = "outside"
    """There, but not while the session went on."""
    BY_HAND = "by_hand"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Credit:
    """A session that counts: its instants, its credit minutes, its breaks as instants.

    Without credit minutes of its own it counts its length less its breaks; a session that must be
    attended and yet does not count brings `counts` False and no minutes.
    """

    code: str
    starts_at: datetime
    ends_at: datetime
    credit_minutes: int = 0
    breaks: tuple[Span, ...] = ()
    is_mandatory: bool = False
    counts: bool = True

    @property
    def minutes(self) -> int:
        """Return the minutes that attending all of it is worth."""
        if not self.counts:
            return 0
        return self.credit_minutes or self.net_seconds // 60

    @property
    def net_seconds(self) -> int:
        """Return its length less its breaks."""
        return self.seconds_within(self.starts_at, self.ends_at)

    def seconds_within(self, since: datetime, until: datetime) -> int:
        """Return the seconds between two instants that lie in it and in none of its breaks."""
        start, end = max(since, self.starts_at), min(until, self.ends_at)
        if end <= start:
            return 0
        pauses = merged((max(begins, start), min(ends, end)) for begins, ends in self.breaks
                        if begins < end and ends > start)  # fmt: skip
        away = sum((ends - begins for begins, ends in pauses), timedelta())
        return int((end - start - away).total_seconds())


@dataclass(frozen=True, slots=True)
class Credited:
    """What one person has for one session: minutes, the share of the session, and why.

    `is_excused` says that somebody excused what is missing.
    """

    minutes: int
    share: float
    why: Why
    is_excused: bool = False


NOTHING = Credited(0, 0.0, Why.ABSENT)


def credited(
    session: Credit, stays: Sequence[tuple[datetime, datetime | None]], *, late_ok: timedelta
) -> Credited:
    """Return what one person is credited for one session (R5.1), in whole minutes.

    `stays` are (in, out) instants, on site and remote alike: what they overlap counts once. With
    ways in and out: the time inside, clipped to the session, less its breaks, as a share of its
    net length. With a way in alone: all of it from 30 minutes before the start to `late_ok` after
    it; half of it if later but before the middle, and then what was measured before the middle
    counts beside that half. The better of the two.
    """
    if not stays:
        return NOTHING
    whole = merged((since, until) for since, until in stays if until is not None)
    best = _measured(session, whole)
    for since, until in stays:
        if until is None:
            best = max(best, _single(session, since, whole, late_ok), key=_worth)
    return best


def _worth(one: Credited) -> tuple[int, float, bool]:
    return one.minutes, one.share, one.why is not Why.OUTSIDE


def _measured(session: Credit, whole: Sequence[Span]) -> Credited:
    inside = sum(session.seconds_within(since, until) for since, until in whole)
    if not inside:
        return Credited(0, 0.0, Why.OUTSIDE)
    net = session.net_seconds
    minutes = (2 * session.minutes * inside + net) // (2 * net)
    return Credited(minutes, inside / net, Why.INSIDE)


def _single(
    session: Credit, since: datetime, whole: Sequence[Span], late_ok: timedelta
) -> Credited:
    middle = session.starts_at + (session.ends_at - session.starts_at) / 2
    if since < session.starts_at - EARLY:
        return Credited(0, 0.0, Why.TOO_EARLY)
    if since <= session.starts_at + late_ok:
        return Credited(session.minutes, 1.0, Why.ON_TIME)
    if since >= middle:
        return Credited(0, 0.0, Why.TOO_LATE)
    before = _measured(session, [(begins, min(ends, middle)) for begins, ends in whole
                                 if begins < middle])  # fmt: skip
    minutes = min(session.minutes, session.minutes // 2 + before.minutes)
    return Credited(minutes, min(1.0, 0.5 + before.share), Why.LATE)
