"""How large a drawing becomes once what it uses again is drawn at each place."""

from lxml import etree

from eventhub.designs.references import referred

MOST_ELEMENTS = 20_000
MOST_LEVELS = 100


class TooLarge(Exception):
    """A drawing has too many elements or levels once drawn, or draws itself."""


def check_expansion(root: etree._Element) -> None:
    """Raise TooLarge above MOST_ELEMENTS elements or MOST_LEVELS levels, and for a circle.

    `use`, `clip-path` and `mask` count as what they refer to. Nothing is expanded: each element
    is walked once, so a few lines that stand for millions of shapes are found at once.
    """
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise TooLarge
    _Walk(root).sizes_of(root, 1)


class _Walk:
    def __init__(self, root: etree._Element) -> None:
        self.named: dict[str, list[etree._Element]] = {}
        for element in root.iter():
            if name := element.get("id"):
                self.named.setdefault(str(name), []).append(element)
        self.known: dict[etree._Element, tuple[int, int]] = {}
        self.open: set[etree._Element] = set()

    def sizes_of(self, element: etree._Element, level: int) -> tuple[int, int]:
        """Return how many elements and how many levels an element has once drawn."""
        if element in self.known:
            return self.known[element]
        if element in self.open or level > MOST_LEVELS:
            raise TooLarge
        self.open.add(element)
        count, levels = 1, 0
        drawn = [[child] for child in element]
        drawn += [self.named.get(name, []) for name in referred(element)]
        for alternatives in drawn:  # of elements with the same name the largest counts
            sizes = [self.sizes_of(each, level + 1) for each in alternatives]
            count += max((size for size, _levels in sizes), default=0)
            levels = max([levels, *(deep for _size, deep in sizes)])
            if count > MOST_ELEMENTS or levels + 1 > MOST_LEVELS:
                raise TooLarge
        self.open.remove(element)
        self.known[element] = count, levels + 1
        return self.known[element]
