"""From JSON that anybody may have written to a layout, or to all that is wrong with it. Pure."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from eventhub.designs.rules import layouts as known
from eventhub.designs.rules.layouts import FORMAT, Element, Layout

MOST_ELEMENTS = 60
"""On one face."""
LONGEST_TEXT = 400
LONGEST_NAME = 120
LONGEST_ID = 31
MOST_PICTURES = 6
LARGEST_PICTURE = 400_000
"""Characters of Base64: 300 kB."""
_ID = re.compile(r"[a-z][a-z0-9_-]{0,30}\Z")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\Z")
_RANGES = {
    "x": (-5.0, 400.0), "y": (-5.0, 400.0), "width": (0.0, 400.0), "height": (0.0, 400.0),
    "size": (4.0, 200.0), "least": (4.0, 200.0), "leading": (0.8, 3.0), "gap": (0.0, 50.0),
    "thick": (0.1, 10.0),
}  # fmt: skip
_CHOICES = {
    "align": known.ALIGNS, "vertical": known.VERTICALS, "line": known.LINES,
}  # fmt: skip
_KNOWN = {each.name for each in fields(Element)}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: where (front.name.size), what as a code, and what the sentence needs."""

    where: str
    code: str
    given: Mapping[str, Any]


class BadLayout(ValueError):
    """JSON that is no layout; `faults` holds every one found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.code}" for fault in faults))
        self.faults = faults


def read_layout(data: Any) -> Layout:
    """Return the layout that JSON describes; raises BadLayout with all that is wrong."""
    reader = _Reader()
    layout = reader.layout(data)
    if reader.faults or layout is None:
        raise BadLayout(reader.faults)
    return layout


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, code: str, **given: Any) -> None:
        self.faults.append(Fault(where, code, given))

    def layout(self, data: Any) -> Layout | None:
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            self.wrong("format", "no_design")
            return None
        for unknown in sorted(map(str, set(data) - set(_TOP))):
            self.wrong(unknown[:40], "unknown")
        name = self.text(data.get("name"), "name", LONGEST_NAME, needed=True)
        kind = self.choice(data.get("kind", "badge"), "kind", known.KINDS)
        size = self.choice(data.get("size"), "size", tuple(known.SIZES))
        on_a4 = self.flag(data.get("on_a4", False), "on_a4")
        pictures = self.pictures(data.get("pictures", {}))
        faces = data.get("faces")
        if not isinstance(faces, dict) or not set(faces) <= set(known.FACES):
            self.wrong("faces", "no_faces")
            return None
        read = {face: self.face(faces.get(face, []), face, pictures) for face in known.FACES}
        if not read["front"] and not self.faults:
            self.wrong("faces.front", "empty")
        return Layout(name, kind, size, read, on_a4, pictures)

    def face(self, data: Any, face: str, pictures: Mapping[str, Any]) -> tuple[Element, ...]:
        if not isinstance(data, list) or len(data) > MOST_ELEMENTS:
            self.wrong(face, "too_many", most=MOST_ELEMENTS)
            return ()
        found = [self.element(each, f"{face}.{i}") for i, each in enumerate(data, 1)]
        elements = [element for element in found if element]
        ids = [element.id for element in elements]
        stacks = {element.id for element in elements if element.type == "stack"}
        for element in elements:
            where = f"{face}.{element.id}"
            if ids.count(element.id) > 1:
                self.wrong(where, "twice")
            if element.stack and (element.type != "text" or element.stack not in stacks):
                self.wrong(f"{where}.stack", "no_stack")
            if element.picture and element.picture not in pictures:
                self.wrong(f"{where}.picture", "no_picture")
        return tuple(elements)

    def element(self, data: Any, where: str) -> Element | None:
        if not isinstance(data, dict):
            self.wrong(where, "no_element")
            return None
        key = data.get("id")
        if not isinstance(key, str) or not _ID.match(key):
            self.wrong(f"{where}.id", "no_id")
            return None
        where = f"{where.partition('.')[0]}.{key}"
        for unknown in sorted(map(str, set(data) - _KNOWN)):
            self.wrong(f"{where}.{unknown[:40]}", "unknown")
        given: dict[str, Any] = {
            "id": key, "type": self.choice(data.get("type"), f"{where}.type", known.TYPES),
        }  # fmt: skip
        given |= self.values(data, where)
        if given["type"] == "text":
            given["show"] = self.choice(data.get("show"), f"{where}.show", known.SHOWN)
        return self.whole(Element(**given), where)

    def values(self, data: dict[str, Any], where: str) -> dict[str, Any]:
        """Read what an element says beside id, type and what it shows."""
        readers: dict[str, Callable[[Any, str], Any]] = {
            "bold": self.flag, "serif": self.flag, "colour": self.colour, "texts": self.texts,
            "stack": lambda value, at: self.text(value, at, LONGEST_ID),
            "picture": lambda value, at: self.text(value, at, LONGEST_ID),
            "lines": lambda value, at: int(self.number(value, at, 1, 20)),
        }  # fmt: skip
        for name, (least, most) in _RANGES.items():
            readers[name] = partial(self.number, least=least, most=most)
        for name, choices in _CHOICES.items():
            readers[name] = partial(self.choice, choices=choices)
        return {
            name: read(data[name], f"{where}.{name}")
            for name, read in readers.items()
            if name in data
        }

    def whole(self, element: Element, where: str) -> Element:
        """Check what depends on several values of an element."""
        if not element.stack:
            for name in ("width", "height"):
                if getattr(element, name) <= 0:
                    self.wrong(f"{where}.{name}", "no_extent")
        if element.least > element.size:
            self.wrong(f"{where}.least", "least")
        if element.show in known.NAMES and element.least < known.NAMES_LEAST:
            self.wrong(f"{where}.least", "name_least", least=known.NAMES_LEAST)
        if element.show == "free" and not any(element.texts.values()):
            self.wrong(f"{where}.texts", "no_words")
        return element

    def pictures(self, data: Any) -> dict[str, tuple[str, str]]:
        if not isinstance(data, dict) or len(data) > MOST_PICTURES:
            self.wrong("pictures", "too_many", most=MOST_PICTURES)
            return {}
        found = {}
        for name, each in data.items():
            where = f"pictures.{str(name)[:40]}"
            if not isinstance(name, str) or not _ID.match(name):
                self.wrong(where, "no_id")
                continue
            kind, bytes64 = (each.get("type"), each.get("data")) if isinstance(each, dict) else "  "
            if kind not in known.PICTURE_TYPES or not isinstance(bytes64, str):
                self.wrong(where, "bad_picture")
            elif len(bytes64) > LARGEST_PICTURE:
                self.wrong(where, "large_picture")
            elif not _BASE64.match(bytes64):
                self.wrong(where, "bad_picture")
            else:
                found[name] = (kind, bytes64)
        return found

    def number(self, value: Any, where: str, least: float, most: float) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not least <= value <= most:
            self.wrong(where, "number", least=f"{least:g}", most=f"{most:g}")
            return max(least, 1.0)
        return round(float(value), 2)

    def choice(self, value: Any, where: str, choices: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in choices:
            self.wrong(where, "choice", choices=", ".join(choices))
            return choices[0]
        return value

    def flag(self, value: Any, where: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(where, "flag")
        return value is True

    def text(self, value: Any, where: str, longest: int, *, needed: bool = False) -> str:
        if not isinstance(value, str) or len(value) > longest or not _is_clean(value):
            self.wrong(where, "text", longest=longest)
            return ""
        if needed and not value.strip():
            self.wrong(where, "missing")
        return value.strip()

    def texts(self, value: Any, where: str) -> dict[str, str]:
        if not isinstance(value, dict) or len(value) > 12:
            self.wrong(where, "texts")
            return {}
        found = {}
        for language, words in value.items():
            if not isinstance(language, str) or not _LANGUAGE.match(language):
                self.wrong(where, "language")
                continue
            if text := self.text(words, f"{where}.{language}", LONGEST_TEXT):
                found[language] = text
        return found

    def colour(self, value: Any, where: str) -> str:
        is_one = isinstance(value, str) and (value in known.COLOURS or _HEX.match(value))
        if not is_one:
            self.wrong(where, "colour")
            return "ink"
        return str(value)


_TOP = ("format", "name", "kind", "size", "on_a4", "faces", "pictures")


def _is_clean(text: str) -> bool:
    return all(c == "\n" or c.isprintable() or c in "\u200b\u200c\u200d\u200e\u200f" for c in text)
