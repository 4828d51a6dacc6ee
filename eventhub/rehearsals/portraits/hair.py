"""Hair, and what covers it."""

from eventhub.rehearsals.portraits.canvas import Pen, curve, shade
from eventhub.rehearsals.portraits.look import MIDDLE, Look, outline


def draw_hair(pen: Pen, look: Look) -> None:
    """Draw the hair before the head, or what covers it."""
    draw = {
        "bald": _nothing,
        "receding": _draw_receding,
        "curls": _draw_curls,
        "scarf": _draw_scarf,
        "turban": _draw_turban,
    }.get(look.hair_style, _draw_cap)
    draw(pen, look)


def draw_hair_behind(pen: Pen, look: Look) -> None:
    """Draw the hair, or the scarf, that falls behind the head."""
    x, colour = look.centre, shade(look.hair, 0.82)
    style = look.hair_style
    if style == "long":
        pen.shape(
            [
                *outline(look, 180, 360, wider=26, higher=24),
                (x + look.face_width + 34, 450),
                (x - look.face_width - 34, 450),
            ],
            colour,
        )
    elif style == "bob":
        pen.shape(
            [
                *outline(look, 180, 360, wider=24, higher=22),
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
                *outline(look, 150, 390, wider=30, higher=26),
                (x + look.face_width + 40, 470),
                (x - look.face_width - 40, 470),
            ],
            shade(look.accent, 0.8),
        )


def _nothing(pen: Pen, look: Look) -> None:
    """Leave the head bare."""


def _draw_cap(pen: Pen, look: Look) -> None:
    """Draw hair that follows the skull, parted on one side where it is longer."""
    x, width = look.centre, look.face_width
    thick = {"crop": 6.0, "bun": 8.0, "updo": 10.0}.get(look.hair_style, 16.0)
    outer = outline(look, 184, 356, wider=thick * 0.55, higher=thick)
    left, right = outer[0], outer[-1]
    if look.hair_style == "crop":
        inner = curve((right[0] - 12, 214), (x + width * 0.9, 146), (x + width * 0.45, 148))
        inner += curve((x + width * 0.45, 148), (x, 138), (x - width * 0.45, 148))
        inner += curve((x - width * 0.45, 148), (x - width * 0.9, 146), (left[0] + 12, 214))
    else:
        part = x + look.part * width * 0.38
        inner = curve((right[0] - 10, 236), (x + width * 0.95, 168), (part, 128))
        inner += curve((part, 128), (x - width * 0.95, 168), (left[0] + 10, 236))
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


def _draw_receding(pen: Pen, look: Look) -> None:
    for start, end, side in ((184, 226, -1), (356, 314, 1)):
        outer = outline(look, start, end, wider=5, higher=3)
        first, last = outer[0], outer[-1]
        temple = (look.centre + side * look.face_width * 0.72, 176)
        pen.shape(outer + curve(last, temple, (first[0] - side * 12, 230)), look.hair)


def _draw_curls(pen: Pen, look: Look) -> None:
    rim = outline(look, 186, 354, wider=8, higher=10)
    for i in range(0, len(rim), 3):
        x, y = rim[i]
        pen.oval(x, y, 25, 24, look.hair)
    for i in range(6, len(rim) - 6, 3):
        x, y = rim[i]
        pen.oval(look.centre + (x - look.centre) * 0.74, y + (MIDDLE - y) * 0.2, 24, 22, look.hair)


def _draw_scarf(pen: Pen, look: Look) -> None:
    x, width = look.centre, look.face_width
    outer = outline(look, 140, 400, wider=24, higher=22)
    inner = [
        (look.centre + (px - look.centre) * 0.93, py + 6)
        for px, py in reversed(outline(look, 140, 400, wider=0, higher=-34))
    ]
    pen.shape(outer + inner, look.accent)
    pen.shape(
        [
            outer[0],
            *curve((x - width * 0.75, 340), (x, 440), (x + width * 0.75, 340)),
            outer[-1],
            (x + width + 50, 452),
            *curve((x + width + 50, 452), (x, 540), (x - width - 50, 452)),
        ],
        look.accent,
    )
    pen.line(
        curve((x - width * 0.9, 362), (x, 462), (x + width + 16, 388)),
        shade(look.accent, 0.84),
        5,
    )


def _draw_turban(pen: Pen, look: Look) -> None:
    x, width = look.centre, look.face_width
    pen.shape(
        [
            *outline(look, 184, 356, wider=13, higher=34),
            *curve((x + width + 13, 224), (x + width * 0.96, 172), (x, 150)),
            *curve((x, 150), (x - width * 0.96, 172), (x - width - 13, 224)),
        ],
        look.accent,
    )
    fold = shade(look.accent, 0.84)
    for step in (0.0, 22.0, 44.0):
        start, end = (x - width - 1, 204 - step), (x + width * 0.56, 98 - step * 0.3)
        pen.line(curve(start, (x - 10, 146 - step), end), fold, 3)
