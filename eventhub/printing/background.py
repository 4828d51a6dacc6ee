"""What all streamed sheets of one variant share in a file: what lies behind, and what is said."""

from functools import lru_cache

from eventhub.printing.designs import Variant
from eventhub.printing.drawn import Page
from eventhub.printing.paper import Paper
from eventhub.printing.portable import Writer
from eventhub.printing.structure import edges, figure
from eventhub.printing.structure_tree import Outline
from eventhub.printing.values import Field


class Background:
    """The background of one variant in one file."""

    def __init__(self, paper: Paper, writer: Writer, variant: Variant) -> None:
        page = variant.background
        self.variant = variant
        self.figures = [each for each in variant.fields if each.kind != "text"]
        self.next_mcid = page.next_mcid
        self._places = {each.name: _edges(each, page.height) for each in self.figures}
        self.content = paper.pdf.add_stream(page.content, b"/Filter/FlateDecode", packed=True)
        fonts = paper.fonts_beside(page, writer)
        self.resources = b"/Font %d 0 R%b" % (fonts, writer.text(page.others))
        self.forms = writer.text(page.forms)
        self._document = paper.tree.document

    def outline(self, lines: tuple[tuple[str, int], ...]) -> Outline:
        """Return what a sheet says; lines are its fields in the order drawn, and their lengths."""
        return _outline(self.variant.background, lines, self._document)

    def figure(self, each: Field, label: str) -> bytes:
        """Return what is said of a picture or a code."""
        return figure(label, self._places[each.name])


@lru_cache(maxsize=512)
def _outline(page: Page, lines: tuple[tuple[str, int], ...], document: int) -> Outline:
    contents, first = {}, page.next_mcid
    for name, count in lines:
        contents[name] = range(first, first + count)
        first += count
    return Outline(page.says, contents, document)


def _edges(each: Field, height: float) -> bytes:
    box = each.box
    return edges(box.x, height - box.y - box.height, box.x + box.width, height - box.y)
