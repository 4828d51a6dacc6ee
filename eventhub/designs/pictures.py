"""Pictures of designs, made harmless: logos and floor plans as PNG, JPEG or SVG."""

import base64
import io
import re

from lxml import etree
from PIL import Image, ImageOps

from eventhub.core.errors import Invalid
from eventhub.designs.expansion import TooLarge, check_expansion
from eventhub.designs.references import XLINK_HREF, is_plain
from eventhub.i18n import _

MOST_BYTES = 300_000
MOST_PIXELS = 1600
_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "text",
        "tspan",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "viewBox",
        "preserveAspectRatio",
        "points",
        "transform",
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "font-family",
        "font-size",
        "font-weight",
        "text-anchor",
        "display",
        "visibility",
        "color",
        "dx",
        "dy",
    ]
)
_FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\s*\(\s*['\"]?(?!#)|[a-z]+:|@|\\|expression", re.IGNORECASE)


def clean_picture(data: bytes) -> tuple[str, str]:
    """Return the media type and Base64 of a picture without anything that acts or points outside.

    PNG and JPEG are drawn anew without their metadata. Of an SVG only shapes, texts and gradients
    stay. Raises Invalid.
    """
    if len(data) > 10 * MOST_BYTES:
        raise Invalid(_("Choose a picture of at most 3 MB."), "file")
    head = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith((b"<svg", b"<?xml", b"<!")):
        media_type, made = "image/svg+xml", clean_svg(data)
    else:
        media_type, made = _redrawn(data)
    if len(made) > MOST_BYTES:
        raise Invalid(_("This picture has too much detail: choose a simpler one."), "file")
    return media_type, base64.b64encode(made).decode()


def _redrawn(data: bytes) -> tuple[str, bytes]:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            kind = str(picture.format)
            if picture.width * picture.height > 40_000_000:
                raise Invalid(_("This picture has too many points: make it smaller."), "file")
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if kind == "PNG" else "RGB")
    except Image.DecompressionBombError as error:
        raise Invalid(_("This picture has too many points: make it smaller."), "file") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid(_("Choose a PNG, JPEG or SVG picture."), "file") from error
    for most in (MOST_PIXELS, 1000, 600):
        upright.thumbnail((most, most))
        out = io.BytesIO()
        upright.save(out, kind, optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return ("image/png" if kind == "PNG" else "image/jpeg"), out.getvalue()


def clean_svg(data: bytes) -> bytes:
    """Return an SVG of shapes, texts and gradients only: no script, no file, no address.

    Raises Invalid where it is none, declares entities or grows too large once drawn.
    """
    if _FORBIDDEN.search(data):
        raise Invalid(_("This drawing declares entities, which may read files: save it anew as "
                        "plain SVG."), "file")  # fmt: skip
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid(_("This drawing is damaged: save it anew as plain SVG."), "file") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise Invalid(_("Choose a PNG, JPEG or SVG picture."), "file")
    _clean(root)
    try:
        check_expansion(root)
    except TooLarge as error:
        raise Invalid(
            _("This picture has too much detail: choose a simpler one."), "file"
        ) from error
    _box(root)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root))


def _clean(element: etree._Element) -> None:
    for name, value in list(element.attrib.items()):
        is_link = name in ("href", XLINK_HREF)
        if is_link and is_plain(str(name), str(value)):
            continue
        if name == "style":
            _unfold(element, str(value))
        if not _may_stay(str(name), str(element.get(name))):
            del element.attrib[name]
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag.startswith(f"{{{_SVG}}}") or tag.rpartition("}")[2] not in _ELEMENTS:
            element.remove(child)
        else:
            _clean(child)


def _unfold(element: etree._Element, style: str) -> None:
    """Turn what a style attribute says of shapes into attributes of their own."""
    for declaration in style.split(";"):
        name, _colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if value and _may_stay(name, value):
            element.set(name, value)


def _may_stay(name: str, value: str) -> bool:
    return name in _ATTRIBUTES and is_plain(name, value) and not _OUTSIDE.search(value)


def _box(root: etree._Element) -> None:
    """Give the drawing a view box, so that it fills its place."""
    if root.get("viewBox") is None:
        sizes = [re.match(r"[0-9.]+", root.get(name, "")) for name in ("width", "height")]
        if not all(sizes):
            raise Invalid(_("This drawing does not say how large it is: save it anew with a "
                            "view box."), "file")  # fmt: skip
        root.set("viewBox", "0 0 " + " ".join(found.group() for found in sizes if found))
    for name in ("width", "height"):
        root.attrib.pop(name, None)
