"""A card as SVG, drawn by the same fitting and shaping that print it.

Letters are outlines of the fonts that print, so a screen shows each line break and each size as
paper will. Lengths are points. Only presentation attributes: pages allow no inline style.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import uharfbuzz as hb

from eventhub.designs.placing import (
    HAIRLINE,
    POINTS,
    box_of,
    colour_of,
    field_of,
    fields_of,
    mark_element,
    settings_of,
    settled,
    zone_boxes,
    zone_field,
)
from eventhub.designs.rules import OF_THE_PERSON, Element, Face, Kind, Layout, Occasion
from eventhub.designs.values import text_of
from eventhub.printing.fitting import Setting
from eventhub.printing.qr import qr_svg
from eventhub.printing.shaping import PlainRun, Run
from eventhub.printing.typefaces import Typeface
from eventhub.printing.values import Box, Field, Text, Value
from eventhub.web.rosette import rosette


@dataclass(frozen=True, slots=True)
class Drawing:
    """One face of a card: its SVG, and the ids of elements whose text did not fit."""

    svg: str
    too_long: tuple[str, ...]


def draw(layout: Layout, side: str, occasion: Occasion, kind: Kind, face: Face) -> Drawing:
    """Return one side of a person's card. Raises FontsMissing before use_fonts."""
    elements = layout.faces.get(side, ())
    values: dict[str, Value] = {}
    for element in elements:
        if element.type == "text":
            text = text_of(element, occasion, kind, face)
            if any(line.strip() for line in text.paragraphs):
                values[element.id] = text
    fixed = {e.id for e in elements if e.show not in OF_THE_PERSON and not e.stack}
    drawn: dict[str, str] = {}
    too_long: list[str] = []
    fields = [f for f in fields_of(elements, occasion, kind) if f.name in values]
    colours = {e.id: colour_of(e.colour, occasion, kind) for e in elements}
    for group, settings in settings_of(fields, values):
        if settings is None:
            too_long += [field.name for field in group]
            smaller = (_smaller(field, values) for field in group if field.name in fixed)
            settings = [setting for setting in smaller if setting]
        for setting in settings:
            drawn[setting.field.name] = _text(setting, colours[setting.field.name])
    parts = [_group(e, side, _shape(e, occasion, kind, face, colours[e.id], drawn, layout))
             for e in elements if not e.stack]  # fmt: skip
    stacks = {e.stack for e in elements if e.stack}
    parts += [
        _group_of_stack(name, side, [(e, drawn.get(e.id, "")) for e in elements if e.stack == name])
        for name in sorted(stacks)
    ]
    width, height = layout.width * POINTS, layout.height * POINTS
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}" '
        f'class="card" role="img" aria-label="{escape(" ".join(face.names))}">'
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="#fff"/>{"".join(parts)}</svg>'
    )
    return Drawing(svg, tuple(too_long))


def _smaller(field: Field, values: Mapping[str, Value]) -> Setting | None:
    """Return how words of the event print where they do not fit as the design asks."""
    text = values[field.name]
    return settled(field, text) if isinstance(text, Text) else None


def _group(element: Element, side: str, drawn: str) -> str:
    return f'<g data-draws="{side}.{element.id}">{drawn}</g>'


def _group_of_stack(name: str, side: str, inside: Sequence[tuple[Element, str]]) -> str:
    return f'<g data-draws="{side}.{name}">{"".join(drawn for _, drawn in inside)}</g>'


def _shape(
    element: Element, occasion: Occasion, kind: Kind, face: Face, colour: str,
    drawn: Mapping[str, str], layout: Layout,
) -> str:  # fmt: skip
    box = box_of(element)
    match element.type:
        case "text":
            return drawn.get(element.id, "")
        case "band":
            return _rect(box, f'fill="{colour}"')
        case "photo":
            return _silhouette(box)
        case "qr":
            return _code(face, box)
        case "line":
            return _line(element, box, colour)
        case "seal":
            return _placed(rosette(occasion.code, 56, colour=colour), box)
        case "picture":
            return _picture(element, box, layout)
        case "mark":
            frame = _rect(box, f'fill="none" stroke="{colour}" stroke-width="{element.thick:g}"')
            found = settled(field_of(mark_element(element), None, colour), Text((kind.mark,)))
            return frame + (_text(found, colour) if found else "")
        case "zones":
            return "".join(_zone(element, colour, each.code, each.box, zone_field(each))
                           for each in zone_boxes(element, kind.zones))  # fmt: skip
    return ""


def _zone(element: Element, colour: str, code: str, box: Box, field: object) -> str:
    frame = _rect(box, f'fill="none" stroke="{colour}" stroke-width="{element.thick:g}"')
    found = settled(field, Text((code,)))  # type: ignore[arg-type]
    return frame + (_text(found, colour) if found else "")


def _rect(box: Box, paint: str) -> str:
    return (
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" '
        f'height="{box.height:.2f}" {paint}/>'
    )


