"""A PDF written object by object as its pages are made, so that memory does not grow with them.

Only the places of the objects are kept (ISO 32000-1, 7.5). Pages of another PDF can be taken over.
"""

import hashlib
import io
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import BinaryIO

import pikepdf

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 4  # of deflate: 6 takes half as long again for two per cent


class PdfStream:
    """A PDF that is being written. Objects are known by their numbers; `close` ends it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._offsets = [0]
        self._position = 0
        self._digest = hashlib.sha256()
        self._kids: list[int] = []
        self._write(_HEAD)
        self._tree = self.reserve()

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def add(self, body: bytes, number: int | None = None) -> int:
        """Write an object, under its reserved number where it has one; return the number."""
        number = number or self.reserve()
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def add_stream(
        self, data: bytes, entries: bytes = b"", *, number: int | None = None, packed: bool = False
    ) -> int:
        """Write a stream with these further dictionary entries; packed data stay as they are."""
        if not packed:
            data, entries = zlib.compress(data, _LEVEL), entries + b"/Filter/FlateDecode"
        head = b"<<%b/Length %d>>stream\n" % (entries, len(data))
        return self.add(head + data + b"\nendstream", number)

    def add_page(self, width: float, height: float, contents: int, resources: bytes) -> None:
        """Write the next page, in points."""
        box = b"[0 0 %b %b]" % (number_of(width), number_of(height))
        self._kids.append(
            self.add(
                b"<</Type/Page/Parent %d 0 R/MediaBox%b/TrimBox%b/Contents %d 0 R/Resources<<%b>>>>"
                % (self._tree, box, box, contents, resources)
            )
        )

    def reserve_page(self) -> int:
        """Keep the next page's place; return the number under which it must come."""
        self._kids.append(self.reserve())
        return self._kids[-1]

    def close(self, *, title: str, lang: str, created_at: datetime) -> None:
        """Write what ends the file."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids)
        self.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(self._kids), kids), self._tree)
        root = self.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%b/ViewerPreferences<</DisplayDocTitle true>>>>"
            % (self._tree, string_of(lang))
        )
        made = created_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ").encode()
        info = self.add(
            b"<</Title%b/CreationDate(%b)/ModDate(%b)/Producer(EventHub)>>"
            % (string_of(title), made, made)
        )
        start = self._position
        rows = [b"0000000000 65535 f \n"]
        rows += [b"%010d 00000 n \n" % offset for offset in self._offsets[1:]]
        identity = self._digest.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n" % len(self._offsets) + b"".join(rows))
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._offsets), root, info, identity, identity, start)
        )

    @property
    def tree(self) -> int:
        """Return the number of the page tree."""
        return self._tree

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)


class TakenOver:
    """Objects of another PDF, written into this one when first asked for."""

    def __init__(self, pdf: PdfStream, data: bytes) -> None:
        self._pdf = pdf
        self._source = pikepdf.open(io.BytesIO(data))
        self._numbers: dict[tuple[int, int], int] = {}

    def page_as_form(self, index: int) -> int:
        """Write a page as a form that other pages can draw; return its number."""
        page = self._source.pages[index]
        box = b" ".join(number_of(float(n)) for n in page.mediabox)
        resources = self._written(page.obj.get("/Resources", pikepdf.Dictionary()))
        page.contents_coalesce()
        return self._pdf.add_stream(
            page.Contents.read_bytes(),
            b"/Type/XObject/Subtype/Form/BBox[%b]/Resources %b" % (box, resources),
        )

    def page(self, index: int, number: int) -> None:
        """Write a page under a reserved number."""
        page = self._source.pages[index].obj
        entries = b"".join(
            self._named(key, page[key])
            for key in ("/MediaBox", "/TrimBox", "/Contents", "/Resources")
            if key in page
        )
        self._pdf.add(b"<</Type/Page/Parent %d 0 R%b>>" % (self._pdf.tree, entries), number)

    def _named(self, key: str, value: pikepdf.Object) -> bytes:
        return pikepdf.Name(key).unparse() + b" " + self._written(value)

    def _written(self, value: pikepdf.Object) -> bytes:
        """Return an object as it stands in a file; what it refers to is written first."""
        if not isinstance(value, pikepdf.Object):
            return _scalar(value)
        if not value.is_indirect:
            return self._direct(value)
        if value.objgen not in self._numbers:
            number = self._numbers[value.objgen] = self._pdf.reserve()
            if isinstance(value, pikepdf.Stream):
                entries = self._entries(value.stream_dict, leave_out="/Length")
                self._pdf.add_stream(value.read_raw_bytes(), entries, number=number, packed=True)
            else:
                self._pdf.add(self._direct(value), number)
        return b"%d 0 R" % self._numbers[value.objgen]

    def _direct(self, value: pikepdf.Object) -> bytes:
        if isinstance(value, pikepdf.Dictionary):
            return b"<<" + self._entries(value) + b">>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(self._written(each) for each in value) + b"]"
        return bytes(value.unparse())

    def _entries(self, value: pikepdf.Object, leave_out: str = "") -> bytes:
        items: Mapping[str, pikepdf.Object] = dict(value.items())
        return b"".join(self._named(key, each) for key, each in items.items() if key != leave_out)


def _scalar(value: bool | int | Decimal | None) -> bytes:
    """Return what pikepdf gives as a value of Python."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return format(Decimal(value), "f").encode()


def number_of(value: float) -> bytes:
    """Return a number as PDF writes it."""
    return (f"{value:.4f}".rstrip("0").rstrip(".") or "0").encode()


def string_of(text: str) -> bytes:
    """Return a text as PDF writes it."""
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"
