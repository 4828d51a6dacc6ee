"""Layouts: sizes, faces and elements, lengths in millimetres from the upper left corner. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

FORMAT = "eventhub.badge-design/1"
KINDS = ("badge", "name_plate")
FACES = ("front", "back")
TYPES = ("text", "stack", "photo", "qr", "band", "mark", "zones", "picture", "line", "seal")
OF_THE_EVENT = ("event", "event_other", "institution", "dates", "place", "free")
OF_THE_KIND = ("category", "category_other")
OF_THE_PERSON = (
    "name", "name_first", "name_rest", "local_name", "entity", "entity_other", "post", "number",
    "serial",
)  # fmt: skip
SHOWN = (*OF_THE_PERSON, *OF_THE_KIND, *OF_THE_EVENT)
ALIGNS = ("left", "center", "right")
VERTICALS = ("top", "middle", "bottom")
LINES = ("single", "double", "dashed")
COLOURS = ("ink", "muted", "hairline", "white", "accent", "band", "band_text")
"""Names of colours; any other is written like #0F4C5C."""
PICTURE_TYPES = ("image/png", "image/jpeg", "image/svg+xml")
NAMES_LEAST = 14.0
"""Points below which no name is set (R4.2)."""
NAMES = ("name", "name_first", "name_rest")


@dataclass(frozen=True, slots=True)
class Size:
    """A card of this width and height in millimetres, and how cards lie on paper.

    paper is "own" (a page of the card's size), "choice" (that, or several on A4 with crop marks),
    "book" (both faces side by side, to fold), "tent" (the back above, upside down) or "labels"
    (A4 with `columns` and `rows`, `gap` between them).
    """

    width: float
    height: float
    paper: str = "choice"
    columns: int = 1
    rows: int = 1
    gap: tuple[float, float] = (0.0, 0.0)


SIZES: dict[str, Size] = {
    "a6": Size(105, 148),
    "86x120": Size(86, 120),
    "cr80": Size(85.6, 54),
    "cr80_upright": Size(54, 85.6),
    "a5_folded": Size(105, 148, "book"),
    "label_80x50": Size(80, 50, "labels", 2, 5, (15, 5)),
    "label_99x38": Size(99.1, 38.1, "labels", 2, 7, (2.5, 0)),
    "tent_a4": Size(297, 105, "tent"),
    "tent_a5": Size(210, 74, "tent"),
}


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on a face. Lengths are in millimetres, sizes of letters in points.

    A text shows one of SHOWN; `texts` are the words of a free one by language. It is set in
    `size`, or smaller down to `least`, then on up to `lines` lines. Texts with a `stack` (the id
    of one) stand in it below one another, `gap` apart; their x, y and height say nothing.
    """

    id: str
    type: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    show: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    size: float = 10.0
    least: float = 6.0
    lines: int = 1
    leading: float = 1.2
    bold: bool = False
    serif: bool = False
    align: str = "left"
    vertical: str = "top"
    colour: str = "ink"
    stack: str = ""
    gap: float = 0.0
    line: str = "single"
    thick: float = 0.5
    """Points."""
    picture: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what differs from the defaults, and always id, type and place."""
        plain = asdict(self) | {"texts": dict(self.texts)}
        usual = {f.name: f.default for f in fields(self)} | {"texts": {}}
        always = {"id", "type"} if self.stack else {"id", "type", "x", "y", "width", "height"}
        return {k: v for k, v in plain.items() if k in always or v != usual[k]}


@dataclass(frozen=True, slots=True)
class Layout:
    """A design: kind and size of card, the elements of each face in the order drawn.

    `on_a4` puts several cards on A4 with crop marks where the size leaves the choice; pictures
    are PNG, JPEG or cleaned SVG by name: (media type, Base64).
    """

    name: str
    kind: str
    size: str
    faces: Mapping[str, tuple[Element, ...]]
    on_a4: bool = False
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Return the width of the card."""
        return SIZES[self.size].width

    @property
    def height(self) -> float:
        """Return the height of the card."""
        return SIZES[self.size].height

    @property
    def has_back(self) -> bool:
        """Tell whether anything stands on the back."""
        return bool(self.faces.get("back"))

    def as_json(self) -> dict[str, Any]:
        """Return the layout as it is stored, exported and frozen."""
        return {
            "format": FORMAT,
            "name": self.name,
            "kind": self.kind,
            "size": self.size,
            "on_a4": self.on_a4,
            "faces": {
                face: [element.as_json() for element in self.faces.get(face, ())] for face in FACES
            },
            "pictures": {
                name: {"type": kind, "data": data} for name, (kind, data) in self.pictures.items()
            },
        }
