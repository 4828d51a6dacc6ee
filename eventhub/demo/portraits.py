"""Portraits of persons who do not exist: flat drawings in the frame of an official photo.

No photo of a real person is used. What a portrait looks like follows from the person's id alone
(and from the gender given), never from the State or organization.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from eventhub.demo import chance

WIDTH_PX, HEIGHT_PX = 413, 531
"""35 by 45 mm at 300 dots to the inch."""

_FINE = 2  # drawn this much larger, then reduced, which smooths the edges
_ZOOM = 1.14  # brings the head to the size that an official photo asks for

Colour = tuple[int, int, int]
Point = tuple[float, float]

_SKIN: tuple[Colour, ...] = (
    (241, 212, 190), (232, 196, 168), (222, 180, 148), (208, 162, 126), (190, 142, 106),
    (170, 121, 87), (148, 101, 71), (124, 82, 57), (101, 66, 46), (80, 52, 38),
)  # fmt: skip
_HAIR: tuple[Colour, ...] = (
    (28, 25, 26), (38, 31, 28), (52, 38, 30), (74, 52, 38), (104, 72, 48),
)  # fmt: skip
_GREY_HAIR: tuple[Colour, ...] = ((122, 118, 116), (168, 165, 162), (205, 202, 198))
_CLOTH: tuple[Colour, ...] = (
    (34, 46, 66), (48, 52, 60), (62, 74, 88), (86, 40, 52), (38, 66, 58),
    (28, 78, 92), (84, 62, 94), (122, 82, 44), (92, 96, 84), (58, 44, 40),
)  # fmt: skip
_SHIRT: tuple[Colour, ...] = (
    (246, 246, 244), (226, 234, 242), (240, 232, 222), (228, 222, 236), (222, 234, 228),
)  # fmt: skip
_ACCENT: tuple[Colour, ...] = (
    (140, 48, 54), (44, 84, 124), (58, 104, 84), (176, 132, 62), (104, 70, 116), (70, 78, 88),
)  # fmt: skip
_GROUND: tuple[Colour, ...] = (
    (238, 240, 242), (242, 241, 237), (234, 239, 240), (240, 238, 242), (237, 241, 236),
)  # fmt: skip

_WOMEN = ("bob", "long", "bun", "crop", "curls", "scarf", "updo", "side")
_MEN = ("crop", "side", "curls", "bald", "receding", "side", "crop", "turban")


@dataclass(frozen=True, slots=True)
class _Look:
    """All that makes one face different from another; lengths are pixels of the portrait."""

    skin: Colour
    hair: Colour
    hair_style: str
    cloth: Colour
    clothes: str
    shirt: Colour
    accent: Colour
    ground: Colour
    centre: float
    face_width: float
    chin: float
    jaw: float
    brow: float
    eyes_apart: float
    mouth: float
    shoulders: float
    beard: str
    glasses: bool
    part: float


def portrait_of(person_id: str, gender: str) -> bytes:
    """Return the JPEG of a person's portrait, 413 by 531 pixels, the same each time."""
    look = _look(person_id, gender)
    image = Image.new("RGB", (WIDTH_PX * _FINE, HEIGHT_PX * _FINE), look.ground)
    pen = _Pen(ImageDraw.Draw(image))
    _draw_hair_behind(pen, look)
    _draw_neck(pen, look)
    _draw_clothes(pen, look)
    _draw_head(pen, look)
    _draw_features(pen, look)
    _draw_hair(pen, look)
    if look.glasses:
        _draw_glasses(pen, look)
    out = io.BytesIO()
    image.reduce(_FINE).save(out, "JPEG", quality=88, subsampling=0, dpi=(300, 300))
    return out.getvalue()


