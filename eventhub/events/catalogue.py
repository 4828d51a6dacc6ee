"""The categories and zones that a new event starts from, read once from their files."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eventhub.i18n import Translated

_folder = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class CatalogueCategory:
    """A category as the catalogue has it (R1.6)."""

    code: str
    names: Translated
    mark: str
    colour: str
    zones: tuple[str, ...]
    vouched_by: str
    approver: str
    needs_letter: bool
    in_list_of_participants: bool
    counts_as_participant: bool
    photo_waived: bool
    default_quota: int


@dataclass(frozen=True, slots=True)
class CatalogueZone:
    """A zone that a badge may open."""

    code: str
    names: Translated


@cache
def categories() -> tuple[CatalogueCategory, ...]:
    """Return the categories in their order."""
    return tuple(
        CatalogueCategory(
            **{key: value for key, value in row.items() if key not in ("name", "zones")},
            names=Translated(row["name"]),
            zones=tuple(row["zones"]),
        )
        for row in _read("categories")
    )


@cache
def zones() -> tuple[CatalogueZone, ...]:
    """Return the zones in their order."""
    return tuple(CatalogueZone(row["code"], Translated(row["name"])) for row in _read("zones"))


def _read(name: str) -> list[dict[str, Any]]:
    with (_folder / f"{name}.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[name]
    return rows
