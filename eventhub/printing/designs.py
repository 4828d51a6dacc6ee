"""Designs: HTML and CSS with named fields, laid out once, then filled for each person.

A design is a document with one `<section data-variant="NAME">` of one page for each kind of
sheet; what differs by person are its elements with `data-field="NAME"`:

* `data-kind` says what stands there: `text` (if absent), `picture` or `qr`;
* a text is set in the element's size, or smaller down to `data-least` points, then on up to
  `data-lines` lines a paragraph;
* `data-vertical` (top, middle, bottom), on a field or its stack, says where in its box it stands;
* fields inside an element with `data-stack` stand below one another, as high as their text is;
  all others have a fixed width and height.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventhub.printing.drawn import Page, read_pages
from eventhub.printing.layout import PDF_UA, lay_out, left_out, written
from eventhub.printing.portable import Portable
from eventhub.printing.shaping import Pen
from eventhub.printing.typefaces import BOLD, REGULAR, bring, knows
from eventhub.printing.uploaded_fonts import UploadedFont
from eventhub.printing.values import Box, Field, Style

_POINT = 0.75  # of a CSS pixel
_VERTICALS = ("top", "middle", "bottom")
_KINDS = ("text", "picture", "qr")
_PHYSICAL = {"start": {"ltr": "left", "rtl": "right"}, "end": {"ltr": "right", "rtl": "left"}}
_PLAIN = {"letter_spacing": "normal", "word_spacing": 0, "font_style": "normal",
          "text_transform": "none", "text_decoration_line": "none",
          "visibility": "visible"}  # fmt: skip


class BadDesign(ValueError):
    """A design that cannot be used; the message says what is wrong with which field."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One page of a design: its background, and its fields."""

    background: Page
    fields: tuple[Field, ...]
    is_plain: bool
    """Whether every text is set by means that the stream path has."""

    @property
    def height(self) -> float:
        """Return the height of the page in points."""
        return self.background.height


@dataclass(frozen=True, slots=True)
class Design:
    """A design that is laid out: its HTML and files, its variants, and what they all use."""

    html: str
    files: Mapping[str, bytes]
    variants: Mapping[str, Variant]
    objects: Portable
    fonts: tuple[UploadedFont, ...] = ()
    left_out: tuple[str, ...] = ()
    """Addresses that the design points at and nothing was fetched from."""

    def bring_fonts(self) -> None:
        """Let the stream path find the fonts that the design brings."""
        for font in self.fonts:
            if font.is_streamed:
                bring(_key(font), font.weight, font.data)


def read_design(
    html: str,
    files: Mapping[str, bytes] | None = None,
    fonts: Sequence[UploadedFont] = (),
) -> Design:
    """Lay a design out; fonts are known to it by their families, beside ours.

    Raises BadDesign, and FontsMissing before use_fonts.
    """
    files = dict(files or {})
    document = lay_out(html, files, lang="und", profile=PDF_UA, prepare=_hold_open, fonts=fonts)
    pages, objects = read_pages(written(document, PDF_UA), with_places=True)
    variants: dict[str, Variant] = {}
    for page, background in zip(document.pages, pages, strict=True):
        name = next((n for box in page._page_box.descendants()
                     if (n := _attribute(box, "data-variant"))), None)  # fmt: skip
        if name is None or name in variants:
            raise BadDesign(f"{name or 'A variant'} takes more than one page, or has no name")
        variants[name] = _variant(page, background, fonts)
    design = Design(
        html, files, variants, objects, tuple(fonts), left_out(document)
    )  # fmt: skip
    design.bring_fonts()
    return design


def _hold_open(root: Any) -> None:
    """Give each empty text field a line, so that its box is laid out."""
    for element in root.iter():
        if element.get("data-field") and element.get("data-kind", "text") == "text":
            element.text = "\u00a0"


def _variant(page: Any, background: Page, fonts: Sequence[UploadedFont]) -> Variant:
    found = list(_fields(page._page_box, None, "top", fonts))
    fields = tuple(field for field, _ in found)
    names = [field.name for field in fields]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadDesign(f"{', '.join(sorted(twice))}: there are two fields of this name")
    return Variant(background, fields, all(is_plain for _, is_plain in found))