def _look(who: str, gender: str) -> _Look:
    def between(low: float, high: float, what: str) -> float:
        return low + (high - low) * chance.share(who, what)

    styles = {"woman": _WOMEN, "man": _MEN}.get(gender, ("crop", "curls", "side", "bob"))
    style = chance.pick(styles, who, "style")
    skin = chance.pick(_SKIN, who, "skin")
    grey = chance.share(who, "grey") < 0.2
    beards = ("none", "none", "none", "stubble", "full", "moustache")
    outfits = {
        "woman": ("jacket", "jacket", "blouse", "tunic", "suit"),
        "man": ("suit", "suit", "suit", "jacket", "tunic"),
    }.get(gender, ("suit", "jacket", "tunic"))
    return _Look(
        skin=skin,
        hair=chance.pick(_GREY_HAIR if grey else _HAIR[: 3 if sum(skin) < 400 else 5], who, "hair"),
        hair_style=style,
        cloth=chance.pick(_CLOTH, who, "cloth"),
        clothes="tunic" if style == "scarf" else chance.pick(outfits, who, "clothes"),
        shirt=chance.pick(_SHIRT, who, "shirt"),
        accent=chance.pick(_ACCENT, who, "accent"),
        ground=chance.pick(_GROUND, who, "ground"),
        centre=WIDTH_PX / 2 + between(-4, 4, "centre"),
        face_width=between(82, 95, "width") - (4 if gender == "woman" else 0),
        chin=between(372, 388, "chin"),
        jaw=between(0.16, 0.34, "jaw") + (0.06 if gender == "woman" else 0),
        brow=between(-3, 4, "brow"),
        eyes_apart=between(35, 41, "eyes"),
        mouth=between(24, 33, "mouth"),
        shoulders=between(0, 26, "shoulders"),
        beard=chance.pick(beards, who, "beard") if gender == "man" else "none",
        glasses=chance.share(who, "glasses") < 0.24,
        part=chance.pick((-1.0, 1.0), who, "part"),
    )


_TOP, _MIDDLE = 102.0, 232.0  # the crown of the skull, and the height of the eyes


class _Pen:
    """Draws in pixels of the portrait on the finer picture."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self._draw.polygon([_placed(point) for point in points], fill=colour)

    def oval(self, x: float, y: float, a: float, b: float, colour: Colour) -> None:
        """Fill an ellipse with this centre and these half-axes."""
        self._draw.ellipse((_placed((x - a, y - b)), _placed((x + a, y + b))), fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw an open line with round ends."""
        self._draw.line(
            [_placed(point) for point in points],
            fill=colour,
            width=round(width * _FINE * _ZOOM),
            joint="curve",
        )
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, colour)


def _placed(point: Point) -> Point:
    """Return where a point of the portrait lies on the finer picture."""
    x, y = point
    middle = WIDTH_PX / 2
    return (middle + (x - middle) * _ZOOM) * _FINE, (256 + (y - 240) * _ZOOM) * _FINE


def _shade(colour: Colour, by: float) -> Colour:
    """Return the colour darker (below 1) or lighter (above 1)."""
    if by <= 1:
        red, green, blue = (round(part * by) for part in colour)
    else:
        red, green, blue = (round(255 - (255 - part) / by) for part in colour)
    return red, green, blue