def _line(element: Element, box: Box, colour: str) -> str:
    thick = element.thick
    lies = element.width >= element.height
    strokes = [(0.0, thick)]
    if element.line == "double":
        strokes = [(0.0, thick / 3), (thick * 2 / 3, thick / 3)]
    dash = f' stroke-dasharray="{thick * 3:g}"' if element.line == "dashed" else ""
    found = []
    for start, width in strokes:
        at = start + width / 2
        if lies:
            ends = (box.x, box.y + at, box.x + box.width, box.y + at)
        else:
            ends = (box.x + at, box.y, box.x + at, box.y + box.height)
        found.append('<line x1="{:.2f}" y1="{:.2f}" x2="{:.2f}" y2="{:.2f}" '.format(*ends)
                     + f'stroke="{colour}" stroke-width="{width:.2f}"{dash}/>')  # fmt: skip
    return "".join(found)


def _silhouette(box: Box) -> str:
    x, y, side = box.x + box.width / 2, box.y, min(box.width, box.height)
    return (
        _rect(box, f'fill="#EDEBE4" stroke="{HAIRLINE}" stroke-width="0.5"')
        + f'<circle cx="{x:.2f}" cy="{y + box.height * 0.4:.2f}" r="{side * 0.2:.2f}" '
        f'fill="{HAIRLINE}"/><path fill="{HAIRLINE}" d="M{x - side * 0.36:.2f} '
        f"{y + box.height:.2f}a{side * 0.36:.2f} {box.height * 0.33:.2f} 0 0 1 "
        f'{side * 0.72:.2f} 0z"/>'
    )


def _code(face: Face, box: Box) -> str:
    side = min(box.width, box.height)
    return _placed(qr_svg(face.qr or "EH1", label="QR", size_mm=10), Box(box.x, box.y, side, side))


def _placed(svg: str, box: Box) -> str:
    """Return a whole SVG as a part of another, filling a box."""
    head, _, rest = svg.partition(">")
    kept = re.sub(r'\s(width|height|class|role|focusable|aria-hidden)="[^"]*"', "", head)
    rest = re.sub(r"<title>.*?</title>", "", rest)
    place = f'x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}"'
    return f"{kept} {place}>{rest}"


def _picture(element: Element, box: Box, layout: Layout) -> str:
    given = layout.pictures.get(element.picture)
    if given is None:
        return _rect(box, f'fill="none" stroke="{HAIRLINE}" stroke-width="0.5" '
                          'stroke-dasharray="3"')  # fmt: skip
    media_type, data = given
    return (
        f'<image x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" '
        f'height="{box.height:.2f}" href="data:{media_type};base64,{data}"/>'
    )


def _text(setting: Setting, colour: str) -> str:
    """Return the outlines of a text, each line where the PDF has it."""
    style = setting.field.style
    assert style
    leading, size, top = style.leading * setting.size, setting.size, setting.top
    first = style.pen.stack.first
    least = _above(first.ascent, first.descent, size, leading)
    drawn = []
    for line in setting.shaped:
        base = top + max(least, _above(line.ascent, line.descent, size, leading))
        room = setting.field.box.width - line.width * size
        x = setting.field.box.x + {"left": 0.0, "center": room / 2, "right": room}[style.align]
        for run in line.runs:
            scale = size / run.face.units
            for number, right, up in _standing(run):
                if path := _outline(run.face, number):
                    left, low = x + right * size / 1000, base - up * size / 1000
                    drawn.append(
                        f'<path transform="matrix({scale:.5g} 0 0 {-scale:.5g} {left:.2f} '
                        f'{low:.2f})" d="{path}"/>'
                    )
            x += run.width * size / 1000
        top += leading
    return f'<g fill="{colour}">{"".join(drawn)}</g>'


def _standing(run: Run | PlainRun) -> Iterator[tuple[int, float, float]]:
    """Yield the glyphs of a run, each with where it stands: right and up, thousandths of an em."""
    pen = 0.0
    if isinstance(run, PlainRun):
        kerns = dict(run.kerns)
        for before, (number, _letter) in enumerate(run.said):
            pen -= kerns.get(before, 0.0)
            yield number, pen, 0.0
            pen += run.face.advance(number)
        return
    for glyph in run.glyphs:
        yield glyph.number, pen + glyph.right, glyph.up
        pen += glyph.advance


def _above(ascent: float, descent: float, size: float, leading: float) -> float:
    return ascent * size + (leading - (ascent - descent) * size) / 2


@lru_cache(maxsize=4096)
def _outline(face: Typeface, glyph: int) -> str:
    """Return the outline of a glyph in the font's own units, up positive."""
    drawn: list[str] = []
    face.font.draw_glyph(glyph, _funcs(), drawn)
    return "".join(drawn)


@lru_cache(maxsize=1)
def _funcs() -> hb.DrawFuncs:
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, out: out.append(f"M{x:g} {y:g}"))
    funcs.set_line_to_func(lambda x, y, out: out.append(f"L{x:g} {y:g}"))
    funcs.set_quadratic_to_func(lambda x1, y1, x, y, out: out.append(f"Q{x1:g} {y1:g} {x:g} {y:g}"))
    funcs.set_cubic_to_func(
        lambda x1, y1, x2, y2, x, y, out: out.append(f"C{x1:g} {y1:g} {x2:g} {y2:g} {x:g} {y:g}")
    )
    funcs.set_close_path_func(lambda out: out.append("Z"))
    return funcs
