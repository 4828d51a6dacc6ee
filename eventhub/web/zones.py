"""The time zones to choose from, loaded only where one is chosen."""

from functools import cache
from importlib.resources import files

from flask import request
from flask_login import current_user

from eventhub.web.access import PRIVATE_ROOTS


@cache
def zone_names() -> tuple[str, ...]:
    """Return the names of one zone for each country and part of it, by continent and city."""
    return (*sorted(name for _code, name in _zones()), "UTC")


def zone_choices() -> list[tuple[str, str]]:
    """Return the names with their words: "Asia/Shanghai" reads "Asia / Shanghai"."""
    return [(name, name.replace("/", " / ").replace("_", " ")) for name in zone_names()]


def reader_zone() -> str:
    """Return the zone of the reader's clocks: chosen on the page, of the account, else UTC."""
    chosen = request.args.get("tz", "")
    if chosen in zone_names():
        return chosen
    is_work = request.path.split("/", 2)[1] in PRIVATE_ROOTS
    return (getattr(current_user, "zone", None) if is_work else None) or "UTC"


def zone_for(iso2: str | None) -> str:
    """Return the zone of the reader's clocks; where unknown, that of the country looked after."""
    own = reader_zone()
    return (zone_of_country(iso2) if iso2 and own == "UTC" else None) or own


@cache
def zone_of_country(iso2: str) -> str | None:
    """Return the zone of a country by its two letters, None where it has several or is unknown."""
    found = [name for code, name in _zones() if code == iso2]
    return found[0] if len(found) == 1 else None


@cache
def _zones() -> tuple[tuple[str, str], ...]:
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)
