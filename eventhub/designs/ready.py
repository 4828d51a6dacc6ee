"""The ready designs, from the files of this package."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from eventhub.designs.rules import Element, Layout, read_layout

KEYS = (
    "forum", "forum_small", "side_event", "seminar", "label", "name_plate", "name_plate_small",
)  # fmt: skip
HELP = ("emergency", "hotline", "wifi", "lost")
"""Ids of the texts on a back that say nothing before somebody has typed a number."""
FOR_PRESET = {"forum": "forum", "side_event": "side_event", "seminar": "seminar"}


@lru_cache(maxsize=16)
def _read(key: str) -> Layout:
    path = files("eventhub.designs") / "data" / "ready" / f"{key}.json"
    return read_layout(json.loads(path.read_text(encoding="utf-8")))


def ready(key: str, help_lines: Mapping[str, str] | None = None) -> Layout:
    """Return a ready design; KeyError where there is none of that key.

    help_lines are what the back says, by HELP: "emergency" is a telephone number. Without any
    there is no back; a line without words is left out.
    """
    if key not in KEYS:
        raise KeyError(key)
    layout = _read(key)
    said = {k: v.strip() for k, v in (help_lines or {}).items() if v and v.strip()}
    back = layout.faces.get("back", ())
    if not any(element.id in HELP for element in back):
        return layout
    kept = tuple(
        _with_line(element, said) for element in back
        if element.id not in HELP or element.id in said
    )  # fmt: skip
    return replace(layout, faces={**layout.faces, "back": kept if said else ()})


def _with_line(element: Element, said: Mapping[str, str]) -> Element:
    line = said.get(element.id)
    if line is None:
        return element
    texts = {code: f"{words}\n{line}" for code, words in element.texts.items()}
    return replace(element, texts=texts)


def ready_for(preset: str) -> Layout:
    """Return the badge that an event of this preset prints before it has designs of its own."""
    return ready(FOR_PRESET.get(preset, "forum"))
