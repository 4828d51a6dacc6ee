"""Looking through the XML of a workbook before it is opened: how far it reaches, and what it hides.

A few bytes can say that a cell stands in the last row of the last column, that a long text stands
in all cells, or that one is repeated a million times; whoever opens that without looking fills
the memory.
"""

from typing import Any
from xml.parsers import expat

from eventhub.core.errors import Invalid
from eventhub.i18n import _
from eventhub.sheets.rules import column_of
from eventhub.sheets.zipped import PIECE, broken

MOST_ROWS = 200_000
"""The last row that may hold anything; blank rows in between count."""

MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
"""Of the rectangle from the first cell to the last."""

MOST_CHARACTERS = 64 * 1024 * 1024
"""Of all cells together, what is repeated counted each time."""

LONGEST_CELL = 32_767
"""Characters, as in a spreadsheet program."""


class Watcher:
    """Hears what stands in a piece of XML."""

    reads_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear of an element's name and attributes."""

    def end(self, name: str) -> None:
        """Hear that an element ends."""

    def text(self, text: str) -> None:
        """Hear a piece of text."""


class Reach:
    """How far the filled cells of one sheet reach, and how much text they hold."""

    def __init__(self) -> None:
        self.rows = self.columns = self.characters = 0

    def take(self, row: int, column: int) -> None:
        """Count a filled cell, rows and columns from 1; Invalid where that is too far."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        too_far = self.rows > MOST_ROWS or self.columns > MOST_COLUMNS
        if too_far or self.rows * self.columns > MOST_CELLS:
            raise Invalid(too_many())

    def write(self, characters: int, times: int = 1) -> None:
        """Count text that so many cells hold; Invalid where it is too much."""
        self.characters += characters * times
        if self.characters > MOST_CHARACTERS:
            raise Invalid(too_long())


def look_through(xml: bytes, watcher: Watcher | None = None) -> None:
    """Parse XML, passing what it holds to the watcher; Invalid for entities and broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    if watcher is not None:
        parser.StartElementHandler = watcher.start
        if watcher.reads_text:
            parser.EndElementHandler = watcher.end
            parser.CharacterDataHandler = watcher.text
    try:
        for start in range(0, len(xml), PIECE):
            parser.Parse(xml[start : start + PIECE])
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Invalid(broken()) from None


class SharedStrings(Watcher):
    """The lengths of the texts that cells of XLSX name by number."""

    reads_text = True

    def __init__(self) -> None:
        self.lengths: list[int] = []

    @property
    def longest(self) -> int:
        """Return the characters of the longest."""
        return max(self.lengths, default=0)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count the texts."""
        if _plain(name) == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        """Count a text's characters; Invalid where it is longer than any program writes."""
        if self.lengths:
            self.lengths[-1] += len(text)
            if self.lengths[-1] > LONGEST_CELL:
                raise Invalid(too_long())


class XlsxSheet(Watcher):
    """Measures a sheet of XLSX: a cell counts when it has a value."""

    def __init__(self) -> None:
        self.reach = Reach()
        self.named = 0
        """How many cells name a shared text."""
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells, which may leave their address out."""
        match _plain(name):
            case "row":
                self._row = _number(attributes.get("r"), self._row + 1)
                self._column = 0
            case "c":
                cell = attributes.get("r", "")
                self._column = column_of(cell) + 1 if cell else self._column + 1
                digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                self._row = _number(digits, self._row) if cell else self._row
                self.named += attributes.get("t") == "s"
            case "v" | "is":
                self.reach.take(self._row, self._column)


class XlsxTexts(Watcher):
    """Counts the shared texts of a sheet each time a cell names them."""

    reads_text = True

    def __init__(self, lengths: list[int]) -> None:
        self._lengths, self._reach = lengths, Reach()
        self._is_named = self._is_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow which cells name a text."""
        plain = _plain(name)
        if plain == "c":
            self._is_named = attributes.get("t") == "s"
        self._is_value = self._is_named and plain == "v"

    def end(self, name: str) -> None:
        """End a value."""
        self._is_value = False

    def text(self, text: str) -> None:
        """Count the text that is named."""
        place = _number(text.strip(), -1) if self._is_value else -1
        if 0 <= place < len(self._lengths):
            self._reach.write(self._lengths[place])


class OdsContent(Watcher):
    """Measures all sheets of ODS: rows and cells may be repeated, and blank ones often are."""

    reads_text = True

    def __init__(self) -> None:
        self._reach = Reach()
        self._row = self._column = self._rows_here = self._times = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow tables, rows and cells."""
        match name:
            case "table:table":
                self._begin()
            case "table:table-row":
                self._row += self._rows_here
                self._rows_here = _number(attributes.get("table:number-rows-repeated"), 1)
                self._column = self._times = 0
            case "table:table-cell" | "table:covered-table-cell":
                many = _number(attributes.get("table:number-columns-repeated"), 1)
                self._column += many
                self._times = 0
                if "office:value-type" in attributes or "calcext:value-type" in attributes:
                    self._times = many * self._rows_here
                    self._reach.take(self._row + self._rows_here, self._column)
                    self._reach.write(len(attributes.get("office:string-value", "")), self._times)
            case "text:s":
                self._reach.write(_number(attributes.get("text:c"), 1), max(self._times, 1))

    def text(self, text: str) -> None:
        """Count what the cell holds."""
        self._reach.write(len(text), self._times)

    def _begin(self) -> None:
        self._reach = Reach()
        self._row = self._column = self._rows_here = self._times = 0


def too_many() -> str:
    """Return the sentence for a sheet with too many cells."""
    return _(
        "The sheet reaches too far: row %(rows)s and column %(columns)s are the last that we read. "
        "Copy the rows you need into a new sheet.",
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def too_long() -> str:
    """Return the sentence for cells with too much text."""
    return _(
        "One cell of the file holds more than %(most)s characters. Make it shorter.",
        most=LONGEST_CELL,
    )


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str | None, otherwise: int) -> int:
    """Return a whole number of at most nine digits; one that is longer is the largest."""
    if not text or not (text.isascii() and text.isdecimal()):
        return otherwise
    return int(text) if len(text) < 10 else 999_999_999


def _refuse(*_what: Any) -> None:
    raise Invalid(_("The file holds instructions that a table does not need: save it anew."))
