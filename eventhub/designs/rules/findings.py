"""What is wrong with where elements stand: beyond the card, over the code. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from eventhub.designs.rules.layouts import FACES, Element, Layout

LEAST_QR = 22.0
"""Millimetres: below, a scanner at a door has trouble."""
_HAIR = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: face, element, what as a code, whose name and points where known."""

    face: str
    element: str
    code: str
    name: str = ""
    least: float = 0.0


def findings_of(layout: Layout) -> Iterator[Finding]:
    """Yield what is wrong whoever the person is, element by element."""
    for face in FACES:
        elements = [e for e in layout.faces.get(face, ()) if not e.stack]
        codes = [element for element in elements if element.type == "qr"]
        for element in elements:
            if _leaves(element, layout):
                yield Finding(face, element.id, "leaves")
            if element.type == "qr" and min(element.width, element.height) < LEAST_QR:
                yield Finding(face, element.id, "small_code")
            if any(code is not element and _meet(element, code) for code in codes):
                yield Finding(face, element.id, "over_code")
            if element.type == "picture" and not element.picture:
                yield Finding(face, element.id, "picture_missing")


def _leaves(element: Element, layout: Layout) -> bool:
    return (
        min(element.x, element.y) < -_HAIR
        or element.x + element.width > layout.width + _HAIR
        or element.y + element.height > layout.height + _HAIR
    )


def _meet(one: Element, other: Element) -> bool:
    return (
        one.x < other.x + other.width - _HAIR
        and other.x < one.x + one.width - _HAIR
        and one.y < other.y + other.height - _HAIR
        and other.y < one.y + one.height - _HAIR
    )
