"""Fonts inside a streamed PDF: a code for each meaning of a glyph, cut to what was used."""

import hashlib
from collections.abc import Iterator

import uharfbuzz as hb

from eventhub.printing.pdf_stream import PdfStream, string_of
from eventhub.printing.shaping import Line, PlainRun
from eventhub.printing.typefaces import Typeface

_SYMBOLIC = 4
_LAST_CODE = 0xFFFF
_LAYOUT_TABLES = b"GSUB GPOS GDEF BASE STAT DSIG kern morx post name".split()
_ROWS_A_BLOCK = 100  # ISO 32000-1, 9.10.3
_SAME_PLACE = 0.05  # thousandths of an em


class _Codes(dict[tuple[int, str], bytes]):
    """A code, in hexadecimal, for each glyph with what it says, in the order of first use."""

    def __missing__(self, said: tuple[int, str]) -> bytes:
        if len(self) == _LAST_CODE:
            raise OverflowError("a file with more than 65,535 glyphs and meanings")
        found = self[said] = b"%04x" % (len(self) + 1)
        return found


class PdfFont:
    """One typeface in one file."""

    def __init__(self, face: Typeface, name: str) -> None:
        self.face = face
        self.label = name.encode()
        self._codes = _Codes()

    def code(self, glyph: int, text: str) -> bytes:
        """Return the code, in hexadecimal, that draws the glyph and says the text."""
        return self._codes[glyph, text]

    def plain(self, run: PlainRun) -> bytes:
        """Return what stands inside the brackets of TJ to show a run."""
        codes = self._codes
        written = [codes[each] for each in run.said]
        if not run.kerns:
            return b"<%b>" % b"".join(written)
        pieces, start = [], 0
        for end, back in run.kerns:
            pieces.append(b"<%b>%.1f" % (b"".join(written[start:end]), back))
            start = end
        if start < len(written):
            pieces.append(b"<%b>" % b"".join(written[start:]))
        return b"".join(pieces)

    def write(self, pdf: PdfStream) -> int:
        """Write the font, cut to its used glyphs; return its number."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *(glyph for glyph, _ in self._codes)})
        wanted.flags = (
            hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NOTDEF_OUTLINE
        )  # fmt: skip
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _LAYOUT_TABLES)
        plan = hb.SubsetPlan(self.face.to_cut(), wanted)
        cut = bytes(plan.execute().blob.data)
        new_of = dict(plan.old_to_new_glyph_mapping)
        glyphs = [glyph for glyph, _ in self._codes]
        table = b"".join(new_of[glyph].to_bytes(2, "big") for glyph in (0, *glyphs))
        # The tag in front of a cut font's name must differ from file to file (9.6.4).
        mark = hashlib.sha256(cut).digest()[:6]
        name = b"/%b+%b" % (bytes(65 + byte % 26 for byte in mark), self.face.name.encode())
        program = pdf.add_stream(cut, b"/Length1 %d" % len(cut))
        ascent, descent = round(self.face.ascent * 1000), round(self.face.descent * 1000)
        descriptor = pdf.add(
            b"<</Type/FontDescriptor/FontName%b/Flags %d/FontBBox[-1000 %d 3000 %d]/ItalicAngle 0"
            b"/Ascent %d/Descent %d/CapHeight 714/StemV 80/FontFile2 %d 0 R>>"
            % (name, _SYMBOLIC, descent, ascent, ascent, descent, program)
        )
        widths = b" ".join(b"%d" % self.face.advance(glyph) for glyph in glyphs)
        to_glyphs = pdf.add_stream(table)
        descendant = pdf.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont%b/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/DW 1000/W[1[%b]]/FontDescriptor %d 0 R"
            b"/CIDToGIDMap %d 0 R>>" % (name, widths, descriptor, to_glyphs)
        )
        meanings = pdf.add_stream("".join(self._meanings()).encode())
        return pdf.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H/DescendantFonts[%d 0 R]"
            b"/ToUnicode %d 0 R>>" % (name, descendant, meanings)
        )

    def _meanings(self) -> Iterator[str]:
        yield (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
        )
        rows = [(code, text) for (_, text), code in self._codes.items()]
        for start in range(0, len(rows), _ROWS_A_BLOCK):
            block = rows[start : start + _ROWS_A_BLOCK]
            yield f"{len(block)} beginbfchar\n"
            for code, text in block:
                yield f"<{code.decode()}> <{text.encode('utf-16-be').hex()}>\n"
            yield "endbfchar\n"
        yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class PdfFonts:
    """All fonts of one file."""

    def __init__(self, pdf: PdfStream) -> None:
        self._pdf = pdf
        self._fonts: dict[Typeface, PdfFont] = {}

    def show(self, line: Line, size: float) -> bytes:
        """Return the operators that show a line from the text position on, size in points."""
        pieces: list[bytes] = []
        for run in line.runs:
            font = self._font(run.face)
            if isinstance(run, PlainRun):
                pieces.append(b"/%b %.4g Tf[%b]TJ" % (font.label, size, font.plain(run)))
                continue
            pieces.append(b"/%b %.4g Tf" % (font.label, size))
            shown: list[bytes] = []  # what stands inside the brackets of TJ
            codes: list[bytes] = []
            pending = 0.0  # how far back the pen must go before the next glyph
            for glyph in run.glyphs:
                if glyph.opens is not None or glyph.up:
                    _flush(pieces, shown, codes)
                if glyph.opens is not None:
                    pieces.append(b"/Span<</ActualText%b>>BDC" % string_of(glyph.opens))
                back = pending - glyph.right
                if abs(back) > _SAME_PLACE:
                    _move(shown, codes, back)
                codes.append(font.code(glyph.number, glyph.text))
                if glyph.up:
                    pieces.append(b"%.3f Ts" % (glyph.up * size / 1000))
                    _flush(pieces, shown, codes)
                    pieces.append(b"0 Ts")
                pending = glyph.width - glyph.advance + glyph.right
                if glyph.closes:
                    _flush(pieces, shown, codes)
                    pieces.append(b"EMC")
            if abs(pending) > _SAME_PLACE:
                _move(shown, codes, pending)
            _flush(pieces, shown, codes)
        return b"\n".join(pieces)

    def close(self) -> bytes:
        """Write the fonts; return the entries that name them."""
        return b"".join(
            b"/%b %d 0 R" % (font.label, font.write(self._pdf)) for font in self._fonts.values()
        )

    def _font(self, face: Typeface) -> PdfFont:
        if face not in self._fonts:
            self._fonts[face] = PdfFont(face, f"F{len(self._fonts) + 1}")
        return self._fonts[face]


def _move(shown: list[bytes], codes: list[bytes], back: float) -> None:
    if codes:
        shown.append(b"<" + b"".join(codes) + b">")
        codes.clear()
    shown.append(b"%.1f" % back)


def _flush(pieces: list[bytes], shown: list[bytes], codes: list[bytes]) -> None:
    if codes:
        shown.append(b"<" + b"".join(codes) + b">")
        codes.clear()
    if shown:
        pieces.append(b"[" + b" ".join(shown) + b"]TJ")
        shown.clear()
