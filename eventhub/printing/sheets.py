"""Many sheets of one design into one PDF: one interface, two paths.

The stream path draws each person's layer over a background that was laid out once. A sheet that
it cannot set faithfully goes the page path by itself, in its own place: WeasyPrint lays it out
whole. The report says which and why.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from eventhub.printing.designs import Design
from eventhub.printing.filled_html import Filled, fill, pictures
from eventhub.printing.fitting import DoesNotFit, Setting, fit
from eventhub.printing.layout import NO_TAGS, lay_out, written
from eventhub.printing.pdf_fonts import PdfFonts
from eventhub.printing.pdf_stream import PdfStream, TakenOver
from eventhub.printing.person_layer import (
    BadPicture,
    draw_code,
    draw_picture,
    draw_texts,
    values_of,
)
from eventhub.printing.shaping import CannotShape
from eventhub.printing.values import Picture, Sheet

LAID_OUT_TOGETHER = 20
"""Sheets of the page path made at once: enough to be quick, few enough to keep memory small."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Report:
    """What became of a run: how many sheets, and which went the page path, and why.

    The reasons are control (explicit bidi controls), glyph (no font has a letter), overflow (too
    long for its box at the least size), style (the design asks for more than the stream path
    has), and asked. `without_picture` are the sheets whose picture could not be read.
    """

    sheets: int = 0
    on_page_path: dict[int, str] = field(default_factory=dict)
    without_picture: list[int] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the share of the sheets on the page path, from 0 to 1."""
        return len(self.on_page_path) / self.sheets if self.sheets else 0.0

    def __str__(self) -> str:
        """Say it in one line."""
        counted = Counter(self.on_page_path.values())
        why = ", ".join(f"{reason} {count}" for reason, count in sorted(counted.items()))
        return f"{self.sheets} sheets, {self.share:.1%} on the page path" + (why and f" ({why})")


def print_sheets(
    design: Design,
    sheets: Iterable[Sheet],
    out: BinaryIO,
    *,
    title: str,
    lang: str,
    created_at: datetime,
    progress: Progress | None = None,
    page_path: bool = False,
) -> Report:
    """Write one PDF with a page for each sheet, in their order; sheets are taken one by one.

    Memory does not grow with their number. progress is told how many are drawn; page_path sends
    all that way. created_at is an aware instant; equal input gives equal bytes. Raises KeyError
    for a variant the design has not.
    """
    run = _Run(design, out)
    for number, sheet in enumerate(sheets):
        run.add(number, sheet, "asked" if page_path else None)
        if progress:
            progress(number + 1)
    run.lay_out_waiting()
    run.fonts.close()
    run.pdf.close(title=title, lang=lang, created_at=created_at)
    return run.report


class _Run:
    """One file that is being made."""

    def __init__(self, design: Design, out: BinaryIO) -> None:
        self.design = design
        self.pdf = PdfStream(out)
        self.fonts = PdfFonts(self.pdf)
        self.report = Report()
        self._background = TakenOver(self.pdf, design.background)
        self._forms: dict[str, int] = {}
        self._waiting: list[tuple[int, Filled]] = []

    def add(self, number: int, sheet: Sheet, reason: str | None) -> None:
        """Draw a sheet, or let it wait for the page path."""
        variant = self.design.variants[sheet.variant]
        settings: list[Setting] | None = None
        try:
            settings = fit(variant.fields, sheet)
        except CannotShape as error:
            reason = str(error)
        except DoesNotFit:
            reason = "overflow"
        if not variant.is_plain:
            reason = "style"
        self.report.sheets += 1
        if reason is None and settings is not None:
            self._draw(number, sheet, settings)
            return
        self.report.on_page_path[number] = reason or "asked"
        self._waiting.append((self.pdf.reserve_page(), (sheet, variant.fields, settings)))
        if len(self._waiting) == LAID_OUT_TOGETHER:
            self.lay_out_waiting()

    def _draw(self, number: int, sheet: Sheet, settings: list[Setting]) -> None:
        variant = self.design.variants[sheet.variant]
        drawn = [b"/B Do\n"]
        objects = [b"/B %d 0 R" % self._form(sheet.variant)]
        for each, value in values_of(sheet, variant.fields):
            if isinstance(value, Picture):
                name = f"P{len(objects)}"
                try:
                    operators, named = draw_picture(each, value, self.pdf, variant.height, name)
                except BadPicture:
                    self.report.without_picture.append(number)
                    continue
                drawn.append(operators)
                objects.append(named)
            else:
                drawn.append(draw_code(each, value, variant.height))
        drawn.append(draw_texts(settings, self.fonts, variant.height))
        self.pdf.add_page(
            variant.width, variant.height, self.pdf.add_stream(b"".join(drawn)),
            b"/Font %d 0 R/XObject<<%b>>" % (self.fonts.number, b"".join(objects)),
        )  # fmt: skip

    def _form(self, variant: str) -> int:
        if variant not in self._forms:
            page = self.design.variants[variant].page
            self._forms[variant] = self._background.page_as_form(page)
        return self._forms[variant]

    def lay_out_waiting(self) -> None:
        """Send the waiting sheets the page path, each to its own place."""
        if not self._waiting:
            return
        filled = [each for _, each in self._waiting]
        document = lay_out(
            self.design.html, {**self.design.files, **pictures(filled)},
            lang="und", profile=NO_TAGS, prepare=fill(filled),
        )  # fmt: skip
        made = TakenOver(self.pdf, written(document))
        for index, (number, _) in enumerate(self._waiting):
            made.page(index, number)
        self._waiting.clear()
