"""Text that can be read aloud, searched and copied out of a PDF, in every script.

WeasyPrint tells readers which letters stand behind a glyph, one answer per glyph. That is not
enough where several glyphs draw one letter (dotted Arabic, Vietnamese accents, Thai, Khmer) or one
glyph draws several letters: readers then get boxes, or other letters. Here each meaning of a glyph
gets a code of its own, and letters drawn by several glyphs are also written out beside them
(ActualText, ISO 32000-1, 14.9.4), since not every reader heeds one or the other.

This rests on functions of WeasyPrint that are not public; pyproject.toml pins the version that has
them, and tests/printing/test_scripts.py notices when they change.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from eventhub.printing.actual_text import Cluster, spoken

_log = logging.getLogger(__name__)
_CODES_APART = 1024  # WeasyPrint numbers missing glyphs from the font's last glyph on
_LAST_CODE = 0xFFFF
_TOKEN = re.compile(rb"<([0-9a-f]*)>|([^<>]+)")


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One glyph as it shall stand in the page: its code, and the ActualText around it."""

    code: int
    opens: str | None = None
    closes: bool = False


def mend_text_layer() -> None:
    """Let WeasyPrint draw with codes that tell their letters, from now on in this process."""
    import weasyprint.draw.text  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    drawing = weasyprint.draw.text
    original = drawing.draw_first_line
    if hasattr(original, "mends_text_layer"):
        return

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        start = len(stream.stream)
        emojis = original(stream, textbox, *rest)
        if drawn := stream.stream[start:]:
            stream.stream[start:] = _rewritten(drawn, list(_glyphs(stream, textbox)))
        return emojis

    draw_first_line.mends_text_layer = True  # type: ignore[attr-defined]
    drawing.draw_first_line = draw_first_line


def map_codes_to_glyphs(document: Any, pdf: Any) -> None:
    """Add to each font which glyph a code of ours draws, before the PDF is written."""
    import pydyf  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    fonts = {font.name: font for font in document.fonts.values() if _glyph_of(font)}
    for descendant in [each for each in pdf.objects if isinstance(each, pydyf.Dictionary)]:
        font = fonts.get(descendant.get("BaseFont"))
        if font is None or "CIDToGIDMap" not in descendant:
            continue
        glyph_of = {code: code for code in font.to_unicode} | _glyph_of(font)
        table = bytearray(2 * (max(glyph_of) + 1))
        for code, glyph in glyph_of.items():
            table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
        stream = pydyf.Stream([bytes(table)], compress=True)
        pdf.add_object(stream)
        descendant["CIDToGIDMap"] = stream.reference


def _glyph_of(font: Any) -> dict[int, int]:
    """Return the codes we made up for a font, each with the glyph it draws."""
    made_up: dict[int, int] = font.__dict__.setdefault("made_up_codes", {})
    return made_up


def _code(font: Any, glyph: int, text: str) -> int:
    """Return the code that draws the glyph and says the text; the first text keeps its own code."""
    codes: dict[tuple[int, str], int] = font.__dict__.setdefault("codes_by_meaning", {})
    said: set[int] = font.__dict__.setdefault("glyphs_with_a_meaning", set())
    if (glyph, text) in codes:
        return codes[glyph, text]
    code = glyph if glyph not in said else font.glyph_count + _CODES_APART + len(_glyph_of(font))
    if code > _LAST_CODE:
        return glyph  # a document of so many meanings keeps its ActualText at least
    if code != glyph:
        _glyph_of(font)[code] = glyph
        font.widths[code] = font.widths[glyph]
    said.add(glyph)
    codes[glyph, text] = code
    font.to_unicode[code] = text
    return code


def _glyphs(stream: Any, textbox: Any) -> Iterator[_Glyph]:
    """Yield the glyphs of a line that was just drawn, in the order drawn."""
    octets = textbox.pango_layout.text.encode()
    for run in _runs(textbox):
        font, _ = stream.add_font(run.item.analysis.font)
        clusters = _clusters(run, octets, font)
        rtl = bool(run.item.analysis.level % 2)
        for said in spoken(clusters, rtl=rtl, width=partial(_width, font)):
            yield _Glyph(_code(font, said.glyph, said.text), said.opens, said.closes)


def _width(font: Any, glyph: int) -> float:
    return float(font.widths.get(glyph, 0))


def _runs(textbox: Any) -> Iterator[Any]:
    from weasyprint.text.ffi import ffi  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    line, _ = textbox.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _clusters(run: Any, octets: bytes, font: Any) -> Iterator[Cluster]:
    """Yield the clusters of a run in the order drawn."""
    from weasyprint.text.ffi import pango  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    drawn: dict[int, list[int]] = {}
    for i in range(run.glyphs.num_glyphs):
        glyph = run.glyphs.glyphs[i].glyph
        of_cluster = drawn.setdefault(run.glyphs.log_clusters[i], [])
        if glyph == pango.PANGO_GLYPH_EMPTY:
            continue
        if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            glyph = font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
        of_cluster.append(glyph)
    starts = sorted(drawn)
    ends = dict(zip(starts, [*starts[1:], run.item.length], strict=True))
    for start, glyphs in drawn.items():
        if glyphs:
            offset = run.item.offset
            yield glyphs, octets[offset + start : offset + ends[start]].decode()


def _rewritten(operators: list[bytes], glyphs: list[_Glyph]) -> list[bytes]:
    """Return the operators that drew a line, with the codes and the ActualText of the glyphs."""
    shown = [each for each in operators if each.endswith(b"] TJ")]
    codes = sum(len(code) for each in shown for code, _ in _TOKEN.findall(each[1:-4])) // 4
    if codes != len(glyphs):
        _log.warning("a line of %d glyphs was drawn with %d codes", len(glyphs), codes)
        return operators
    result: list[bytes] = []
    waiting = iter(glyphs)
    for operator in operators:
        if operator.endswith(b"] TJ"):
            result.extend(_reshown(operator[1:-4], waiting))
        else:
            result.append(operator)
    return result


def _reshown(array: bytes, glyphs: Iterator[_Glyph]) -> Iterator[bytes]:
    pending = b""
    for codes, number in _TOKEN.findall(array):
        pending += number and number + b" "
        for _ in range(len(codes) // 4):
            glyph = next(glyphs)
            if glyph.opens is not None:
                if pending:
                    yield b"[" + pending + b"] TJ"
                    pending = b""
                said = glyph.opens.encode("utf-16-be").hex()
                yield f"/Span <</ActualText <feff{said}>>> BDC".encode()
            pending += b"<%04x>" % glyph.code
            if glyph.closes:
                yield b"[" + pending + b"] TJ"
                yield b"EMC"
                pending = b""
    if pending:
        yield b"[" + pending.replace(b"><", b"") + b"] TJ"
