"""The reference data that come with the software, read from the tables beside this module."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eventhub.entities import rules
from eventhub.i18n import LANGUAGES, Translated

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its M49 code or a regional group; `part_of` is the region around it."""

    code: str
    part_of: str | None
    names: Translated


@dataclass(frozen=True, slots=True)
class Membership:
    """A period of a State in a group; `scheduled` marks an end that is decided, not past."""

    group: str
    entity: str
    since: date | None
    until: date | None
    scheduled: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data: rows as columns of the models, memberships by codes."""

    entities: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    rank_levels: list[dict[str, Any]] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)


@cache
def regions() -> dict[str, Region]:
    """Return regions, sub-regions, intermediate regions and regional groups by code."""
    return {
        row["code"]: Region(row["code"], row["part_of"] or None, _names(row))
        for row in _rows("regions")
    }


def read() -> Reference:
    """Read the tables of entities, groups and rank levels anew."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in _rows("aliases"):
        aliases[row["code"]].append(row["alias"])
    found = Reference()
    for row in _rows("states"):
        found.entities.append(_state(row, aliases[row["code"]]))
        found.memberships.extend(_memberships(row))
    for row in _rows("organizations"):
        found.entities.append(_entity(row, aliases[row["code"]]))
    for row in _rows("groups"):
        found.groups.append({"code": row["code"], "names": _names(row), "is_reference": True})
    for row in _rows("rank_levels"):
        found.rank_levels.append(
            {
                "level": int(row["level"]),
                "code": row["code"],
                "names": _names(row),
                "speaker_tier": int(row["tier"]),
            }
        )
    return found


def _rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by its column heads; lines with # are its comments."""
    text = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    heads = next(lines).split("\t")
    for line in lines:
        yield dict(zip(heads, line.split("\t"), strict=True))


def _names(row: dict[str, str]) -> Translated:
    return Translated({code: row[code] for code in LANGUAGES if code in row})


def _entity(row: dict[str, str], aliases: list[str]) -> dict[str, Any]:
    names = _names(row)
    return {
        "code": row["code"],
        "kind": rules.Kind(row["kind"]).value,
        "names": names,
        "iso2": None,
        "iso3": None,
        "m49": None,
        "region": None,
        "subregion": None,
        "intermediate": None,
        "un_group": None,
        "lldc": False,
        "sids": False,
        "ranks": {},
        "is_reference": True,
        "is_listed": True,
        "search": rules.search_text(row["code"], names, aliases),
    }


def _state(row: dict[str, str], aliases: list[str]) -> dict[str, Any]:
    columns = ("iso2", "m49", "region", "subregion", "intermediate", "un_group")
    return {
        **_entity(row, aliases),
        **{column: row[column] or None for column in columns},
        "iso3": row["code"],
        "lldc": row["lldc"] == "1",
        "sids": row["sids"] == "1",
        "ranks": {code: int(row[f"rank_{code}"]) for code in rules.RANKS},
    }


def _memberships(row: dict[str, str]) -> Iterator[Membership]:
    if row["ldc_since"]:
        until = row["ldc_until"]
        yield Membership(
            "ldc", row["code"], _day(row["ldc_since"]), _day(until.rstrip("?")), until.endswith("?")
        )
    if row["au"]:
        yield Membership("au", row["code"], None, None, False)


def _day(text: str) -> date | None:
    """Read a day, or a bare year as its first day."""
    if not text:
        return None
    return date.fromisoformat(text if "-" in text else f"{text}-01-01")
