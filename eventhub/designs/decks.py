"""A deck: the designs of some categories laid out together, ready to be printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from tempfile import TemporaryFile
from typing import BinaryIO

from eventhub.designs.pages import html_of, variant_of
from eventhub.designs.rules import FACES, SIZES, Face, Kind, Layout, Occasion
from eventhub.designs.values import values_of
from eventhub.printing.designs import Design, read_design
from eventhub.printing.imposing import Imposition, book, grid, impose, on_a4, tent
from eventhub.printing.sheets import Report, print_sheets
from eventhub.printing.values import Sheet


@dataclass(frozen=True, slots=True)
class Deck:
    """A design laid out, how its cards lie on paper, and from each face its sheets."""

    design: Design
    papers: Mapping[str, tuple[Imposition, int]]
    layouts: Mapping[str, Layout]
    kinds: Mapping[str, Kind]
    occasion: Occasion

    def sheets_of(self, face: Face) -> Iterator[Sheet]:
        """Yield the front of a person's card, and the back where there is one."""
        layout, kind = self.layouts[face.kind], self.kinds[face.kind]
        for side in FACES:
            if side == "front" or layout.faces.get(side):
                values = values_of(layout, side, self.occasion, kind, face)
                yield Sheet(variant_of(face.kind, side), values)


def deck_of(layouts: Mapping[str, Layout], kinds: Sequence[Kind], occasion: Occasion) -> Deck:
    """Lay out the cards of these kinds; layouts are by the names of the kinds."""
    html, files = html_of(layouts, kinds, occasion)
    papers = {
        variant_of(kind.name, side): (paper, number)
        for kind in kinds
        if (paper := paper_of(layouts[kind.name].size, on_paper=layouts[kind.name].on_a4))
        for number, side in enumerate(FACES)
    }
    return Deck(read_design(html, files), papers, layouts, {k.name: k for k in kinds}, occasion)


def print_deck(
    deck: Deck,
    sheets: Iterable[Sheet],
    out: BinaryIO,
    *,
    title: str,
    lang: str,
    created_at: datetime,
) -> Report:
    """Write one PDF of the sheets as they come; several cards lie on one paper where they shall.

    See `print_sheets`; `out` must be seekable where there are papers.
    """
    if not deck.papers:
        return print_sheets(deck.design, sheets, out, title=title, lang=lang, created_at=created_at)
    pages: list[tuple[Imposition, int] | None] = []

    def seen() -> Iterator[Sheet]:
        for sheet in sheets:
            pages.append(deck.papers.get(sheet.variant))
            yield sheet

    with TemporaryFile() as flat:
        report = print_sheets(
            deck.design, seen(), flat, title=title, lang=lang, created_at=created_at
        )
        flat.seek(0)
        impose(flat, out, pages)
    return report


@lru_cache(maxsize=64)
def paper_of(size: str, *, on_paper: bool) -> Imposition | None:
    """Return the paper on which cards of a size lie; None where each has a page of its own."""
    card = SIZES[size]
    match card.paper:
        case "book":
            return book(card.width, card.height)
        case "tent":
            return tent(card.width, card.height)
        case "labels":
            extent = (card.width, card.height)
            return grid(210, 297, card.columns, card.rows, extent, card.gap)
    return on_a4(card.width, card.height) if on_paper else None
