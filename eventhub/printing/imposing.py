"""Several cards on one sheet of paper: where each lies, and the marks to cut along.

Lengths are in points, from the upper left corner of the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf

POINTS = 72 / 25.4
MARK_LENGTH, MARK_GAP = 4 * POINTS, 1 * POINTS
MARK_WIDTH = 0.25
_A4 = (210.0, 297.0)
_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card lies: on which side of the paper; turned means upside down."""

    side: int
    x: float
    y: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Imposition:
    """One sheet of paper: the places of each face, and lines (x1, y1, x2, y2) to be drawn.

    places[face][n] is where that face of the n-th card lies.
    """

    width: float
    height: float
    places: tuple[tuple[Place, ...], ...]
    marks: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def cards(self) -> int:
        """Return how many cards lie on one sheet."""
        return len(self.places[0])


def on_a4(width: float, height: float) -> Imposition:
    """Return A4, upright or lying, with as many cards as fit and crop marks; millimetres.

    The backs are mirrored from left to right: printed on both sides and turned along the edge
    that is upright, each lies behind its front.
    """
    upright, lying = _fit(_A4, width, height), _fit(_A4[::-1], width, height)
    wide, high = _A4 if upright[0] * upright[1] >= lying[0] * lying[1] else _A4[::-1]
    columns, rows = max(upright, lying, key=lambda fit: fit[0] * fit[1])
    columns, rows = max(columns, 1), max(rows, 1)
    return grid(wide, high, columns, rows, (width, height), marks=True)


def _fit(paper: tuple[float, float], width: float, height: float) -> tuple[int, int]:
    return (int((paper[0] - 2 * _MARGIN) // width), int((paper[1] - 2 * _MARGIN) // height))


def grid(
    wide: float,
    high: float,
    columns: int,
    rows: int,
    card: tuple[float, float],
    gap: tuple[float, float] = (0.0, 0.0),
    *,
    marks: bool = False,
) -> Imposition:
    """Return paper with cards in columns and rows in its middle; all in millimetres."""
    width, height = card
    left = (wide - columns * width - (columns - 1) * gap[0]) / 2
    top = (high - rows * height - (rows - 1) * gap[1]) / 2
    xs = [(left + n * (width + gap[0])) * POINTS for n in range(columns)]
    ys = [(top + n * (height + gap[1])) * POINTS for n in range(rows)]
    fronts = tuple(Place(0, x, y) for y in ys for x in xs)
    backs = tuple(Place(1, x, y) for y in ys for x in reversed(xs))
    lines = _marks(xs, ys, width * POINTS, height * POINTS) if marks else ()
    return Imposition(wide * POINTS, high * POINTS, (fronts, backs), tuple(lines))


def _marks(
    xs: list[float], ys: list[float], width: float, height: float
) -> list[tuple[float, float, float, float]]:
    top, bottom = ys[0] - MARK_GAP, ys[-1] + height + MARK_GAP
    left, right = xs[0] - MARK_GAP, xs[-1] + width + MARK_GAP
    found = []
    for x in sorted({round(edge, 4) for each in xs for edge in (each, each + width)}):
        found += [(x, top - MARK_LENGTH, x, top), (x, bottom, x, bottom + MARK_LENGTH)]
    for y in sorted({round(edge, 4) for each in ys for edge in (each, each + height)}):
        found += [(left - MARK_LENGTH, y, left, y), (right, y, right + MARK_LENGTH, y)]
    return found


def book(width: float, height: float) -> Imposition:
    """Return paper to be folded upright in its middle: the front on the right; millimetres."""
    middle = width * POINTS
    return Imposition(
        2 * middle, height * POINTS, ((Place(0, middle, 0.0),), (Place(0, 0.0, 0.0),)),
        ((middle, 0.0, middle, 2 * POINTS), (middle, (height - 2) * POINTS, middle,
                                             height * POINTS)),
    )  # fmt: skip


def tent(width: float, height: float) -> Imposition:
    """Return paper to be folded across: the front below, the back above it, upside down."""
    fold, wide = height * POINTS, width * POINTS
    return Imposition(
        wide, 2 * fold, ((Place(0, 0.0, fold),), (Place(0, 0.0, 0.0, turned=True),)),
        ((0.0, fold, 2 * POINTS, fold), (wide - 2 * POINTS, fold, wide, fold)),
    )  # fmt: skip


def impose(source: BinaryIO, out: BinaryIO, pages: Sequence[tuple[Imposition, int] | None]) -> None:
    """Write a file in which the pages of another lie on paper, in their order.

    pages says of each page which paper and which face of a card (0 is the front) it is; None
    leaves the page as it is. Equal input gives equal bytes. Cards to be cut have no order to be
    read aloud in: the file is not tagged.
    """
    with pikepdf.open(source) as pdf:
        sheets = _laid(list(pdf.pages), pages)
        del pdf.pages[:]
        for imposition, cards in sheets:
            if imposition is None:
                pdf.pages.append(pikepdf.Page(cards[0][1]))
                continue
            for side in sorted({place.side for place, _, _ in cards}):
                chosen = [one for one in cards if one[0].side == side]
                _add_page(pdf, imposition, chosen, has_marks=side == 0)
        for key in ("/StructTreeRoot", "/MarkInfo", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.save(out, deterministic_id=True)


_Laid = tuple[Place, pikepdf.Object, float]


def _laid(
    sources: Sequence[pikepdf.Page], pages: Sequence[tuple[Imposition, int] | None]
) -> list[tuple[Imposition | None, list[_Laid]]]:
    """Return the sheets of paper with the cards on each: place, form, height."""
    sheets: list[tuple[Imposition | None, list[_Laid]]] = []
    cards = 0
    for page, each in zip(sources, pages, strict=True):
        if each is None:
            sheets.append((None, [(Place(0, 0.0, 0.0), page.obj, 0.0)]))
            continue
        paper, face = each
        if face == 0:
            if not sheets or sheets[-1][0] is not paper or cards == paper.cards:
                sheets.append((paper, []))
                cards = 0
            cards += 1
        height = float(page.mediabox[3]) - float(page.mediabox[1])
        sheets[-1][1].append((paper.places[face][cards - 1], page.as_form_xobject(), height))
    return sheets


def _add_page(
    pdf: pikepdf.Pdf,
    paper: Imposition,
    cards: Sequence[_Laid],
    *,
    has_marks: bool,
) -> None:
    forms = pikepdf.Dictionary()
    drawn: list[str] = []
    for number, (place, form, height) in enumerate(cards):
        forms[f"/C{number}"] = pdf.make_indirect(form)
        drawn.append(f"q {_matrix(paper, place, height)} cm /C{number} Do Q")
    if has_marks and paper.marks:
        drawn.append(f"0.09 0.13 0.17 RG {MARK_WIDTH:g} w")
        drawn += [
            f"{x1:.3f} {paper.height - y1:.3f} m {x2:.3f} {paper.height - y2:.3f} l S"
            for x1, y1, x2, y2 in paper.marks
        ]
    page = pdf.add_blank_page(page_size=(paper.width, paper.height))
    page.Contents = pdf.make_stream("\n".join(drawn).encode())
    page.Resources = pikepdf.Dictionary(XObject=forms)


def _matrix(paper: Imposition, place: Place, height: float) -> str:
    """Return how a card is moved to its place: PDF counts from below."""
    bottom = paper.height - place.y - height
    if place.turned:
        return f"-1 0 0 -1 {paper.width - place.x:.3f} {bottom + height:.3f}"
    return f"1 0 0 1 {place.x:.3f} {bottom:.3f}"
