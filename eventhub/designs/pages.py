"""From layouts to the HTML with named fields that the print engine lays out once.

What is the same on all cards of a kind stands in it already, line by line as it was fitted; what
differs by person are its fields, named as the elements.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from eventhub.designs.placing import (
    POINTS,
    box_of,
    colour_of,
    families_of,
    field_of,
    mark_element,
    settled,
    zone_boxes,
    zone_field,
)
from eventhub.designs.rules import FACES, OF_THE_PERSON, Element, Kind, Layout, Occasion
from eventhub.designs.values import fixed_text
from eventhub.printing.fitting import Setting
from eventhub.printing.values import Text
from eventhub.web.rosette import rosette
from eventhub.web.site import rendered

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


def variant_of(kind: str, face: str) -> str:
    """Return the name of one side of the cards of a kind."""
    return kind if face == "front" else f"{kind}.{face}"


@dataclass(frozen=True, slots=True)
class Part:
    """One element ready for the template: its inline style, what stands in it."""

    element: Element
    style: str
    colour: str
    lines: Sequence[Mapping[str, str]] = ()
    zones: Sequence[Any] = ()
    children: Sequence["Part"] = ()
    svg: Markup | None = None
    source: str = ""
    is_field: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One variant: a page of its own size."""

    variant: str
    width: float
    height: float
    parts: Sequence[Part]


def html_of(
    layouts: Mapping[str, Layout], kinds: Sequence[Kind], occasion: Occasion
) -> tuple[str, dict[str, bytes]]:
    """Return the document of all kinds, with the layout of each by its name, and its pictures."""
    cards, files = [], {}
    for kind in kinds:
        layout = layouts[kind.name]
        for face in FACES:
            elements = layout.faces.get(face, ())
            if face != "front" and not elements:
                continue
            parts = _parts(elements, occasion, kind, layout)
            cards.append(Card(variant_of(kind.name, face), layout.width, layout.height, parts))
        for name, (media_type, data) in layout.pictures.items():
            files[_file(kind, name, media_type)] = base64.b64decode(data)
    html = rendered("print/designs/cards.html", cards=cards, title=occasion.titles[0])
    return html, files


def _file(kind: Kind, name: str, media_type: str) -> str:
    return f"{kind.name}-{name}.{_ENDINGS[media_type]}"


def _parts(
    elements: Sequence[Element], occasion: Occasion, kind: Kind, layout: Layout
) -> list[Part]:
    inside: dict[str, list[Element]] = {}
    for element in elements:
        if element.stack:
            inside.setdefault(element.stack, []).append(element)
    return [
        _part(element, occasion, kind, inside.get(element.id, []), layout)
        for element in elements
        if not element.stack and (element.type != "picture" or element.picture)
    ]


def _part(
    element: Element, occasion: Occasion, kind: Kind, inside: Sequence[Element], layout: Layout
) -> Part:
    colour = colour_of(element.colour, occasion, kind)
    place = _place(element)
    match element.type:
        case "text":
            return _text(element, place, colour, occasion, kind)
        case "stack":
            children = [_child(each, occasion, kind) for each in inside]
            return Part(element, place, colour, children=children)
        case "mark":
            field = field_of(mark_element(element), None, colour)
            setting = settled(field, Text((kind.mark,)))
            return Part(element, place, colour, lines=_lines(setting, bold=True))
        case "zones":
            zones = []
            for each in zone_boxes(element, kind.zones):
                setting = settled(zone_field(each), Text((each.code,)))
                zones.append((_points(each.box), _lines(setting, bold=True)))
            return Part(element, place, colour, zones=zones)
        case "seal":
            drawn = rosette(occasion.code, 56, label=occasion.code, colour=colour)
            return Part(element, place, colour, svg=Markup(drawn))  # noqa: S704  (made here)
        case "picture":
            media_type = layout.pictures[element.picture][0]
            return Part(element, place, colour, source=_file(kind, element.picture, media_type))
    return Part(element, place, colour)


def _text(element: Element, place: str, colour: str, occasion: Occasion, kind: Kind) -> Part:
    style = f"{place}; {_letters(element, colour)}"
    if element.show not in OF_THE_PERSON:
        text = fixed_text(element, occasion, kind)
        if not any(line.strip() for line in text.paragraphs):
            return Part(element, style, colour)
        if setting := settled(field_of(element, None, colour), text):
            return Part(element, style, colour, lines=_lines(setting))
    return Part(element, style, colour, is_field=True)


def _child(element: Element, occasion: Occasion, kind: Kind) -> Part:
    colour = colour_of(element.colour, occasion, kind)
    style = f"margin-top: {element.gap:g}mm; {_letters(element, colour)}"
    return Part(element, style, colour, is_field=True)


def _lines(setting: Setting | None, *, bold: bool = False) -> list[dict[str, str]]:
    """Return the lines as the page path writes them, each a block that cannot break or move."""
    if setting is None or setting.field.style is None:
        return []
    style = setting.field.style
    shift = setting.top - setting.field.box.y
    found = []
    for number, line in enumerate(setting.lines):
        css = (
            f"margin: {shift if number == 0 else 0:.4f}pt 0 0; font-size: {setting.size:g}pt; "
            f"line-height: {style.leading:g}; white-space: pre; "
            f"height: {setting.size * style.leading:.4f}pt; text-align: {style.align}; "
            f"direction: {'rtl' if setting.rtl else 'ltr'}"
        )
        if bold:
            css += "; font-family: 'Noto Sans', sans-serif; font-weight: 700"
        found.append({"style": css, "text": line, "lang": setting.language})
    return found


def _place(element: Element) -> str:
    return _points(box_of(element))


def _points(box: Any) -> str:
    return (
        f"left: {box.x:.4f}pt; top: {box.y:.4f}pt; width: {box.width:.4f}pt; "
        f"height: {box.height:.4f}pt"
    )


def _letters(element: Element, colour: str) -> str:
    families = ", ".join(f"'{family}'" if " " in family else family
                         for family in families_of(element))  # fmt: skip
    return (
        f"font-family: {families}; font-weight: {700 if element.bold else 400}; "
        f"font-size: {element.size:g}pt; line-height: {element.leading:g}; "
        f"text-align: {element.align}; color: {colour}"
    )


__all__ = ["POINTS", "Card", "Part", "html_of", "variant_of"]
