"""Letters as Word documents: real headings and paragraphs, right-to-left where it is written so.

Ministries clear texts in Word: the clearance copy says that it is a draft and numbers its lines.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from eventhub.core import clock
from eventhub.delegations.letters import LetterOut
from eventhub.printing.word import Pen, new_document, written


def letters_docx(letters: Sequence[LetterOut], *, for_clearance: bool = False) -> bytes:
    """Return one DOCX with these letters, each in a section of its own with its letterhead."""
    first = letters[0]
    document = new_document(
        first.title, author=first.head.heading, language=first.language, created_at=clock.now()
    )
    for place, letter in enumerate(letters):
        section = document.sections[0] if place == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, for_clearance)
        _write_head(section, letter, for_clearance)
        _write_body(document, letter)
    return written(document)


def _set_page(section: Any, for_clearance: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    if for_clearance and section._sectPr.find(qn("w:lnNumType")) is None:
        numbers = OxmlElement("w:lnNumType")
        numbers.set(qn("w:countBy"), "1")
        numbers.set(qn("w:restart"), "newSection")
        _insert_in_order(section._sectPr, numbers)


def _insert_in_order(properties: Any, numbers: Any) -> None:
    """Put the line numbers where the schema wants them: after the margins and borders."""
    before = [qn(name) for name in ("w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders")]
    last = max((i for i, child in enumerate(properties) if child.tag in before), default=-1)
    properties.insert(last + 1, numbers)


def _write_head(section: Any, letter: LetterOut, for_clearance: bool) -> None:
    pen = Pen(letter.language, letter.direction)
    header = section.header
    first = header.paragraphs[0]
    if for_clearance:
        pen.write(first, letter.words["clearance"], bold=True, colour=RGBColor(0xA0, 0x10, 0x10))
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first = header.add_paragraph()
    if letter.head.logo is not None:
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture = first.add_run().add_picture(io.BytesIO(letter.head.logo), height=Mm(18))
        picture._inline.docPr.set("descr", letter.head.heading)
        first = header.add_paragraph()
    pen.write(first, letter.head.heading, bold=True, size=14)
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in letter.head.address:
        paragraph = header.add_paragraph()
        pen.write(paragraph, line, size=8)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    pen.write(foot, letter.head.footer, size=8)
    pen.turn(foot)


def _write_body(document: Any, letter: LetterOut) -> None:
    pen = Pen(letter.language, letter.direction)
    _paragraph(document, letter.words["reference"], letter)
    _paragraph(document, letter.day, letter, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    title = letter.words["note"] if letter.form == "note_verbale" else letter.subject
    heading = document.add_heading(level=1)
    pen.write(heading, title, bold=True, size=14, colour=RGBColor(0x17, 0x21, 0x2B))
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    pen.turn(heading)
    _paragraph(document, letter.addressee, letter, bold=True)
    for text in letter.paragraphs:
        if text == letter.code:
            row = document.add_paragraph()
            pen.write(row, text, bold=True, size=16, left_to_right=True)
            row.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            _paragraph(document, text, letter)
    if letter.is_signed:
        document.add_paragraph()
        _paragraph(document, letter.head.signatory, letter, bold=True)
        _paragraph(document, letter.head.signatory_title, letter)
    else:
        _paragraph(
            document, f"({letter.words['stamp']})", letter, alignment=WD_ALIGN_PARAGRAPH.RIGHT
        )


def _paragraph(
    document: Any, text: str, letter: LetterOut, *, bold: bool = False, alignment: Any = None
) -> None:
    pen, paragraph = Pen(letter.language, letter.direction), document.add_paragraph()
    pen.write(paragraph, text, bold=bold)
    paragraph.paragraph_format.space_after = Pt(8)
    if alignment is not None:
        paragraph.alignment = alignment
    pen.turn(paragraph)