def _curve(start: Point, control: Point, end: Point, steps: int = 16) -> list[Point]:
    """Return points of a quadratic curve."""
    points = []
    for i in range(steps + 1):
        t = i / steps
        points.append(
            (
                (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t**2 * end[0],
                (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t**2 * end[1],
            )
        )
    return points


def _outline(
    look: _Look, start: float, end: float, wider: float = 0, higher: float = 0
) -> list[Point]:
    """Return points of the head's outline between two angles, 0 right, 90 chin, 270 crown."""
    points = []
    for i in range(49):
        angle = math.radians(start + (end - start) * i / 48)
        across, down = math.cos(angle), math.sin(angle)
        if down > 0:
            x = (look.face_width + wider) * across * (1 - look.jaw * down**1.6)
            y = _MIDDLE + (look.chin - _MIDDLE) * down
        else:
            x = (look.face_width + wider) * math.copysign(abs(across) ** 0.86, across)
            y = _MIDDLE + (_MIDDLE - _TOP + higher) * down
        points.append((look.centre + x, y))
    return points


def _draw_head(pen: _Pen, look: _Look) -> None:
    ear = _shade(look.skin, 0.9)
    for side in (-1, 1):
        pen.oval(look.centre + side * (look.face_width + 1), _MIDDLE + 18, 12, 24, ear)
    pen.shape(_outline(look, 0, 360), look.skin)


def _draw_neck(pen: _Pen, look: _Look) -> None:
    x, half = look.centre, look.face_width * 0.52
    shadow = _shade(look.skin, 0.82)
    pen.shape(
        [(x - half, 320), (x + half, 320), (x + half + 12, 446), (x - half - 12, 446)], shadow
    )
    pen.shape(
        [
            (x - half - 4, 401),
            *_curve((x - half, 381), (x, 416), (x + half, 381)),
            (x + half + 4, 401),
            (x + half + 12, 456),
            (x - half - 12, 456),
        ],
        _shade(look.skin, 0.92),
    )


def _draw_clothes(pen: _Pen, look: _Look) -> None:
    x, half = look.centre, look.face_width * 0.52
    low, out = float(HEIGHT_PX + 2), 176 + look.shoulders
    body = [
        (x - out, low),
        *_curve((x - out, low), (x - out + 4, 438), (x - half - 34, 408)),
        (x - half - 4, 388),
        *_curve(
            (x - half - 4, 390), (x, 496 if look.clothes != "tunic" else 446), (x + half + 4, 390)
        ),
        (x + half + 34, 408),
        *_curve((x + half + 34, 408), (x + out - 4, 438), (x + out, low)),
    ]
    if look.clothes in ("suit", "jacket"):
        _draw_suit(pen, look, body, half)
        return
    pen.shape(body, look.cloth)
    edge = _curve(
        (x - half - 4, 390), (x, 496 if look.clothes == "blouse" else 446), (x + half + 4, 390)
    )
    pen.line(edge, _shade(look.cloth, 1.35) if look.clothes == "blouse" else look.accent, 9)
    if look.clothes == "tunic":
        pen.line([(x, 422), (x, low)], look.accent, 9)
    else:
        for i in range(5, 12):
            px, py = edge[i]
            pen.oval(px, py - 16, 4.5, 4.5, look.shirt)


def _draw_suit(pen: _Pen, look: _Look, body: Sequence[Point], half: float) -> None:
    x, low = look.centre, float(HEIGHT_PX + 2)
    jacket, lapel = look.cloth, _shade(look.cloth, 1.22)
    pen.shape(body, jacket)
    dip = 438 if look.clothes == "suit" else 464
    throat = [(x - half - 2, 384), (x, dip), (x + half + 2, 384)]
    pen.shape(throat, _shade(look.skin, 0.92))
    pen.shape([*throat, (x + 40, low), (x - 40, low)], look.shirt)
    if look.clothes == "suit":
        knot = [(x - 11, 432), (x + 11, 432), (x + 7, 452), (x - 7, 452)]
        pen.shape(knot, _shade(look.accent, 0.85))
        pen.shape([(x - 7, 452), (x + 7, 452), (x + 17, low), (x - 17, low)], look.accent)
    for side in (-1, 1):
        collar = [(x + side * (half + 6), 382), (x + side * 4, dip - 6), (x + side * 34, dip + 12)]
        pen.shape(collar, _shade(look.shirt, 0.93))
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


def _draw_features(pen: _Pen, look: _Look) -> None:
    x, dark = look.centre, _shade(look.skin, 0.52)
    brow = _shade(look.hair, 0.9) if sum(look.hair) < 300 else _shade(look.skin, 0.6)
    for side in (-1, 1):
        eye = x + side * look.eyes_apart
        y = 206 + look.brow
        pen.line(_curve((eye - 19, y + 3), (eye, y - 8), (eye + 19, y + 3)), brow, 5)
        pen.oval(eye, _MIDDLE, 15, 8, (248, 247, 244))
        pen.oval(eye, _MIDDLE, 7.5, 7.8, (44, 34, 30))
        pen.line(
            _curve((eye - 16, _MIDDLE - 1), (eye, _MIDDLE - 13), (eye + 16, _MIDDLE - 1)), dark, 3
        )
    nose = _shade(look.skin, 0.8)
    pen.line(_curve((x - 6, 284), (x + 4, 294), (x + 13, 283)), nose, 4.5)
    pen.line(_curve((x + 6, 240), (x + 11, 268), (x + 13, 283)), _shade(look.skin, 0.9), 4)
    _draw_beard(pen, look)
    lip = (
        round(look.skin[0] * 0.72 + 20),
        round(look.skin[1] * 0.56),
        round(look.skin[2] * 0.56),
    )
    y = 322
    pen.shape(
        [
            *_curve((x - look.mouth, y - 3), (x - 6, y - 9), (x, y - 4)),
            *_curve((x, y - 4), (x + 6, y - 9), (x + look.mouth, y - 3)),
            *_curve((x + look.mouth, y - 3), (x, y + 19), (x - look.mouth, y - 3)),
        ],
        lip,
    )
    smile = _curve((x - look.mouth, y - 3), (x, y + 8), (x + look.mouth, y - 3))
    pen.line(smile, _shade(lip, 0.7), 2.5)


def _draw_beard(pen: _Pen, look: _Look) -> None:
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
        lower = _outline(look, 12, 168, wider=1)
        inner = _curve((x - look.face_width + 14, 270), (x - 50, 318), (x - 40, 306))
        inner += _curve((x - 40, 306), (x, 288), (x + 40, 306))
        inner += _curve((x + 40, 306), (x + 50, 318), (x + look.face_width - 14, 270))
        pen.shape(lower + inner, colour)
        return
    for side in (-1, 1):
        pen.shape(
            [
                *_curve((x, 299), (x + side * 26, 296), (x + side * 42, 316)),
                *_curve((x + side * 42, 316), (x + side * 20, 312), (x, 312)),
            ],
            colour,
        )


def _draw_hair_behind(pen: _Pen, look: _Look) -> None:
    x, colour = look.centre, _shade(look.hair, 0.82)
    style = look.hair_style
    if style == "long":
        pen.shape(
            [
                *_outline(look, 180, 360, wider=26, higher=24),
                (x + look.face_width + 34, 450),
                (x - look.face_width - 34, 450),
            ],
            colour,
        )
    elif style == "bob":
        pen.shape(
            [
                *_outline(look, 180, 360, wider=24, higher=22),
                (x + look.face_width + 26, 338),
                (x - look.face_width - 26, 338),
            ],
            colour,
        )
    elif style == "bun":
        pen.oval(x, 76, 40, 32, colour)
    elif style == "updo":
        pen.oval(x, 96, 72, 50, colour)
    elif style == "scarf":
        pen.shape(
            [
                *_outline(look, 150, 390, wider=30, higher=26),
                (x + look.face_width + 40, 470),
                (x - look.face_width - 40, 470),
            ],
            _shade(look.accent, 0.8),
        )


def _draw_hair(pen: _Pen, look: _Look) -> None:
    draw = {
        "bald": _nothing,
        "receding": _draw_receding,
        "curls": _draw_curls,
        "scarf": _draw_scarf,
        "turban": _draw_turban,
    }.get(look.hair_style, _draw_cap)
    draw(pen, look)


def _nothing(pen: _Pen, look: _Look) -> None:
    """Leave the head bare."""


def _draw_cap(pen: _Pen, look: _Look) -> None:
    """Draw hair that follows the skull, parted on one side where it is longer."""
    x, width = look.centre, look.face_width
    thick = {"crop": 6.0, "bun": 8.0, "updo": 10.0}.get(look.hair_style, 16.0)
    outer = _outline(look, 184, 356, wider=thick * 0.55, higher=thick)
    left, right = outer[0], outer[-1]
    if look.hair_style == "crop":
        inner = _curve((right[0] - 12, 214), (x + width * 0.9, 146), (x + width * 0.45, 148))
        inner += _curve((x + width * 0.45, 148), (x, 138), (x - width * 0.45, 148))
        inner += _curve((x - width * 0.45, 148), (x - width * 0.9, 146), (left[0] + 12, 214))
    else:
        part = x + look.part * width * 0.38
        inner = _curve((right[0] - 10, 236), (x + width * 0.95, 168), (part, 128))
        inner += _curve((part, 128), (x - width * 0.95, 168), (left[0] + 10, 236))
    pen.shape(outer + inner, look.hair)
    if look.hair_style in ("long", "bob"):
        drop = 400 if look.hair_style == "long" else 334
        for side, edge in ((-1, left), (1, right)):
            pen.shape(
                [
                    (edge[0] + side * 4, 205),
                    (edge[0] - side * 12, 212),
                    (edge[0] - side * 4, 300),
                    (edge[0] - side * 2, drop),
                    (edge[0] + side * 17, drop),
                    (edge[0] + side * 14, 280),
                ],
                look.hair,
            )


def _draw_receding(pen: _Pen, look: _Look) -> None:
    for start, end, side in ((184, 226, -1), (356, 314, 1)):
        outer = _outline(look, start, end, wider=5, higher=3)
        first, last = outer[0], outer[-1]
        temple = (look.centre + side * look.face_width * 0.72, 176)
        pen.shape(outer + _curve(last, temple, (first[0] - side * 12, 230)), look.hair)


def _draw_curls(pen: _Pen, look: _Look) -> None:
    rim = _outline(look, 186, 354, wider=8, higher=10)
    for i in range(0, len(rim), 3):
        x, y = rim[i]
        pen.oval(x, y, 25, 24, look.hair)
    for i in range(6, len(rim) - 6, 3):
        x, y = rim[i]
        pen.oval(look.centre + (x - look.centre) * 0.74, y + (_MIDDLE - y) * 0.2, 24, 22, look.hair)


def _draw_scarf(pen: _Pen, look: _Look) -> None:
    x, width = look.centre, look.face_width
    outer = _outline(look, 140, 400, wider=24, higher=22)
    inner = [
        (look.centre + (px - look.centre) * 0.93, py + 6)
        for px, py in reversed(_outline(look, 140, 400, wider=0, higher=-34))
    ]
    pen.shape(outer + inner, look.accent)
    pen.shape(
        [
            outer[0],
            *_curve((x - width * 0.75, 340), (x, 440), (x + width * 0.75, 340)),
            outer[-1],
            (x + width + 50, 452),
            *_curve((x + width + 50, 452), (x, 540), (x - width - 50, 452)),
        ],
        look.accent,
    )
    pen.line(
        _curve((x - width * 0.9, 362), (x, 462), (x + width + 16, 388)),
        _shade(look.accent, 0.84),
        5,
    )


def _draw_turban(pen: _Pen, look: _Look) -> None:
    x, width = look.centre, look.face_width
    pen.shape(
        [
            *_outline(look, 184, 356, wider=13, higher=34),
            *_curve((x + width + 13, 224), (x + width * 0.96, 172), (x, 150)),
            *_curve((x, 150), (x - width * 0.96, 172), (x - width - 13, 224)),
        ],
        look.accent,
    )
    fold = _shade(look.accent, 0.84)
    for step in (0.0, 22.0, 44.0):
        start, end = (x - width - 1, 204 - step), (x + width * 0.56, 98 - step * 0.3)
        pen.line(_curve(start, (x - 10, 146 - step), end), fold, 3)


def _draw_glasses(pen: _Pen, look: _Look) -> None:
    x, colour = look.centre, (44, 44, 48)
    for side in (-1, 1):
        eye = x + side * look.eyes_apart
        rim = [
            (eye + 24 * math.cos(math.radians(a)), _MIDDLE + 2 + 18 * math.sin(math.radians(a)))
            for a in range(0, 361, 12)
        ]
        pen.line(rim, colour, 3)
        pen.line(
            [(eye + side * 24, _MIDDLE - 3), (x + side * look.face_width, _MIDDLE - 2)], colour, 3
        )
    gap = look.eyes_apart - 24
    pen.line(_curve((x - gap, _MIDDLE), (x, _MIDDLE - 7), (x + gap, _MIDDLE)), colour, 3)
