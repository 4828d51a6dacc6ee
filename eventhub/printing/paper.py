"""One PDF/UA file that is being made: its pages, what they say, fonts, title and signature."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from xml.sax.saxutils import escape

from eventhub.printing.drawn import Page, media_box
from eventhub.printing.pdf_fonts import PdfFonts
from eventhub.printing.pdf_stream import Gap, PdfStream, string_of
from eventhub.printing.portable import Writer
from eventhub.printing.structure_tree import Outline, StructureTree

SIGNATURE_ROOM = 8192
"""Bytes kept for a signature: the chain of a P-256 or RSA certificate and a timestamp fit."""
_PRINT_AND_LOCKED = 132
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1" pdf:Producer="EventHub" xmp:CreateDate="{made}" xmp:ModifyDate="{made}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature to be put into a file: an invisible field on its first page, told to readers.

    label is what a screen reader calls it, in the language of the file; reason and place stand in
    the signature, "" for none. `sign` is given the SHA-256 of all bytes that the signature covers
    and returns a detached CMS (PAdES, ETSI.CAdES.detached) in DER, of at most `room` bytes. It is
    called once, when all else is known. Without it the room stays zero, and whoever has the bytes
    fills it by the Gap that comes back.
    """

    label: str
    sign: Callable[[bytes], bytes] | None = None
    name: str = "Signature"
    reason: str = ""
    place: str = ""
    room: int = SIGNATURE_ROOM


class Paper:
    """A file that grows page by page."""

    def __init__(self, out: BinaryIO, signature: Signature | None = None) -> None:
        self.pdf = PdfStream(out)
        self.fonts = PdfFonts(self.pdf)
        self.tree = StructureTree(self.pdf)
        self._signature = signature
        self._widget = self.pdf.reserve() if signature else 0
        self._parent = self.pdf.reserve()
        self._pages: list[int] = []
        self._fonts_of: dict[int, tuple[int, Page, Writer]] = {}

    def reserve_page(self, elements: int = 1) -> int:
        """Keep the next page's place; return its number, that of its top element is one more.

        The numbers of further elements follow.
        """
        number = self.pdf.reserve(1 + elements)
        self._pages.append(number)
        self.tree.add_top(number + 1)
        return number

    def write_page(
        self, number: int, page: Page, contents: bytes, resources: bytes, key: int
    ) -> None:
        """Write a page under its reserved number; key is that of what it says."""
        is_signed = self._widget and number == self._pages[0]
        widget = b"/Annots[%d 0 R]" % self._widget if is_signed else b""
        self.pdf.add_small(
            b"<</Type/Page/Parent %d 0 R%b/Contents %b/Resources<<%b>>/StructParents %d/Tabs/S%b>>"
            % (self._parent, media_box(page), contents, resources, key, widget), number,
        )  # fmt: skip

    def write_whole(self, number: int, page: Page, writer: Writer) -> None:
        """Write a page that is complete under its reserved number."""
        outline = Outline(page.says, {}, self.tree.document)
        first = self.pdf.reserve(outline.count - 1)
        numbers = (number, number + 1, *range(first, first + outline.count - 1))
        key = self.tree.write(outline, numbers)
        content = self.pdf.add_stream(page.content, b"/Filter/FlateDecode", packed=True)
        used = b"%b/Font<<%b>>/XObject<<%b>>" % (
            writer.text(page.others), writer.text(page.fonts), writer.text(page.forms)
        )  # fmt: skip
        self.write_page(number, page, b"%d 0 R" % content, used, key)

    def fonts_beside(self, page: Page, writer: Writer) -> int:
        """Return the number of the fonts that a background and what is drawn over it share."""
        known = self._fonts_of.get(id(page))
        if known is None:
            known = self._fonts_of[id(page)] = (self.pdf.reserve(), page, writer)
        return known[0]

    def close(self, *, title: str, lang: str, created_at: datetime) -> Gap | None:
        """Write what ends the file; return where the signature stands, if there is one."""
        ours = self.fonts.close()
        for number, page, writer in self._fonts_of.values():
            self.pdf.add_small(b"<<" + writer.text(page.fonts) + ours + b">>", number)
        made = created_at.astimezone(UTC)
        stamp = made.strftime("D:%Y%m%d%H%M%SZ").encode()
        form = self._write_form() if self._signature else b""
        self.tree.close()
        kids = b" ".join([b"%d 0 R" % page for page in self._pages])
        self.pdf.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(self._pages), kids), self._parent)
        told = _XMP.format(title=escape(title), made=made.strftime("%Y-%m-%dT%H:%M:%SZ"))
        metadata = self.pdf.add_stream(told.encode(), b"/Type/Metadata/Subtype/XML", packed=True)
        root = self.pdf.add_small(
            b"<</Type/Catalog/Pages %d 0 R/Lang%b/ViewerPreferences<</DisplayDocTitle true>>"
            b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R%b>>"
            % (self._parent, string_of(lang), self.tree.root, metadata, form)
        )
        info = self.pdf.add_small(
            b"<</Title%b/CreationDate(%b)/ModDate(%b)/Producer(EventHub)>>"
            % (string_of(title), stamp, stamp)
        )
        if self._signature is None:
            self.pdf.close(root, info)
            return None
        entries = b"/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%b)" % stamp
        if reason := self._signature.reason:
            entries += b"/Reason" + string_of(reason)
        if place := self._signature.place:
            entries += b"/Location" + string_of(place)
        return self.pdf.close_signed(
            root, info, self._value, entries, self._signature.room, self._signature.sign
        )

    def _write_form(self) -> bytes:
        """Write the field of the signature; return the entry that names it."""
        assert self._signature
        first = self._pages[0]
        label = string_of(self._signature.label)
        key = self.tree.add_form(first, self._widget, label)
        self._value = self.pdf.reserve()
        self.pdf.add_small(
            b"<</Type/Annot/Subtype/Widget/FT/Sig/T%b/TU%b/F %d/Rect[0 0 0 0]/P %d 0 R/V %d 0 R"
            b"/StructParent %d>>"
            % (string_of(self._signature.name), label, _PRINT_AND_LOCKED, first, self._value, key),
            self._widget,
        )
        return b"/AcroForm<</SigFlags 3/Fields[%d 0 R]>>" % self._widget
