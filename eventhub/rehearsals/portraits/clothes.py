"""What people wear."""

from collections.abc import Sequence

from eventhub.rehearsals.portraits.canvas import HEIGHT_PX, Pen, Point, curve, shade
from eventhub.rehearsals.portraits.look import Look


def draw_clothes(pen: Pen, look: Look) -> None:
    """Draw what the person wears."""
    x, half = look.centre, look.face_width * 0.52
    low, out = float(HEIGHT_PX + 2), 176 + look.shoulders
    body = [
        (x - out, low),
        *curve((x - out, low), (x - out + 4, 438), (x - half - 34, 408)),
        (x - half - 4, 388),
        *curve(
            (x - half - 4, 390), (x, 496 if look.clothes != "tunic" else 446), (x + half + 4, 390)
        ),
        (x + half + 34, 408),
        *curve((x + half + 34, 408), (x + out - 4, 438), (x + out, low)),
    ]
    if look.clothes in ("suit", "jacket"):
        _draw_suit(pen, look, body, half)
        return
    pen.shape(body, look.cloth)
    edge = curve(
        (x - half - 4, 390), (x, 496 if look.clothes == "blouse" else 446), (x + half + 4, 390)
    )
    pen.line(edge, shade(look.cloth, 1.35) if look.clothes == "blouse" else look.accent, 9)
    if look.clothes == "tunic":
        pen.line([(x, 422), (x, low)], look.accent, 9)
    else:
        for i in range(5, 12):
            px, py = edge[i]
            pen.oval(px, py - 16, 4.5, 4.5, look.shirt)


def _draw_suit(pen: Pen, look: Look, body: Sequence[Point], half: float) -> None:
    x, low = look.centre, float(HEIGHT_PX + 2)
    jacket, lapel = look.cloth, shade(look.cloth, 1.22)
    pen.shape(body, jacket)
    dip = 438 if look.clothes == "suit" else 464
    throat = [(x - half - 2, 384), (x, dip), (x + half + 2, 384)]
    pen.shape(throat, shade(look.skin, 0.92))
    pen.shape([*throat, (x + 40, low), (x - 40, low)], look.shirt)
    if look.clothes == "suit":
        knot = [(x - 11, 432), (x + 11, 432), (x + 7, 452), (x - 7, 452)]
        pen.shape(knot, shade(look.accent, 0.85))
        pen.shape([(x - 7, 452), (x + 7, 452), (x + 17, low), (x - 17, low)], look.accent)
    for side in (-1, 1):
        collar = [(x + side * (half + 6), 382), (x + side * 4, dip - 6), (x + side * 34, dip + 12)]
        pen.shape(collar, shade(look.shirt, 0.93))
        pen.shape(
            [
                (x + side * (half + 4), 378),
                (x + side * (half + 44), 416),
                (x + side * (half + 22), 454),
                (x + side * 24, low),
                (x + side * 36, 462),
            ],
            lapel,
        )
