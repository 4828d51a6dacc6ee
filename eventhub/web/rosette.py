"""The rosette: a figure, as on banknotes, that an event's code gives and its papers carry."""

from collections.abc import Iterator
from hashlib import sha256
from html import escape

RADIUS = 46
"""Reach of the outer ring in a view box of 100 by 100 around the origin."""


def rosette(code: str, size: int = 64, *, label: str = "", colour: str = "currentColor") -> str:
    """Return the inline SVG of a code: two rings of turned ellipses in the colour of the text.

    The same code, in capitals or not, always gives the same figure; size is in CSS pixels.
    It is ornament, hidden from screen readers, unless a label says what it is (paper needs one,
    PDF/UA, and a colour of its own, as it does not see that of the text). The caller marks the
    string as safe.
    """
    seed = sha256(code.strip().upper().encode()).digest()
    outer = _ring(RADIUS, 12 + seed[0] % 15, 9 + seed[1] % 6, seed[2] % 4)
    inner = _ring(22 + seed[3] % 9, 5 + seed[4] % 7, 5 + seed[5] % 5, 4 + seed[6] % 5)
    said = f'role="img"><title>{escape(label)}</title>' if label else 'aria-hidden="true">'
    return (
        f'<svg class="rosette" viewBox="-50 -50 100 100" width="{size}" height="{size}" fill="none"'
        f' stroke="{colour}" focusable="false" {said}'
        f"{''.join(outer)}{''.join(inner)}</svg>"
    )


def _ring(reach: int, width: int, count: int, tilt: int) -> Iterator[str]:
    """Yield ellipses of half axes reach and width, turned evenly through half a circle."""
    for number in range(count):
        angle = round(tilt + 180 * number / count, 1)
        yield f'<ellipse rx="{reach}" ry="{width}" transform="rotate({angle:g})"/>'
