"""Local times on a wall clock, and the instants they name."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from eventhub.events.rules.cities import ZONE_OF

_DAY = timedelta(days=1)
CONTINENTS = frozenset(
    {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
"""First parts of the names of zones whose last part is a city."""


class InGap(Exception):
    """No clock of the zone ever shows this time: it was put forward over it.

    `before` is the last minute that a clock shows before the gap, `after` the first one after
    it, both as wall times.
    """

    def __init__(self, wall: datetime, before: datetime, after: datetime) -> None:
        super().__init__(f"{wall} does not exist")
        self.wall, self.before, self.after = wall, before, after


def wall_to_instant(wall: datetime, zone: str, fold: int = 0) -> datetime:
    """Return the instant, aware, in UTC, at which clocks of the zone show this wall time.

    Where they show it twice, fold 0 is the earlier and 1 the later time. Raises InGap where they
    never show it.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time carries no zone")
    there = ZoneInfo(zone)
    instant = wall.replace(tzinfo=there, fold=fold).astimezone(UTC)
    if local(instant, zone).replace(fold=0) != wall.replace(fold=0):
        raise InGap(wall, *_edges(wall, there))
    return instant


def local(instant: datetime, zone: str) -> datetime:
    """Return the wall time, without zone, that clocks of the zone show at the instant."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def fold_of(instant: datetime, zone: str) -> int:
    """Return 1 where the instant is the second time its wall time is shown, else 0."""
    return instant.astimezone(ZoneInfo(zone)).fold


def is_ambiguous(wall: datetime, zone: str) -> bool:
    """Tell whether clocks of the zone show this wall time twice."""
    there = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def day_begins(day: date, zone: str) -> datetime:
    """Return the first instant of the day, in UTC: midnight, or the end of a gap over it."""
    wall = datetime.combine(day, time.min)
    try:
        return wall_to_instant(wall, zone)
    except InGap as gap:
        return wall_to_instant(gap.after, zone)


def day_ends(day: date, zone: str) -> datetime:
    """Return the instant at which the day is over, in UTC."""
    return day_begins(day + _DAY, zone)


def is_zone(name: str) -> bool:
    """Tell whether the name is a time zone of the IANA database."""
    return name in _zones()


def zones_of_country(iso2: str) -> tuple[str, ...]:
    """Return the time zones of a country by its two-letter code, the most populous first."""
    return _by_country().get(iso2.upper(), ())


def zone_of_city(city: str) -> str | None:
    """Return the time zone of a city by its name: one that a zone bears, or one of ours; else None.

    What stands after a comma ("Geneva, Switzerland") is not needed.
    """
    whole = " ".join(city.split()).casefold()
    names = (whole, whole.partition(",")[0].rstrip())
    return next((zone for name in names if (zone := _by_city().get(name))), None)


@cache
def _by_city() -> dict[str, str]:
    by_name = {
        name.rpartition("/")[2].replace("_", " ").casefold(): name
        for name in sorted(_zones(), reverse=True)
        if name.partition("/")[0] in CONTINENTS
    }
    return ZONE_OF | by_name


def _edges(wall: datetime, there: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the last minute before the gap around `wall`, and the first one after it."""
    low = (wall - 2 * _DAY).replace(tzinfo=there).astimezone(UTC)
    high = (wall + 2 * _DAY).replace(tzinfo=there).astimezone(UTC)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(there).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    after = high.astimezone(there).replace(tzinfo=None, microsecond=0, fold=0)
    before = low.astimezone(there).replace(tzinfo=None, fold=0)
    return before.replace(second=0, microsecond=0), after


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    """Read zone.tab, which names a city in each country (zone1970.tab merges countries)."""
    found: dict[str, tuple[str, ...]] = {}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _coordinates, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found
