"""Pages that WeasyPrint has drawn, ready to be written into streamed files."""

import re
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from eventhub.printing.pdf_stream import number_of
from eventhub.printing.portable import Item, Portable, Reader, open_pdf
from eventhub.printing.structure import Kid, Node, mcids, pages_of

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_ARTIFACT = b"/Artifact BMC"
_BEST = 9


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page in points: what draws it (deflated), what that uses, and what it says."""

    width: float
    height: float
    content: bytes
    fonts: Item
    forms: Item
    others: Item
    says: Node
    next_mcid: int
    """The first number that marks no content here."""


def read_pages(data: bytes, *, with_places: bool = False) -> tuple[list[Page], Portable]:
    """Return the pages of a tagged PDF by WeasyPrint, and the objects they use.

    with_places leaves the fields of a design open (see structure).
    """
    with open_pdf(data) as pdf:
        reader = Reader(pdf)
        said = pages_of(pdf, with_places=with_places)
        pages = [
            _page(reader, page, says) for page, says in zip(pdf.pages, said, strict=True)
        ]  # fmt: skip
        return pages, reader.taken


@lru_cache(maxsize=256)
def media_box(page: Page) -> bytes:
    """Return the entries that say how large a page is."""
    edges = b"[0 0 %b %b]" % (number_of(page.width), number_of(page.height))
    return b"/MediaBox%b/TrimBox%b" % (edges, edges)


def _page(reader: Reader, page: Any, says: Node) -> Page:
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    there = {int(number) for number in _MARKED.findall(content)}
    says = _kept(says, there)
    told = set(mcids(says))

    def marked(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found[1]) in told else _ARTIFACT

    content = b"q\n" + _MARKED.sub(marked, content) + b"\nQ\n"
    used = page.obj.get("/Resources", {})
    width, height = (float(edge) for edge in list(page.mediabox)[2:])
    others = {key: value for key, value in used.items() if key not in ("/Font", "/XObject")}
    return Page(
        width, height, zlib.compress(content, _BEST), reader.entries(used.get("/Font", {})),
        reader.entries(used.get("/XObject", {})), reader.entries(others),
        says, max(there, default=-1) + 1,
    )  # fmt: skip


def _kept(node: Node, there: set[int]) -> Node:
    """Return a node without what stands in groups of their own, whose marks readers miss."""
    kids: list[Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kept = _kept(kid, there)
            kids += [kept] if kept.kids else []
        elif not isinstance(kid, int) or kid in there:
            kids.append(kid)
    return replace(node, kids=tuple(kids))
