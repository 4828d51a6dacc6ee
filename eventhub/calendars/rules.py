"""What a person chooses of the own calendar, and what a calendar is told by mail (R3.6)."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

ALARMS_MINUTES = (10, 30, 60, 1440)
"""How long before a session a calendar may remind of it."""
MOST_SINGLY = 12
"""More changes than that go into one file: nobody opens thirty."""
CANCELLED = "CANCELLED"


def alarms(minutes: int | None) -> tuple[int, ...]:
    """Return the reminders of each session; None is none."""
    return (minutes,) if minutes in ALARMS_MINUTES else ()


@dataclass(frozen=True, slots=True)
class Own:
    """What is one person's of a programme, beside the category's rights; sessions by uid."""

    starred: frozenset[str] = frozenset()
    seated: frozenset[str] = frozenset()
    """Those in which the person has a seat by name."""
    limited: frozenset[str] = frozenset()
    """All whose seats are given by name, to anybody."""
    speaker: str | None = None
    """The ref under which the programme names the person."""
    shows_all: bool = False
    """All that is open to the person is shown, whatever is starred."""

    def of(
        self, admitted: Collection[str], standing: Collection[str], speaks: Collection[str]
    ) -> frozenset[str]:
        """Return which sessions are the person's own, of those that the category is admitted to.

        The starred ones, else all; never one whose seats others have; always those in which the
        person has a seat or speaks. `standing` are all sessions of the programme.
        """
        starred = frozenset() if self.shows_all else self.starred
        barred = self.limited - self.seated - self.starred
        open_to = frozenset(admitted)
        mine = (open_to & starred or open_to) - barred
        return mine | (self.seated & frozenset(standing)) | frozenset(speaks)


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar is told of one entry. Times are ISO instants in UTC, `zone` an IANA name.

    `changed_at` is when the entry changed; it alone is no news.
    """

    sequence: int
    status: str
    starts_at: str
    ends_at: str
    zone: str
    summary: str
    location: str
    changed_at: str


def told_before(stored: Mapping[str, Any]) -> dict[str, Told]:
    """Return by uid what `stored` gave to keep."""
    return {uid: Told(**one) for uid, one in stored.items()}


def stored(told: Mapping[str, Told]) -> dict[str, Any]:
    """Return the same as plain values."""
    return {uid: asdict(one) for uid, one in told.items()}


def news(told: Mapping[str, Told], now: Mapping[str, Told], *, at: str) -> dict[str, Told]:
    """Return by uid what a calendar that was told `told` must be told at an instant.

    What it holds and is not the person's any more is cancelled; what is over, and what was
    cancelled before it was ever told, is no news. A sequence never falls below one that was told,
    and rises where an entry is cancelled or comes back.
    """
    found = {}
    for uid, one in now.items():
        was = told.get(uid)
        if one.ends_at <= at or (was is None and one.status == CANCELLED):
            continue
        if was is None:
            found[uid] = one
        elif _said(one) != _said(was):
            turned = CANCELLED in (one.status, was.status) and one.status != was.status
            found[uid] = replace(one, sequence=max(one.sequence, was.sequence + turned))
    for uid, was in told.items():
        if uid not in now and was.status != CANCELLED and was.ends_at > at:
            gone = replace(was, status=CANCELLED, sequence=was.sequence + 1, changed_at=at)
            found[uid] = gone
    return found


def _said(one: Told) -> Told:
    return replace(one, sequence=0, changed_at="")
