"""Opening ZIP files of strangers: sizes are counted by what is really in them."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO

from eventhub.core.errors import Invalid
from eventhub.i18n import _
from eventhub.sheets.rules import guess_encoding

PIECE = 65_536
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
          NotImplementedError)  # fmt: skip
"""What the standard library raises for a file that is no ZIP, is cut off, or enciphered."""

_IS_UTF8 = 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a ZIP file may hold: entries, and bytes of each and of all, unpacked."""

    files: int
    each_bytes: int
    all_bytes: int


class Zipped:
    """A ZIP file whose declared sizes are within bounds; entries are counted again when read.

    Raises Invalid where it is none, is protected, holds too much, or says so.
    """

    def __init__(self, data: bytes, bounds: Bounds) -> None:
        self._bounds, self._left = bounds, bounds.all_bytes
        try:
            self._file = zipfile.ZipFile(BytesIO(data))
        except BROKEN:
            raise Invalid(broken()) from None
        self.entries = [one for one in self._file.infolist() if not one.is_dir()]
        declared = sum(one.file_size for one in self.entries)
        if len(self._file.infolist()) > bounds.files or declared > bounds.all_bytes:
            raise Invalid(too_much())
        if any(one.flag_bits & 1 for one in self.entries):
            raise Invalid(protected())

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of one entry."""
        return b"".join(self.pieces(entry))

    def pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the bytes of one entry; Invalid as soon as they are more than may be."""
        if entry.file_size > self._bounds.each_bytes:
            raise Invalid(too_much())
        if entry.compress_type not in _METHODS:
            raise Invalid(broken())
        try:
            with self._file.open(entry) as file:
                while piece := file.read(PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Invalid(too_much())
                    yield piece
        except BROKEN:
            raise Invalid(broken()) from None

    def named(self, names: Collection[str]) -> list[zipfile.ZipInfo]:
        """Return the entries of these names; of two of one name the last, as programs do."""
        found = {one.filename: one for one in self.entries if one.filename in names}
        return list(found.values())


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in a ZIP without its folder, in the letters it was packed with.

    Programs that write no UTF-8 mean their country's encoding, which is guessed.
    """
    name = entry.filename.replace("\\", "/").rpartition("/")[2]
    if entry.flag_bits & _IS_UTF8:
        return name
    try:
        raw = name.encode("cp437")
        return raw.decode(guess_encoding(raw))
    except UnicodeError:
        return name


def too_much() -> str:
    """Return the sentence for a file that unpacks to more than we open."""
    return _("This file unpacks to far more than it should, so it was not opened.")


def broken() -> str:
    """Return the sentence for a file that is cut off or not what it says."""
    return _("The file cannot be read to its end. Save it again and send that one.")


def protected() -> str:
    """Return the sentence for a file that only a password opens."""
    return _("The file is protected by a password. Save it without one.")
