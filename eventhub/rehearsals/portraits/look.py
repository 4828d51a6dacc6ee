"""What makes one face different from another, drawn by lot from the person's id."""

import math
from dataclasses import dataclass

from eventhub.rehearsals import chance
from eventhub.rehearsals.portraits.canvas import WIDTH_PX, Colour, Point

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


TOP, MIDDLE = 102.0, 232.0  # the crown of the skull, and the height of the eyes


@dataclass(frozen=True, slots=True)
class Look:
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


def look_of(who: str, gender: str) -> Look:
    """Return the look of a person, the same each time."""

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
    return Look(
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


def outline(
    look: Look, start: float, end: float, wider: float = 0, higher: float = 0
) -> list[Point]:
    """Return points of the head's outline between two angles, 0 right, 90 chin, 270 crown."""
    points = []
    for i in range(49):
        angle = math.radians(start + (end - start) * i / 48)
        across, down = math.cos(angle), math.sin(angle)
        if down > 0:
            x = (look.face_width + wider) * across * (1 - look.jaw * down**1.6)
            y = MIDDLE + (look.chin - MIDDLE) * down
        else:
            x = (look.face_width + wider) * math.copysign(abs(across) ** 0.86, across)
            y = MIDDLE + (MIDDLE - TOP + higher) * down
        points.append((look.centre + x, y))
    return points
