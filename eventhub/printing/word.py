"""Word documents in any script: fonts, language and direction of what is written."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

LATIN, EASTERN, ARABIC = "Noto Serif", "SimSun", "Arial"
LANGUAGE_TAGS = {"zh": "zh-CN", "ar": "ar-SA", "en": "en-GB", "fr": "fr-FR", "es": "es-ES",
                 "ru": "ru-RU", "pt": "pt-PT"}  # fmt: skip


def new_document(title: str, *, author: str, language: str, created_at: datetime) -> Any:
    """Return an empty document that says what it is, in which language, by whom and when."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = title, author
    properties.created = created_at.replace(tzinfo=None)
    properties.language = LANGUAGE_TAGS.get(language, language)
    return document


def written(document: Any) -> bytes:
    """Return the document as a file."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one language; `direction` is ltr or rtl."""

    language: str
    direction: str

    def write(
        self,
        paragraph: Any,
        text: str,
        *,
        bold: bool = False,
        size: float = 11,
        colour: Any = None,
        left_to_right: bool = False,
    ) -> None:
        """Add a text to a paragraph, `size` in points."""
        run = paragraph.add_run(text)
        run.bold = bold
        run.font.size, run.font.name = Pt(size), LATIN
        if colour is not None:
            run.font.color.rgb = colour
        properties = run._r.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EASTERN)
        fonts.set(qn("w:cs"), ARABIC)
        is_rtl = self.direction == "rtl" and not left_to_right
        run.font.rtl = is_rtl or None
        if is_rtl:
            run.font.cs_bold = bold
            large = OxmlElement("w:szCs")
            large.set(qn("w:val"), str(int(size * 2)))
            properties.insert_element_before(large, "w:highlight", "w:u", "w:rtl", "w:cs", "w:lang")
        language = OxmlElement("w:lang")
        kind = {"zh": "w:eastAsia", "ar": "w:bidi"}.get(self.language, "w:val")
        language.set(qn(kind), LANGUAGE_TAGS.get(self.language, self.language))
        properties.append(language)

    def turn(self, paragraph: Any) -> None:
        """Let a paragraph run from the right where the language does.

        Word then means start by "left" and end by "right".
        """
        if self.direction == "rtl":
            properties = paragraph._p.get_or_add_pPr()
            properties.insert_element_before(
                OxmlElement("w:bidi"),
                *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
                *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
                *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle"),
                *("w:rPr", "w:sectPr", "w:pPrChange"),
            )
