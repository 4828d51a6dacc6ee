"""What a design asks for and what one person gives it: fields, and texts, pictures and codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from eventhub.printing.bidi import is_right_to_left
from eventhub.printing.shaping import Pen


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one or several paragraphs; `short` is used where it does not fit.

    Each paragraph begins a line. language is BCP 47, "" where it is not known.
    """

    paragraphs: tuple[str, ...]
    language: str = ""
    short: tuple[str, ...] = ()

    @property
    def rtl(self) -> bool:
        """Tell whether the text as a whole runs to the left."""
        whole = "".join(self.paragraphs)
        return not whole.isascii() and is_right_to_left(whole)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG, PNG or WebP, drawn so that it covers its box, and what it shows."""

    data: bytes
    label: str


@dataclass(frozen=True, slots=True)
class Qr:
    """What a QR code holds, and what it is called aloud."""

    text: str
    label: str


Value = Text | Picture | Qr


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be printed: the variant of the design, and a value for each named field.

    A field without a value stays empty.
    """

    variant: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in points from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    """How the text of a field is set, sizes in points.

    It is as large as fits between most and least, then on up to `lines` lines a paragraph.
    leading is a multiple of the size; align is left, right or center.
    """

    pen: Pen
    most: float
    least: float
    lines: int
    leading: float
    align: str
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """A named place of a design. Those of one stack stand below one another, `gap` apart."""

    name: str
    kind: str
    """text, picture or qr."""
    box: Box
    style: Style | None = None
    stack: Box | None = None
    gap: float = 0.0
    vertical: str = "top"
    """Where the text, or the whole stack, stands in its box: top, middle or bottom."""
