"""The page path: a design's HTML filled for some people, for WeasyPrint to lay out whole."""

import math
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

from eventhub.printing.fitting import Setting
from eventhub.printing.measure import POINT_MM, width_mm
from eventhub.printing.qr import qr_svg
from eventhub.printing.values import Field, Picture, Qr, Sheet, Text

_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
_ROOM = 1.12  # an estimate counts letters without shaping them, and lines are not filled
_COVERING = "display: block; width: 100%; height: 100%; object-fit: cover"

Filled = tuple[Sheet, Sequence[Field], Sequence[Setting] | None]
"""A sheet, the fields of its variant, and how its texts are set; None where that is not known."""


def picture_name(number: int, field: str) -> str:
    """Return under which name a sheet's picture is given to the document."""
    return f"sheet-{number}/{field}"


def fill(filled: Sequence[Filled]) -> Callable[[Any], None]:
    """Return what turns a design's document into the pages of these sheets, in their order."""

    def prepare(root: Any) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        sections = {e.get("data-variant"): e for e in root.iter() if e.get("data-variant")}
        parent = parents[next(iter(sections.values()))]
        for section in sections.values():
            parents[section].remove(section)
        for number, (sheet, fields, settings) in enumerate(filled):
            section = deepcopy(sections[sheet.variant])
            _fill_section(section, number, sheet, fields, settings)
            parent.append(section)

    return prepare


def pictures(filled: Sequence[Filled]) -> Mapping[str, bytes]:
    """Return the pictures of the sheets by their names."""
    return {
        picture_name(number, name): value.data
        for number, (sheet, _, _) in enumerate(filled)
        for name, value in sheet.values.items()
        if isinstance(value, Picture)
    }


def _fill_section(
    section: Any,
    number: int,
    sheet: Sheet,
    fields: Sequence[Field],
    settings: Sequence[Setting] | None,
) -> None:
    parents = {child: parent for parent in section.iter() for child in parent}
    elements = {e.get("data-field"): e for e in section.iter() if e.get("data-field")}
    set_as = None if settings is None else {setting.field.name: setting for setting in settings}
    sizes = _free_sizes(fields, sheet) if set_as is None else {}
    begun: set[object] = set()
    for field in fields:
        element, value = elements[field.name], sheet.values.get(field.name)
        element.text = None
        if isinstance(value, Picture):
            attributes = {"src": f"asset:{picture_name(number, field.name)}",
                          "alt": value.label, "style": _COVERING}  # fmt: skip
            ElementTree.SubElement(element, "img", attributes)
        elif isinstance(value, Qr):
            width = field.box.width * POINT_MM
            code = qr_svg(value.text, label=value.label, size_mm=width)
            element.append(ElementTree.fromstring(code))  # noqa: S314  (made here)
        elif set_as is not None and field.name in set_as:
            _set_lines(element, set_as[field.name])
            if field.vertical != "top" and (field.stack or field.name) not in begun:
                _move_down(element, set_as[field.name])
            begun.add(field.stack or field.name)
        elif field.name in sizes and isinstance(value, Text):
            _set_freely(element, field, value, sizes[field.name])
        elif field.kind == "text":
            parents[element].remove(element)


def _set_lines(element: Any, setting: Setting) -> None:
    """Write each line as a block of its own, which WeasyPrint can neither break nor move."""
    style = setting.field.style
    assert style
    for line in setting.lines:
        block = ElementTree.SubElement(element, "div", _block(
            f"font-size: {setting.size:g}pt; line-height: {style.leading:g}; white-space: pre; "
            f"height: {setting.size * style.leading:.4f}pt; text-align: {style.align}; "
            f"direction: {'rtl' if setting.rtl else 'ltr'}", setting.language,
        ))  # fmt: skip
        block.text = line


def _move_down(element: Any, setting: Setting) -> None:
    """Let the first text of its box begin where it was set."""
    field = setting.field
    top = (field.stack or field.box).y
    target = element if field.stack else next(iter(element))
    style = target.get("style", "")
    target.set("style", f"{style}; margin-top: {setting.top - top:.4f}pt")


def _set_freely(element: Any, field: Field, text: Text, size: float) -> None:
    """Write each paragraph for WeasyPrint to break wherever it must."""
    style = field.style
    assert style
    for paragraph in text.paragraphs:
        block = ElementTree.SubElement(element, "div", _block(
            f"font-size: {size:g}pt; line-height: {style.leading:g}; overflow-wrap: anywhere; "
            f"text-align: {style.align}; direction: {'rtl' if text.rtl else 'ltr'}",
            text.language,
        ))  # fmt: skip
        block.text = paragraph


def _block(style: str, language: str) -> dict[str, str]:
    return {"style": f"margin: 0; {style}", **({"lang": language} if language else {})}


def _free_sizes(fields: Sequence[Field], sheet: Sheet) -> dict[str, float]:
    """Return sizes at which the texts will fit, below the least ones where nothing else helps."""
    sizes: dict[str, float] = {}
    groups: dict[object, list[Field]] = {}
    for field in fields:
        if isinstance(sheet.values.get(field.name), Text):
            groups.setdefault(field.stack or field.name, []).append(field)
    for group in groups.values():
        room = (group[0].stack or group[0].box).height
        for scale in _SCALES:
            found = {field.name: _estimate(field, sheet, scale) for field in group}
            sizes.update({name: size for name, (size, _) in found.items()})
            if sum(height for _, height in found.values()) <= room:
                break
    return sizes


def _estimate(field: Field, sheet: Sheet, scale: float) -> tuple[float, float]:
    """Return a size and about how high the text will be at it, both in points."""
    style, text = field.style, sheet.values[field.name]
    assert style
    assert isinstance(text, Text)
    widths = [width_mm(each, 1.0, bold=bool(style.pen.weight)) / POINT_MM * _ROOM
              for each in text.paragraphs]  # fmt: skip
    size = min(style.most * scale, field.box.width / max([*widths, 0.001]))
    size = max(size, style.least * scale)
    lines = sum(max(1, math.ceil(width * size / field.box.width)) for width in widths)
    gap = field.gap if field.stack else 0.0
    return size, lines * style.leading * size + gap


__all__ = ["Filled", "fill", "picture_name", "pictures"]
