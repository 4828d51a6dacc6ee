"""Objects of one PDF, kept so that they can be written into others at once (ISO 32000-1, 7.3)."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf

from eventhub.printing.pdf_stream import PdfStream

# What refers to another object stands between two zero bytes, which no object written out has.
_REFERENCE = re.compile(rb"\0(\d+)\0")


@dataclass(frozen=True, slots=True)
class Item:
    """One object: its text, cut at the places of `references`, and the data of a stream."""

    pieces: tuple[bytes, ...]
    references: tuple[int, ...]
    data: bytes | None = None


@dataclass(slots=True)
class Portable:
    """Objects known by their places in a list."""

    items: list[Item] = field(default_factory=list)

    def writer(self, pdf: PdfStream) -> "Writer":
        """Return what writes these objects into a file."""
        return Writer(self, pdf)


class Reader:
    """Takes objects out of a PDF."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.taken = Portable()
        self._places: dict[tuple[int, int], int] = {}

    def entries(self, values: Mapping[str, Any]) -> Item:
        """Return entries as they stand in a dictionary; what they refer to is taken along."""
        return _cut(b"".join(
            pikepdf.Name(key).unparse() + b" " + self._text(each) for key, each in values.items()
            if not isinstance(each, pikepdf.Dictionary) or each.is_indirect or len(each)
        ))  # fmt: skip

    def _text(self, value: Any) -> bytes:
        if not isinstance(value, pikepdf.Object):
            return _scalar(value)
        if not value.is_indirect:
            return self._direct(value)
        if value.objgen not in self._places:
            place = self._places[value.objgen] = len(self.taken.items)
            self.taken.items.append(Item((), ()))
            if isinstance(value, pikepdf.Stream):
                data = value.read_raw_bytes()
                entries = self._entries(value.stream_dict, leave_out="/Length")
                self.taken.items[place] = _cut(entries, data)
            else:
                self.taken.items[place] = _cut(self._direct(value))
        return b"\0%d\0" % self._places[value.objgen]

    def _direct(self, value: pikepdf.Object) -> bytes:
        if isinstance(value, pikepdf.Dictionary):
            return b"<<" + self._entries(value) + b">>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(self._text(each) for each in value) + b"]"
        return bytes(value.unparse())

    def _entries(self, value: pikepdf.Object, leave_out: str = "") -> bytes:
        items: Mapping[str, pikepdf.Object] = dict(value.items())
        return b"".join(
            pikepdf.Name(key).unparse() + b" " + self._text(each)
            for key, each in items.items() if key != leave_out
        )  # fmt: skip


class Writer:
    """Writes portable objects into one file, each when first asked for."""

    def __init__(self, portable: Portable, pdf: PdfStream) -> None:
        self._items = portable.items
        self._pdf = pdf
        self._numbers: dict[int, int] = {}

    def text(self, item: Item) -> bytes:
        """Return the text of an item; what it refers to is written first."""
        if not item.references:
            return item.pieces[0]
        whole = [item.pieces[0]]
        for place, piece in zip(item.references, item.pieces[1:], strict=True):
            whole += (b"%d 0 R" % self._number(place), piece)
        return b"".join(whole)

    def _number(self, place: int) -> int:
        number = self._numbers.get(place)
        if number is None:
            number = self._numbers[place] = self._pdf.reserve()
            item = self._items[place]
            text = self.text(item)
            if item.data is None:
                self._pdf.add_small(text, number)
            else:
                self._pdf.add_stream(item.data, text, number=number, packed=True)
        return number


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Open a PDF that stands in memory."""
    return pikepdf.open(io.BytesIO(data))


def _cut(text: bytes, data: bytes | None = None) -> Item:
    parts = _REFERENCE.split(text)
    return Item(tuple(parts[::2]), tuple(map(int, parts[1::2])), data)


def _scalar(value: bool | int | Decimal | None) -> bytes:
    """Return what pikepdf gives as a value of Python."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return format(Decimal(value), "f").encode()