def _fields(
    box: Any, stack: Box | None, vertical: str, fonts: Sequence[UploadedFont]
) -> Iterator[tuple[Field, bool]]:
    """Yield the fields below a box, each with whether the stream path can set it.

    vertical is that of the stack they stand in.
    """
    for child in getattr(box, "children", ()):
        name = _attribute(child, "data-field")
        own = _attribute(child, "data-vertical") or "top"
        if name:
            place = vertical if stack else own
            yield _field(name, child, stack, place, fonts), _is_plain(child.style, fonts)
        elif _attribute(child, "data-stack") is not None:
            yield from _fields(child, _content(child), own, fonts)
        else:
            yield from _fields(child, stack, vertical, fonts)


def _field(
    name: str, box: Any, stack: Box | None, vertical: str, fonts: Sequence[UploadedFont]
) -> Field:
    kind = _attribute(box, "data-kind") or "text"
    if kind not in _KINDS:
        raise BadDesign(f"{name}: a field is text, picture or qr, not {kind}")
    if vertical not in _VERTICALS:
        raise BadDesign(f"{name}: data-vertical is top, middle or bottom, not {vertical}")
    place = _content(box)
    if place.width <= 0 or place.height <= 0:
        raise BadDesign(f"{name}: the field has no width or no height")
    if kind != "text":
        return Field(name, kind, place)
    gap = box.margin_top * _POINT if stack else 0.0
    return Field(name, kind, place, _style(name, box, fonts), stack, gap, vertical)


def _style(name: str, box: Any, fonts: Sequence[UploadedFont]) -> Style:
    style = box.style
    size = style["font_size"] * _POINT
    try:
        least = float(_attribute(box, "data-least") or size)
        lines = int(_attribute(box, "data-lines") or 1)
    except ValueError:
        raise BadDesign(f"{name}: data-least and data-lines are numbers") from None
    if not 0 < least <= size or lines < 1:
        raise BadDesign(f"{name}: data-least is at most the size, data-lines at least one")
    leading = style["line_height"]
    if not isinstance(leading, float):
        leading = 1.36 if leading == "normal" else leading.value * _POINT / size
    align = style["text_align_all"]
    align = _PHYSICAL.get(align, {}).get(style["direction"], align)
    weight = BOLD if style["font_weight"] >= 600 else REGULAR
    keys = {font.family.casefold(): _key(font) for font in fonts if font.weight == weight}
    families = tuple(keys.get(family.casefold(), family) for family in style["font_family"])
    pen = Pen(families, weight, _features(style))
    red, green, blue = style["color"].to("srgb").coordinates[:3]
    align = align if align in ("left", "right", "center") else "left"
    return Style(pen, size, least, lines, float(leading), align, (red, green, blue))


def _features(style: Any) -> tuple[tuple[str, int], ...]:
    from weasyprint.text.fonts import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        font_features,
    )

    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps",
             "variant_numeric", "variant_alternates", "variant_east_asian",
             "feature_settings")  # fmt: skip
    return tuple(sorted(font_features(*(style[f"font_{name}"] for name in names)).items()))


def _key(font: UploadedFont) -> str:
    """Return the name of a font that no other has, of this or another institution."""
    return f"{font.family} {font.digest}"


def _is_plain(style: Any, fonts: Sequence[UploadedFont]) -> bool:
    """Tell whether a field is set by nothing that the stream path leaves out."""
    weight = BOLD if style["font_weight"] >= 600 else REGULAR
    streamed = {font.family.casefold() for font in fonts
                if font.is_streamed and font.weight == weight}  # fmt: skip
    return (
        all(style[name] == usual for name, usual in _PLAIN.items())
        and style["font_weight"] in (400, 700)
        and all(knows(family) or family.casefold() in streamed for family in style["font_family"])
        and style["color"].alpha == 1
        and style["opacity"] == 1
        and not style["transform"]
    )


def _content(box: Any) -> Box:
    """Return the inside of a box, in points."""
    return Box(
        box.content_box_x() * _POINT, box.content_box_y() * _POINT,
        box.width * _POINT, box.height * _POINT,
    )  # fmt: skip


def _attribute(box: Any, name: str) -> str | None:
    element = getattr(box, "element", None)
    if element is None or not hasattr(box, "content_box_x"):
        return None
    found = element.get(name)
    return None if found is None else str(found)
