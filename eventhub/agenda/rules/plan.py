"""What a programme is looked over by, and what is found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from eventhub.agenda.rules.codes import QUIET_KINDS


class Severity(StrEnum):
    """How bad a finding is: it cannot take place, it will hurt, it could be better."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


GRAVEST_FIRST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that is to take place. `room` and the speakers are refs; times are aware.

    `day` is the date on which it begins by its own clock, `starts` and `ends` are what that clock
    shows; `breaks` are pairs of instants; `layout` is how its room is set for it.
    """

    ref: str
    kind: str
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str | None = None
    speakers: tuple[tuple[str, str], ...] = ()
    interpretation: tuple[str, ...] = ()
    breaks: tuple[tuple[datetime, datetime], ...] = ()
    admit: tuple[str, ...] = ()
    access: str = "open"
    starts: datetime | None = None
    ends: datetime | None = None
    layout: str = ""
    minutes: tuple[int, ...] = ()
    """Of the parts for which minutes are agreed."""

    @property
    def is_quiet(self) -> bool:
        """Tell whether it is a break or logistics."""
        return self.kind in QUIET_KINDS


@dataclass(frozen=True, slots=True)
class Rest:
    """A time at which nothing should be held: what it is called, as wall times and instants."""

    name: str
    starts: datetime
    ends: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Plan:
    """The programme as it would take place: sessions without the cancelled ones.

    `booths` are the languages that a room can interpret into, `seats` its capacity by layout,
    `hours` when it opens and closes ("08:30"), `regions` the regions of the States that speakers
    come from; each by ref, absent where nobody knows. `holidays` are names by day,
    `unplaced` the refs of the sessions that have no time yet.
    """

    first_day: date
    last_day: date
    given: Iterable[Planned]
    booths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seats: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    prayers: Iterable[Rest] = ()
    unplaced: tuple[str, ...] = ()

    @cached_property
    def sessions(self) -> tuple[Planned, ...]:
        """Return the sessions in the order of time, sorted once; as given where times are equal."""
        return tuple(sorted(self.given, key=attrgetter("starts_at", "ends_at")))

    def seats_for(self, session: Planned) -> int | None:
        """Return how many seats the session's room has as it is set for it; None if unknown."""
        return self.seats.get(session.room or "", {}).get(session.layout)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: in which sessions, about what (the ref of a room or speaker).

    `name` tells it apart where that is not told by its sessions, which may be others tomorrow.
    """

    check: str
    severity: Severity
    sessions: tuple[str, ...]
    about: str = ""
    said: Mapping[str, str] = field(default_factory=dict, compare=False)
    name: str = ""

    @property
    def key(self) -> str:
        """Return the name by which the same finding is known the next time."""
        if self.name:
            return f"{self.check}:{self.name}"
        return ":".join((self.check, self.about, *sorted(self.sessions)))
