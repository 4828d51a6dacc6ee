"""The programme as a Word document: to be quoted, cut and sent for clearance."""

from typing import Any

from docx.shared import Mm, RGBColor

from eventhub.agenda.made import Source
from eventhub.agenda.showing import Day, Line
from eventhub.i18n import _, current, direction
from eventhub.papers.content import sheet_of
from eventhub.printing.word import Pen, new_document, written

INK, QUIET = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x56, 0x60, 0x6B)
TIME_WIDTH, TEXT_WIDTH = Mm(28), Mm(132)


def programme_docx(source: Source) -> bytes:
    """Return the whole programme: a heading and a table of two columns for each day."""
    sheet, pen = sheet_of(source), Pen(current(), direction())
    document = new_document(
        sheet.title,
        author=sheet.host,
        language=current(),
        created_at=sheet.programme.published_at,
    )
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    _line(pen, section.header.paragraphs[0], f"{sheet.host} · {sheet.reference}", size=8)
    _line(pen, section.footer.paragraphs[0], sheet.address, size=8)
    _heading(pen, document, sheet.title, level=1, size=18)
    for text in (f"{sheet.when} · {sheet.place}", sheet.clock):
        _line(pen, document.add_paragraph(), text, colour=QUIET)
    for day in sheet.days():
        _heading(pen, document, day.label, level=2, size=14)
        _write_day(pen, document, day)
    return written(document)


def _write_day(pen: Pen, document: Any, day: Day) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for line in day.lines:
        time, text = table.add_row().cells
        time.width, text.width = TIME_WIDTH, TEXT_WIDTH
        _line(pen, time.paragraphs[0], line.when, bold=True)
        _line(pen, text.paragraphs[0], f"{line.code} {line.title.text}".strip(), bold=True)
        for said in _about(line):
            _line(pen, text.add_paragraph(), said, size=9.5, colour=QUIET)
        for role, people in line.people:
            named = "; ".join(
                ", ".join(filter(None, (one.name, one.post.text, one.entity.text)))
                for one in people
            )
            _line(pen, text.add_paragraph(), f"{role}: {named}", size=9.5)


def _about(line: Line) -> list[str]:
    """Return kind, track, room, access and languages, each line that says anything."""
    state = _("cancelled") if line.is_cancelled else ""
    parts = (line.goes_on, state, line.kind, line.track.text, line.room.text, line.access)
    floor = _("Floor: %(languages)s", languages=line.floor) if line.floor else ""
    into = line.interpretation
    booths = _("Interpretation: %(languages)s", languages=into) if into else ""
    said = (" · ".join(filter(None, parts)), " · ".join(filter(None, (floor, booths))))
    return [one for one in said if one]


def _heading(pen: Pen, document: Any, text: str, *, level: int, size: float) -> None:
    heading = document.add_heading(level=level)
    pen.write(heading, text, bold=True, size=size, colour=INK)
    pen.turn(heading)


def _line(
    pen: Pen, paragraph: Any, text: str, *, bold: bool = False, size: float = 10.5,
    colour: Any = None,
) -> None:  # fmt: skip
    pen.write(paragraph, text, bold=bold, size=size, colour=colour)
    paragraph.paragraph_format.space_after = Mm(1)
    pen.turn(paragraph)
