"""Agendas of the demo's events, minutes of speeches, documents of sessions."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eventhub.i18n import Translated

FILE = Path(__file__).parent / "papers.toml"


@dataclass(frozen=True, slots=True)
class DemoItem:
    """An item of an agenda; `sessions` are codes."""

    title: Translated
    annotation: Translated
    sessions: tuple[str, ...]
    is_below: bool


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document of a session, attached on a day; it may list the items of the agenda."""

    session: str
    symbol: str
    on: date
    visibility: str
    title: Translated
    text: str
    lists_items: bool


def items_of(slug: str) -> list[DemoItem]:
    """Return the items of an event's agenda in their order."""
    return [
        DemoItem(
            title=Translated(row["title"]),
            annotation=Translated(row.get("annotation", {})),
            sessions=tuple(row["sessions"]),
            is_below=row.get("is_below", False),
        )
        for row in _read()["items"]
        if row["event"] == slug
    ]


def minutes_of(slug: str) -> dict[tuple[str, str], int]:
    """Return how long each speaks, by the code of the session and the role."""
    return {
        (row["session"], row["role"]): row["minutes"]
        for row in _read()["minutes"]
        if row["event"] == slug
    }


def documents_of(slug: str) -> list[DemoDocument]:
    """Return the documents of an event in the order of their days."""
    return [
        DemoDocument(
            session=row["session"],
            symbol=row["symbol"],
            on=row["on"],
            visibility=row["visibility"],
            title=Translated(row["title"]),
            text=row["text"],
            lists_items=row.get("lists_items", False),
        )
        for row in _read()["documents"]
        if row["event"] == slug
    ]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
