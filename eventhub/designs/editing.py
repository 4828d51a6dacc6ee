"""The form of an element, in millimetres: from a layout to cells, and from cells to a layout.

Each value has a field named FACE.ID.NAME, so that everything works without scripts, and what a
script moves is only what these fields hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventhub.designs.rules import FACES, Element, Layout

PLACES = ("x", "y", "width", "height")
LETTERS = ("size", "least", "lines")
_NUMBERS = (*PLACES, *LETTERS, "leading", "gap", "thick")
_OF_TYPE: dict[str, tuple[str, ...]] = {
    "text": (*PLACES, *LETTERS, "align", "vertical", "bold", "serif", "colour"),
    "stack": (*PLACES, "vertical"),
    "photo": PLACES,
    "qr": PLACES,
    "band": (*PLACES, "colour"),
    "mark": (*PLACES, "size", "colour"),
    "zones": (*PLACES, "size", "align", "colour"),
    "picture": PLACES,
    "line": (*PLACES, "line", "thick", "colour"),
    "seal": (*PLACES, "colour"),
}
_IN_STACK = ("gap", *LETTERS, "align", "bold", "serif", "colour")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an element: the field's name, what it is, what stands in it."""

    field: str
    name: str
    value: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One element with its cells, and its own words by language where it has any."""

    face: str
    element: Element
    cells: tuple[Cell, ...]
    words: tuple[Cell, ...] = ()

    @property
    def key(self) -> str:
        """Return where the element is: FACE.ID."""
        return f"{self.face}.{self.element.id}"


def rows_of(
    layout: Layout, languages: tuple[str, ...], sent: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Yield the rows of a layout; what was sent stands in them as it was typed."""
    for face in FACES:
        for element in layout.faces.get(face, ()):
            key = f"{face}.{element.id}"
            names = _IN_STACK if element.stack else _OF_TYPE[element.type]
            cells = tuple(_cell(key, name, element, sent) for name in names)
            words: tuple[Cell, ...] = ()
            if element.show == "free":
                codes = tuple(dict.fromkeys([*languages, *element.texts]))
                words = tuple(_words(key, code, element, sent) for code in codes)
            yield Row(face, element, cells, words)


def _cell(key: str, name: str, element: Element, sent: Mapping[str, str] | None) -> Cell:
    field = f"{key}.{name}"
    value = getattr(element, name)
    if isinstance(value, bool):
        return Cell(field, name, "yes", value if sent is None else field in sent)
    text = f"{value:g}" if isinstance(value, int | float) else str(value)
    return Cell(field, name, text if sent is None else sent.get(field, text))


def _words(key: str, code: str, element: Element, sent: Mapping[str, str] | None) -> Cell:
    field = f"{key}.texts.{code}"
    text = element.texts.get(code, "")
    return Cell(field, code, text if sent is None else sent.get(field, text))


def edited(layout: Layout, sent: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, Any]:
    """Return the layout's JSON with what was sent in its place; nothing is checked yet.

    An element whose field FACE.ID.remove was sent is left out, and with a stack its texts.
    """
    data = layout.as_json()
    data["name"] = sent.get("name", layout.name)
    data["size"] = sent.get("size", layout.size)
    if "sent" in sent:
        data["on_a4"] = "on_a4" in sent
    for face in FACES:
        gone = {
            e.id for e in layout.faces.get(face, ()) if f"{face}.{e.id}.remove" in sent
        }  # fmt: skip
        data["faces"][face] = [
            _changed(element, f"{face}.{element.id}", sent, languages)
            for element in layout.faces.get(face, ())
            if element.id not in gone and element.stack not in gone
        ]
    return data


def _changed(
    element: Element, key: str, sent: Mapping[str, str], languages: tuple[str, ...]
) -> dict[str, Any]:
    data = element.as_json()
    for name in _IN_STACK if element.stack else _OF_TYPE[element.type]:
        field = f"{key}.{name}"
        if name in ("bold", "serif"):
            if "sent" in sent:
                data[name] = field in sent
        elif field in sent:
            data[name] = _number(sent[field]) if name in _NUMBERS else sent[field].strip()
    if element.show == "free":
        codes = dict.fromkeys([*languages, *element.texts])
        typed = {c: sent[f"{key}.texts.{c}"] for c in codes if f"{key}.texts.{c}" in sent}
        said = {**element.texts, **{c: t.replace("\r\n", "\n") for c, t in typed.items()}}
        data["texts"] = {code: text for code, text in said.items() if text.strip()}
    return data


def _number(text: str) -> float | str:
    """Return the number typed, with a comma or a point; the text itself where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text


def added(layout: Layout, face: str, what: str) -> dict[str, Any]:
    """Return the layout's JSON with one more element in the middle of a face.

    what is a type of element, or text.SHOWN for a text.
    """
    kind, _dot, show = what.partition(".")
    taken = {element.id for elements in layout.faces.values() for element in elements}
    stem = (show or kind).replace("_", "-")
    key = next(name for n in range(1, 200) if (name := f"{stem}-{n}") not in taken)
    width, height = _EXTENT.get(kind, (40.0, 8.0))
    width, height = min(width, layout.width - 4), min(height, layout.height - 4)
    element: dict[str, Any] = {
        "id": key, "type": kind, "width": width, "height": height,
        "x": round((layout.width - width) / 2, 1), "y": round((layout.height - height) / 2, 1),
    }  # fmt: skip
    if show:
        element["show"] = show
    if show.startswith("name"):
        element |= {"size": 20, "least": 14, "lines": 2, "bold": True, "height": 18.0}
    if show == "free":
        element["texts"] = {"en": "…"}
    data = layout.as_json()
    data["faces"][face].append(element)
    return data


_EXTENT = {
    "photo": (32.0, 41.1), "qr": (30.0, 30.0), "band": (60.0, 12.0), "mark": (12.0, 12.0),
    "zones": (30.0, 8.0), "picture": (30.0, 20.0), "line": (60.0, 0.8), "seal": (15.0, 15.0),
}  # fmt: skip
