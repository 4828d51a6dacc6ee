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

    `day` is the date on which it begins by its own clock; `breaks` are pairs of instants.
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

    @property
    def is_quiet(self) -> bool:
        """Tell whether it is a break or logistics."""
        return self.kind in QUIET_KINDS


@dataclass(frozen=True)
class Plan:
    """The programme as it would take place: sessions without the cancelled ones.

    `booths` are the languages that a room can interpret into, `seats` its capacity, `regions` the
    regions of the States that speakers come from; each by ref, absent where nobody knows.
    """

    first_day: date
    last_day: date
    given: Iterable[Planned]
    booths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seats: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def sessions(self) -> tuple[Planned, ...]:
        """Return the sessions in the order of time, sorted once; as given where times are equal."""
        return tuple(sorted(self.given, key=attrgetter("starts_at", "ends_at")))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: in which sessions, about what (the ref of a room or speaker)."""

    check: str
    severity: Severity
    sessions: tuple[str, ...]
    about: str = ""
    said: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> str:
        """Return the name by which the same finding is known the next time."""
        return ":".join((self.check, self.about, *sorted(self.sessions)))
