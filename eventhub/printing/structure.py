"""What a page says to those who hear it: its parts in reading order (ISO 32000-1, 14.7 and 14.8).

WeasyPrint builds a tree that follows the boxes of the layout. Here it is read page by page and
tidied: paragraphs, headings and figures remain, what only groups them goes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pikepdf

from eventhub.printing.pdf_stream import number_of, string_of

_POINT = 0.75  # of a CSS pixel
_INLINE = ("Span", "NonStruct", "Link")
_GROUPS = ("Div", "NonStruct", "Document")
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_FIELD, _IS_FIGURE, _ROOT = "/EventHubField", "/EventHubFigure", "/StructTreeRoot"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the contents of a field stand among the others, and their role: P, H1, Figure."""

    field: str
    role: str


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its role, its language where it has one, further entries of its dictionary.

    An int among its kids is marked content of the page, by its number there (MCID).
    """

    role: str
    lang: str
    entries: bytes
    kids: tuple["Kid", ...]


Kid = Node | Place | int


def pages_of(pdf: pikepdf.Pdf, *, with_places: bool) -> list[Node]:
    """Return what each page of a tagged PDF by WeasyPrint says, below one Sect each.

    with_places leaves the fields of a design open; else their contents are read as one paragraph.
    """
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    heights = [float(page.mediabox[3]) for page in pdf.pages]
    found: list[list[Kid]] = [[] for _ in heights]
    for element in pdf.Root[_ROOT].K[0].get("/K", ()):
        index = numbers[element.Pg.objgen]
        found[index] += _read(element, "", heights[index], with_places=with_places)
    return [_section(kids) for kids in found]


def mcids(node: Node) -> Iterator[int]:
    """Yield the numbers of the marked content below a node."""
    for kid in node.kids:
        if isinstance(kid, int):
            yield kid
        elif isinstance(kid, Node):
            yield from mcids(kid)


def figure(label: str, place: bytes) -> bytes:
    """Return the entries of a figure: what it shows, and its place (see edges)."""
    return b"/Alt" + string_of(label) + place


def edges(left: float, lower: float, right: float, upper: float) -> bytes:
    """Return the entry that says where on the page a figure stands, in points."""
    box = b" ".join(map(number_of, (left, lower, right, upper)))
    return b"/A<</O/Layout/BBox[%b]>>" % box


def language(lang: str) -> bytes:
    """Return the entry that says the language, of BCP 47; nothing for an unknown one."""
    return b"/Lang" + string_of(lang) if lang else b""


def _section(kids: Sequence[Kid]) -> Node:
    if len(kids) == 1 and isinstance(kids[0], Node) and kids[0].role == "Sect":
        return kids[0]
    return Node("Sect", "", b"", _blocks(kids))


def _read(element: Any, inherited: str, height: float, *, with_places: bool) -> tuple[Kid, ...]:
    """Return what remains of an element and all below it."""
    role = str(element.S).removeprefix("/")
    lang = str(element.get("/Lang", ""))
    if with_places and _FIELD in element:
        is_figure = bool(element[_IS_FIGURE])
        what = "Figure" if is_figure else role if role in _HEADINGS else "P"
        return (Place(str(element[_FIELD]), what),)
    kids: list[Kid] = []
    for kid in _kids(element):
        if isinstance(kid, int):
            kids.append(kid)
        elif "/S" in kid:
            kids += _read(kid, lang or inherited, height, with_places=with_places)
    if _FIELD in element:
        return _contents(kids, role)
    entries = _entries(role, element, height)
    return _tidied(Node(role, "" if lang == inherited else lang, entries, tuple(kids)))


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", ())
    yield from kids if isinstance(kids, pikepdf.Array) else (kids,)


def _entries(role: str, element: Any, height: float) -> bytes:
    if role == "Figure":
        left, top, right, bottom = (float(edge) * _POINT for edge in element.A.BBox)
        place = edges(left, height - bottom, right, height - top)
        return figure(str(element.get("/Alt", "")), place)
    attributes: Mapping[str, Any] = element.get("/A", {})
    kept = b"".join(
        b"%b %b" % (key.encode(), pikepdf.Object.unparse(value) if isinstance(value, pikepdf.Object)
                    else str(value).encode())
        for key in ("/Scope", "/ColSpan", "/RowSpan") if (value := attributes.get(key)) is not None
    )  # fmt: skip
    return b"/A<</O/Table%b>>" % kept if kept else b""


def _contents(kids: Sequence[Kid], role: str) -> tuple[Kid, ...]:
    """Return a field's contents as the figure they are, or as one paragraph of all its lines."""
    nodes = [kid for kid in kids if isinstance(kid, Node)]
    if figures := [node for node in nodes if node.role == "Figure"]:
        return tuple(figures)
    whole = Node("", "", b"", tuple(kids))
    numbers = tuple(mcids(whole))
    lang = next((node.lang for node in nodes if node.lang), "")
    return (Node(role if role in _HEADINGS else "P", lang, b"", numbers),) if numbers else ()


def _tidied(node: Node) -> tuple[Kid, ...]:
    """Return what stands for a node: itself, or its kids where it says nothing more."""
    if not node.kids:
        return ()
    if node.role in _INLINE and all(_is_inline(kid) for kid in node.kids):
        return (replace(node, role="Span"),) if node.lang else node.kids
    kids = tuple(
        each for kid in node.kids
        for each in (kid.kids if isinstance(kid, Node) and _repeats(kid, node) else (kid,))
    )  # fmt: skip
    if node.role in (*_GROUPS, *_INLINE, "Sect"):
        kids = _blocks(kids)
    if node.role not in (*_GROUPS, *_INLINE):
        return (replace(node, kids=kids),)
    if not node.lang:
        return kids
    (first, *others) = kids
    if not others and isinstance(first, Node):
        return (replace(first, lang=first.lang or node.lang),)
    return (replace(node, role="Div", kids=kids),)


def _repeats(kid: Node, node: Node) -> bool:
    """Tell whether a kid is the anonymous box that a layout puts inside its element's."""
    return kid.role == node.role and not kid.lang and not kid.entries and kid.role in _HEADINGS


def _is_inline(kid: Kid) -> bool:
    return isinstance(kid, int) or (isinstance(kid, Node) and kid.role == "Span")


def _blocks(kids: Sequence[Kid]) -> tuple[Kid, ...]:
    """Return the kids with loose text put into paragraphs."""
    blocks: list[Kid] = []
    for is_inline, group in groupby(kids, key=_is_inline):
        together = tuple(group)
        blocks += [Node("P", "", b"", together)] if is_inline else together
    return tuple(blocks)
