"""What a design is made of, and what is wrong with one. Pure."""

from eventhub.designs.rules.faces import Face, Kind, Occasion
from eventhub.designs.rules.layouts import (
    ALIGNS,
    COLOURS,
    FACES,
    FORMAT,
    KINDS,
    LINES,
    OF_THE_EVENT,
    OF_THE_KIND,
    OF_THE_PERSON,
    PICTURE_TYPES,
    SHOWN,
    SIZES,
    TYPES,
    VERTICALS,
    Element,
    Layout,
    Size,
)
from eventhub.designs.rules.reading import BadLayout, Fault, read_layout

__all__ = [
    "ALIGNS",
    "COLOURS",
    "FACES",
    "FORMAT",
    "KINDS",
    "LINES",
    "OF_THE_EVENT",
    "OF_THE_KIND",
    "OF_THE_PERSON",
    "PICTURE_TYPES",
    "SHOWN",
    "SIZES",
    "TYPES",
    "VERTICALS",
    "BadLayout",
    "Element",
    "Face",
    "Fault",
    "Kind",
    "Layout",
    "Occasion",
    "Size",
    "read_layout",
]
