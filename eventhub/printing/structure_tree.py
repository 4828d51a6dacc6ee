"""The tree of a streamed PDF, written page by page beside the pages (ISO 32000-1, 14.7).

What is kept is one number for each page: the elements are written at once, and of the table that
leads from marked content to its element, so many pages at a time.
"""

from array import array
from collections.abc import Mapping, Sequence

from eventhub.printing.pdf_stream import PdfStream
from eventhub.printing.structure import Kid, Node, Place, language

_ROWS_TOGETHER = 64
_PAGE, _TOP = 0, 1  # places among the numbers of a page and its elements


class Outline:
    """What pages of one kind say, ready to be written: only the numbers of the objects differ.

    contents says under which numbers (MCID) the lines of each field stand; fields without any are
    left out. `fields` are those that remain, in reading order.
    """

    def __init__(self, page: Node, contents: Mapping[str, range], parent: int) -> None:
        self.fields: list[str] = []
        self._contents = contents
        self._owners: dict[int, int] = {}
        self._forms: list[tuple[bytes, tuple[int, ...], bool]] = [(b"", (), False)]
        self._add(page, b"/P %d 0 R" % parent, ())
        row = [self._owners.get(number) for number in range(max(self._owners, default=-1) + 1)]
        self._row = b" ".join([b"null" if owner is None else b"%d 0 R" for owner in row])
        self._row_places = [owner for owner in row if owner is not None]

    @property
    def count(self) -> int:
        """Return how many elements there are."""
        return len(self._forms) - 1

    def elements(self, numbers: Sequence[int], entries: Sequence[bytes]) -> list[bytes]:
        """Return the elements; numbers are those of the page and of each element.

        entries are those of each of the fields.
        """
        written, at = [], 0
        for form, places, is_field in self._forms[1:]:
            values = tuple([numbers[place] for place in places])
            if is_field:
                written.append(form % (*values, entries[at]))
                at += 1
            else:
                written.append(form % values)
        return written

    def row(self, numbers: Sequence[int]) -> bytes:
        """Return which element each marked content of the page belongs to."""
        return b"[" + self._row % tuple([numbers[place] for place in self._row_places]) + b"]"

    def _add(self, kid: Node | Place, parent: bytes, above: tuple[int, ...]) -> int:
        """Take an element and all below it; return its place."""
        place = len(self._forms)
        self._forms.append((b"", (), False))
        head = b"<</S/%b%b/Pg %%d 0 R" % (kid.role.encode(), parent)
        if isinstance(kid, Place):
            lines = self._contents[kid.field]
            self.fields.append(kid.field)
            self._owners.update(dict.fromkeys(lines, place))
            marked = b" ".join([b"%d" % number for number in lines])
            self._forms[place] = (head + b"/K[" + marked + b"]%b>>", (*above, _PAGE), True)
            return place
        kids: list[bytes] = []
        below: list[int] = []
        for each in kid.kids:
            if isinstance(each, int):
                self._owners[each] = place
                kids.append(b"%d" % each)
            elif self._speaks(each):
                below.append(self._add(each, b"/P %d 0 R", (place,)))
                kids.append(b"%d 0 R")
        entries = (kid.entries + language(kid.lang)).replace(b"%", b"%%")
        form = head + entries + b"/K[" + b" ".join(kids) + b"]>>"
        self._forms[place] = (form, (*above, _PAGE, *below), False)
        return place

    def _speaks(self, kid: Kid) -> bool:
        if isinstance(kid, Place):
            return kid.field in self._contents
        return isinstance(kid, int) or any(self._speaks(each) for each in kid.kids)


class StructureTree:
    """The tree of one file. Each page has one element at the top, which `add_top` keeps a place."""

    def __init__(self, pdf: PdfStream) -> None:
        self._pdf = pdf
        self.root, self.document = pdf.reserve(), pdf.reserve()
        self._tops = array("Q")
        self._rows: list[bytes] = []
        self._tables: list[bytes] = []
        self._keys = 0

    def add_top(self, number: int) -> None:
        """Let the next page be heard under this reserved number."""
        self._tops.append(number)

    def write(self, outline: Outline, numbers: Sequence[int], entries: Sequence[bytes] = ()) -> int:
        """Write the elements of a page under these numbers; return its key (StructParents).

        numbers are those of the page, of its top, and of each further element.
        """
        for number, body in zip(numbers[_TOP:], outline.elements(numbers, entries), strict=True):
            self._pdf.add_small(body, number)
        return self._next(outline.row(numbers))

    def add_form(self, page: int, widget: int, label: bytes) -> int:
        """Write the element of a form field; return the key of its widget (StructParent)."""
        number = self._pdf.add_small(
            b"<</S/Form/P %d 0 R/Pg %d 0 R/Alt%b/K<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>>>"
            % (self.document, page, label, widget, page)
        )
        self._tops.append(number)
        return self._next(b"%d 0 R" % number)

    def close(self) -> None:
        """Write what holds the elements together."""
        self._write_table()
        parents = self._pdf.add_small(b"<</Kids[%b]>>" % b" ".join(self._tables))
        self._pdf.add_small(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self.document, parents, self._keys), self.root,
        )  # fmt: skip
        kids = b" ".join([b"%d 0 R" % top for top in self._tops])
        self._pdf.add(b"<</S/Document/P %d 0 R/K[%b]>>" % (self.root, kids), self.document)

    def _next(self, row: bytes) -> int:
        self._rows.append(b"%d %b" % (self._keys, row))
        self._keys += 1
        if len(self._rows) == _ROWS_TOGETHER:
            self._write_table()
        return self._keys - 1

    def _write_table(self) -> None:
        if self._rows:
            first = self._keys - len(self._rows)
            number = self._pdf.add_small(
                b"<</Limits[%d %d]/Nums[%b]>>" % (first, self._keys - 1, b" ".join(self._rows))
            )
            self._tables.append(b"%d 0 R" % number)
            self._rows.clear()
