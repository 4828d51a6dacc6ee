"""What is said of a journey, what a rank is due, and how long any of it is kept. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from eventhub.events.rules import InGap, wall_to_instant

TELL_AGAIN = timedelta(hours=1)
"""An officer gets one digest in this time at most."""
FAR = timedelta(days=60)
"""Nobody comes or goes longer before or after the event."""
CARS = ("", "shared", "own")
ROOMS = ("", "standard", "superior", "suite")


@dataclass(frozen=True, slots=True)
class ArrivalSettings:
    """What the event decides about arrivals; `keep_days` count from its end."""

    keep_days: int = 7


@dataclass(frozen=True, slots=True)
class Leg:
    """One way: the time on the clocks of the airport's zone, the airport, the flight."""

    wall: datetime | None = None
    zone: str = ""
    fold: int = 0
    airport: str = ""
    flight: str = ""

    @property
    def is_there(self) -> bool:
        """Tell whether anything is said of this way."""
        return self.wall is not None or bool(self.airport or self.flight)

    @property
    def at(self) -> datetime | None:
        """Return the instant, worked out anew from clock and zone; None without a time.

        A time that a new rule of the zone skips counts as the first one after the gap.
        """
        if self.wall is None:
            return None
        try:
            return wall_to_instant(self.wall, self.zone, self.fold)
        except InGap as gap:
            return wall_to_instant(gap.after, self.zone)

    def values(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        wall = self.wall.isoformat(timespec="minutes") if self.wall else None
        return {**asdict(self), "wall": wall}


@dataclass(frozen=True, slots=True)
class Travel:
    """What a person's journey is: there, away, where they stay, whether they ask for the lounge."""

    arrival: Leg = field(default_factory=Leg)
    departure: Leg = field(default_factory=Leg)
    lounge: bool = False
    hotel: str = ""

    def values(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {
            "arrival": self.arrival.values(),
            "departure": self.departure.values(),
            "lounge": self.lounge,
            "hotel": self.hotel,
        }

    def changed(self, **given: Any) -> "Travel":
        """Return it with those parts that are given and not None."""
        return replace(self, **{name: part for name, part in given.items() if part is not None})

    def differing(self, other: "Travel") -> tuple[str, ...]:
        """Return the names of the parts in which two differ."""
        names = ("arrival", "departure", "lounge", "hotel")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


NOTHING = Travel()


def travel_of(values: Mapping[str, Any]) -> Travel:
    """Return a journey from its JSON."""
    return Travel(
        _leg(values["arrival"]), _leg(values["departure"]), values["lounge"], values["hotel"]
    )


def _leg(values: Mapping[str, Any]) -> Leg:
    wall = datetime.fromisoformat(values["wall"]) if values["wall"] else None
    return Leg(**{**values, "wall": wall})


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What the host gives: the lounge, a car (none, shared, of their own), an escort, a room."""

    lounge: bool = False
    car: str = ""
    escort: bool = False
    room: str = ""

    @property
    def is_any(self) -> bool:
        """Tell whether anything is given."""
        return bool(self.lounge or self.car or self.escort or self.room)


def is_kept(ends_at: datetime, keep_days: int, now: datetime) -> bool:
    """Tell whether arrivals of an event that ended then are still kept."""
    return now < ends_at + timedelta(days=keep_days)


def may_tell(told_at: datetime | None, now: datetime) -> bool:
    """Tell whether an officer may get a digest again."""
    return told_at is None or told_at <= now - TELL_AGAIN
