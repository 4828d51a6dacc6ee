"""Letters as Word documents: real headings and paragraphs, right-to-left where it is written so.

Ministries clear texts in Word: the clearance copy says that it is a draft and numbers its lines.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from eventhub.core import clock
from eventhub.delegations.letters import LetterOut

LATIN, EASTERN, ARABIC = "Noto Serif", "SimSun", "Arial"
LANGUAGE_TAGS = {"zh": "zh-CN", "ar": "ar-SA", "en": "en-GB", "fr": "fr-FR", "es": "es-ES",
                 "ru": "ru-RU", "pt": "pt-PT"}  # fmt: skip


def letters_docx(letters: Sequence[LetterOut], *, for_clearance: bool = False) -> bytes:
    """Return one DOCX with these letters, each in a section of its own with its letterhead."""
    document = Document()
    document.core_properties.title = letters[0].title
    document.core_properties.author = letters[0].head.heading
    document.core_properties.created = clock.now().replace(tzinfo=None)
    document.core_properties.language = LANGUAGE_TAGS.get(letters[0].language, letters[0].language)
    for place, letter in enumerate(letters):
        section = document.sections[0] if place == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, for_clearance)
        _write_head(section, letter, for_clearance)
        _write_body(document, letter)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


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
    header = section.header
    first = header.paragraphs[0]
    if for_clearance:
        _run(first, letter.words["clearance"], letter, bold=True, colour=RGBColor(0xA0, 0x10, 0x10))
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        first = header.add_paragraph()
    if letter.head.logo is not None:
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture = first.add_run().add_picture(io.BytesIO(letter.head.logo), height=Mm(18))
        picture._inline.docPr.set("descr", letter.head.heading)
        first = header.add_paragraph()
    _run(first, letter.head.heading, letter, bold=True, size=14)
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in letter.head.address:
        paragraph = header.add_paragraph()
        _run(paragraph, line, letter, size=8)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    _run(foot, letter.head.footer, letter, size=8)
    _turn(foot, letter)


def _write_body(document: Any, letter: LetterOut) -> None:
    _paragraph(document, letter.words["reference"], letter)
    _paragraph(document, letter.day, letter, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    title = letter.words["note"] if letter.form == "note_verbale" else letter.subject
    heading = document.add_heading(level=1)
    _run(heading, title, letter, bold=True, size=14, colour=RGBColor(0x17, 0x21, 0x2B))
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _turn(heading, letter)
    _paragraph(document, letter.addressee, letter, bold=True)
    for text in letter.paragraphs:
        if text == letter.code:
            row = document.add_paragraph()
            _run(row, text, letter, bold=True, size=16, left_to_right=True)
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
    paragraph = document.add_paragraph()
    _run(paragraph, text, letter, bold=bold)
    paragraph.paragraph_format.space_after = Pt(8)
    if alignment is not None:
        paragraph.alignment = alignment
    _turn(paragraph, letter)


def _turn(paragraph: Any, letter: LetterOut) -> None:
    """Let a paragraph run from the right; Word then means start by "left" and end by "right"."""
    if letter.direction == "rtl":
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"),
            *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
            *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
            *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle"),
            *("w:rPr", "w:sectPr", "w:pPrChange"),
        )


def _run(
    paragraph: Any,
    text: str,
    letter: LetterOut,
    *,
    bold: bool = False,
    size: float = 11,
    colour: Any = None,
    left_to_right: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size, run.font.name = Pt(size), LATIN
    if colour is not None:
        run.font.color.rgb = colour
    properties = run._r.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), EASTERN)
    fonts.set(qn("w:cs"), ARABIC)
    is_rtl = letter.direction == "rtl" and not left_to_right
    run.font.rtl = is_rtl or None
    if is_rtl:
        run.font.cs_bold = bold
        large = OxmlElement("w:szCs")
        large.set(qn("w:val"), str(int(size * 2)))
        properties.insert_element_before(large, "w:highlight", "w:u", "w:rtl", "w:cs", "w:lang")
    language = OxmlElement("w:lang")
    tag = LANGUAGE_TAGS.get(letter.language, letter.language)
    kind = {"zh": "w:eastAsia", "ar": "w:bidi"}.get(letter.language, "w:val")
    language.set(qn(kind), tag)
    properties.append(language)
