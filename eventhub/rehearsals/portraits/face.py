"""The head, its features, beard and glasses."""

import math

from eventhub.rehearsals.portraits.canvas import Pen, curve, shade
from eventhub.rehearsals.portraits.look import MIDDLE, Look, outline


def draw_head(pen: Pen, look: Look) -> None:
    """Draw the face and ears."""
    ear = shade(look.skin, 0.9)
    for side in (-1, 1):
        pen.oval(look.centre + side * (look.face_width + 1), MIDDLE + 18, 12, 24, ear)
    pen.shape(outline(look, 0, 360), look.skin)


def draw_neck(pen: Pen, look: Look) -> None:
    """Draw the neck and its shadow."""
    x, half = look.centre, look.face_width * 0.52
    shadow = shade(look.skin, 0.82)
    pen.shape(
        [(x - half, 320), (x + half, 320), (x + half + 12, 446), (x - half - 12, 446)], shadow
    )
    pen.shape(
        [
            (x - half - 4, 401),
            *curve((x - half, 381), (x, 416), (x + half, 381)),
            (x + half + 4, 401),
            (x + half + 12, 456),
            (x - half - 12, 456),
        ],
        shade(look.skin, 0.92),
    )


def draw_features(pen: Pen, look: Look) -> None:
    """Draw eyes, brows, nose and mouth, and a beard where there is one."""
    x, dark = look.centre, shade(look.skin, 0.52)
    brow = shade(look.hair, 0.9) if sum(look.hair) < 300 else shade(look.skin, 0.6)
    for side in (-1, 1):
        eye = x + side * look.eyes_apart
        y = 206 + look.brow
        pen.line(curve((eye - 19, y + 3), (eye, y - 8), (eye + 19, y + 3)), brow, 5)
        pen.oval(eye, MIDDLE, 15, 8, (248, 247, 244))
        pen.oval(eye, MIDDLE, 7.5, 7.8, (44, 34, 30))
        pen.line(curve((eye - 16, MIDDLE - 1), (eye, MIDDLE - 13), (eye + 16, MIDDLE - 1)), dark, 3)
    nose = shade(look.skin, 0.8)
    pen.line(curve((x - 6, 284), (x + 4, 294), (x + 13, 283)), nose, 4.5)
    pen.line(curve((x + 6, 240), (x + 11, 268), (x + 13, 283)), shade(look.skin, 0.9), 4)
    _draw_beard(pen, look)
    lip = (
        round(look.skin[0] * 0.72 + 20),
        round(look.skin[1] * 0.56),
        round(look.skin[2] * 0.56),
    )
    y = 322
    pen.shape(
        [
            *curve((x - look.mouth, y - 3), (x - 6, y - 9), (x, y - 4)),
            *curve((x, y - 4), (x + 6, y - 9), (x + look.mouth, y - 3)),
            *curve((x + look.mouth, y - 3), (x, y + 19), (x - look.mouth, y - 3)),
        ],
        lip,
    )
    smile = curve((x - look.mouth, y - 3), (x, y + 8), (x + look.mouth, y - 3))
    pen.line(smile, shade(lip, 0.7), 2.5)


def _draw_beard(pen: Pen, look: Look) -> None:
    if look.beard == "none":
        return
    x = look.centre
    colour = look.hair
    if look.beard == "stubble":
        skin, hair = look.skin, look.hair
        colour = (
            (skin[0] * 3 + hair[0]) // 4,
            (skin[1] * 3 + hair[1]) // 4,
            (skin[2] * 3 + hair[2]) // 4,
        )
    if look.beard != "moustache":
        lower = outline(look, 12, 168, wider=1)
        inner = curve((x - look.face_width + 14, 270), (x - 50, 318), (x - 40, 306))
        inner += curve((x - 40, 306), (x, 288), (x + 40, 306))
        inner += curve((x + 40, 306), (x + 50, 318), (x + look.face_width - 14, 270))
        pen.shape(lower + inner, colour)
        return
    for side in (-1, 1):
        pen.shape(
            [
                *curve((x, 299), (x + side * 26, 296), (x + side * 42, 316)),
                *curve((x + side * 42, 316), (x + side * 20, 312), (x, 312)),
            ],
            colour,
        )


def draw_glasses(pen: Pen, look: Look) -> None:
    """Draw a pair of glasses."""
    x, colour = look.centre, (44, 44, 48)
    for side in (-1, 1):
        eye = x + side * look.eyes_apart
        rim = [
            (eye + 24 * math.cos(math.radians(a)), MIDDLE + 2 + 18 * math.sin(math.radians(a)))
            for a in range(0, 361, 12)
        ]
        pen.line(rim, colour, 3)
        pen.line(
            [(eye + side * 24, MIDDLE - 3), (x + side * look.face_width, MIDDLE - 2)], colour, 3
        )
    gap = look.eyes_apart - 24
    pen.line(curve((x - gap, MIDDLE), (x, MIDDLE - 7), (x + gap, MIDDLE)), colour, 3)
