"""Where the elements of a layout stand, in points, as the print engine wants it.

The HTML that is printed and the preview on screen both come from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eventhub.designs.rules import Element, Kind, Occasion
from eventhub.printing.fitting import CannotShape, DoesNotFit, Setting, fit
from eventhub.printing.shaping import Pen, shape
from eventhub.printing.typefaces import BOLD, REGULAR
from eventhub.printing.values import Box, Field, Sheet, Style, Text, Value

POINTS = 72 / 25.4
"""In a millimetre."""
INK, MUTED, HAIRLINE, WHITE = "#17212B", "#56606B", "#CFCBBF", "#FFFFFF"
SMALLEST, MOST_LINES = 4.5, 12
FEATURES: tuple[tuple[str, int], ...] = ()
_SANS, _SERIF = ("Noto Sans", "sans-serif"), ("Noto Serif", "serif")


def box_of(element: Element) -> Box:
    """Return the rectangle of an element."""
    return Box(
        element.x * POINTS, element.y * POINTS, element.width * POINTS, element.height * POINTS
    )


def colour_of(name: str, occasion: Occasion, kind: Kind) -> str:
    """Return a colour like #17212B."""
    named = {
        "ink": INK, "muted": MUTED, "hairline": HAIRLINE, "white": WHITE,
        "accent": occasion.accent, "band": kind.colour, "band_text": kind.text_colour,
    }  # fmt: skip
    return named.get(name, name)


def families_of(element: Element) -> tuple[str, ...]:
    """Return the font families of an element's letters."""
    return _SERIF if element.serif else _SANS


def pen_of(element: Element) -> Pen:
    """Return how an element's letters are written."""
    return Pen(families_of(element), BOLD if element.bold else REGULAR, FEATURES)


def field_of(element: Element, stack: Element | None = None, colour: str = INK) -> Field:
    """Return a text element as a field of the print engine."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    style = Style(
        pen_of(element), element.size, element.least, element.lines, element.leading,
        element.align, (red, green, blue),
    )  # fmt: skip
    if stack is None:
        return Field(element.id, "text", box_of(element), style, vertical=element.vertical)
    place = box_of(stack)
    return Field(
        element.id, "text", place, style, place, element.gap * POINTS, vertical=stack.vertical
    )


def fields_of(elements: Sequence[Element], occasion: Occasion, kind: Kind) -> list[Field]:
    """Return the text fields of a face."""
    stacks = {element.id: element for element in elements if element.type == "stack"}
    return [
        field_of(each, stacks.get(each.stack), colour_of(each.colour, occasion, kind))
        for each in elements
        if each.type == "text"
    ]


def settled(field: Field, text: Text) -> Setting | None:
    """Return how a text is set in its box; None where it is empty or does not fit.

    Words of the event are rather set smaller than the design allows than sent the slow way.
    """
    assert field.style
    smaller = replace(field.style, least=min(SMALLEST, field.style.least), lines=MOST_LINES)
    for style in (field.style, smaller):
        try:
            found = fit([replace(field, style=style)], Sheet("", {field.name: text}))
        except CannotShape:
            return None
        except DoesNotFit:
            continue
        return found[0] if found else None
    return None


def settings_of(
    fields: Sequence[Field], values: Mapping[str, Value]
) -> Iterator[tuple[list[Field], list[Setting] | None]]:
    """Yield the fields that are set together, and how: None where they do not fit."""
    groups: dict[object, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.stack or field.name, []).append(field)
    for group in groups.values():
        try:
            yield group, fit(group, Sheet("", values))
        except (DoesNotFit, CannotShape):
            yield group, None


@dataclass(frozen=True, slots=True)
class ZoneBox:
    """One bordered box with the code of a zone."""

    code: str
    box: Box


def mark_element(element: Element) -> Element:
    """Return the letters of a mark as a text that fills its box."""
    return Element(
        element.id, "text", element.x, element.y, element.width, element.height, size=element.size,
        least=min(element.least, element.size), bold=True, align="center", vertical="middle",
        leading=1.1, colour=element.colour,
    )  # fmt: skip


def zone_boxes(element: Element, codes: Sequence[str]) -> list[ZoneBox]:
    """Return the boxes of the zones, row by row from the top, smaller until all fit."""
    place, pen = box_of(element), Pen(_SANS, BOLD, FEATURES)
    size = element.size
    while True:
        found = list(_zone_rows(place, pen, size, codes, element.align))
        bottom = max((each.box.y + each.box.height for each in found), default=0.0)
        if bottom <= place.y + place.height + 0.01 or size <= 4:
            return found
        size -= 0.5


def _zone_rows(
    place: Box, pen: Pen, size: float, codes: Sequence[str], align: str
) -> Iterator[ZoneBox]:
    high, apart = size * 1.55, size * 0.22
    rows: list[list[tuple[str, float]]] = [[]]
    taken = 0.0
    for code in codes:
        wide = max(high, shape(code, pen, rtl=False).width * size + size * 0.7)
        if rows[-1] and taken + wide > place.width:
            rows.append([])
            taken = 0.0
        rows[-1].append((code, wide))
        taken += wide + apart
    for number, row in enumerate(rows):
        used = sum(wide for _, wide in row) + apart * (len(row) - 1)
        room = place.width - used
        x = place.x + {"left": 0.0, "center": room / 2, "right": room}[align]
        for code, wide in row:
            yield ZoneBox(code, Box(x, place.y + number * (high + apart), wide, high))
            x += wide + apart


def zone_field(each: ZoneBox) -> Field:
    """Return the letters in a zone's box as a field."""
    size = each.box.height / 1.55
    style = Style(Pen(_SANS, BOLD, FEATURES), size, size * 0.5, 1, 1.1, "center", (0, 0, 0))
    return Field("zone", "text", each.box, style, vertical="middle")
