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

from eventhub.printing.background import Background
from eventhub.printing.designs import Design
from eventhub.printing.drawn import read_pages
from eventhub.printing.filled_html import Filled, fill, pictures
from eventhub.printing.fitting import DoesNotFit, Setting, fit
from eventhub.printing.layout import PDF_UA, lay_out, written
from eventhub.printing.paper import Paper, Signature
from eventhub.printing.pdf_stream import Gap
from eventhub.printing.person_layer import BadPicture, draw_code, draw_picture, draw_text
from eventhub.printing.shaping import CannotShape
from eventhub.printing.structure import language
from eventhub.printing.values import Picture, Qr, Sheet

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
    left_out: tuple[str, ...] = ()
    """Addresses that the design points at; nothing was fetched, it is drawn without."""
    gap: Gap | None = None
    """Where the signature stands, if one was asked for."""

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
    signature: Signature | None = None,
) -> Report:
    """Write one PDF/UA file with a page for each sheet, in their order.

    Sheets are taken one by one, and memory does not grow with their number. lang is that of the
    file as a whole. progress is told how many are drawn; page_path sends all that way; signature
    leaves room for one, or signs (see Signature). created_at is an aware instant; equal input
    gives equal bytes, but for the signature's own.
    Raises KeyError for a variant the design has not.
    """
    run = _Run(design, out, lang, signature)
    for number, sheet in enumerate(sheets):
        run.add(number, sheet, "asked" if page_path else None)
        if progress:
            progress(number + 1)
    run.lay_out_waiting()
    run.report.gap = run.paper.close(title=title, lang=lang, created_at=created_at)
    return run.report


class _Run:
    """One file that is being made."""

    def __init__(
        self, design: Design, out: BinaryIO, lang: str, signature: Signature | None
    ) -> None:
        self.design = design
        design.bring_fonts()
        self.paper = Paper(out, signature)
        self.report = Report(left_out=design.left_out)
        self._lang = lang
        self._writer = design.objects.writer(self.paper.pdf)
        self._kinds: dict[str, Background] = {}
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
        self._waiting.append((self.paper.reserve_page(), (sheet, variant.fields, settings)))
        if len(self._waiting) == LAID_OUT_TOGETHER:
            self.lay_out_waiting()

    def _draw(self, number: int, sheet: Sheet, settings: list[Setting]) -> None:
        kind = self._kinds.get(sheet.variant)
        if kind is None:
            kind = self._kinds[sheet.variant] = Background(
                self.paper, self._writer, self.design.variants[sheet.variant]
            )
        height, pdf = kind.variant.height, self.paper.pdf
        drawn: list[bytes] = []
        forms: list[bytes] = []
        said: dict[str, bytes] = {}
        lines: list[tuple[str, int]] = []
        mcid = kind.next_mcid
        for each in kind.figures:
            value = sheet.values.get(each.name)
            if isinstance(value, Picture):
                name = f"P{len(forms) + 1}"
                try:
                    operators, named = draw_picture(each, value, pdf, height, name)
                except BadPicture:
                    self.report.without_picture.append(number)
                    continue
                forms.append(named)
            elif isinstance(value, Qr):
                operators = draw_code(each, value, height)
            else:
                continue
            drawn.append(b"/Figure<</MCID %d>>BDC\n%bEMC\n" % (mcid, operators))
            said[each.name] = kind.figure(each, value.label)
            lines.append((each.name, 1))
            mcid += 1
        for setting in settings:
            drawn.append(draw_text(setting, self.paper.fonts, height, mcid))
            said[setting.field.name] = language(setting.language)
            lines.append((setting.field.name, len(setting.lines)))
            mcid += len(setting.lines)
        outline = kind.outline(tuple(lines))
        page = self.paper.reserve_page(outline.count)
        numbers = range(page, page + 1 + outline.count)
        key = self.paper.tree.write(outline, numbers, [said[each] for each in outline.fields])
        own = pdf.add_stream(b"".join(drawn))
        used = b"%b/XObject<<%b%b>>" % (kind.resources, kind.forms, b"".join(forms))
        contents = b"[%d 0 R %d 0 R]" % (kind.content, own)
        self.paper.write_page(page, kind.variant.background, contents, used, key)

    def lay_out_waiting(self) -> None:
        """Send the waiting sheets the page path, each to its own place."""
        if not self._waiting:
            return
        filled = [each for _, each in self._waiting]
        document = lay_out(
            self.design.html, {**self.design.files, **pictures(filled)},
            lang=self._lang, profile=PDF_UA, prepare=fill(filled), fonts=self.design.fonts,
        )  # fmt: skip
        pages, objects = read_pages(written(document, PDF_UA))
        writer = objects.writer(self.paper.pdf)
        for (number, _), page in zip(self._waiting, pages, strict=True):
            self.paper.write_whole(number, page, writer)
        self._waiting.clear()
