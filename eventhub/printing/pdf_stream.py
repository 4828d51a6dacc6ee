"""A PDF written object by object as its pages are made, so that memory does not grow with them.

Only the places of the objects are kept (ISO 32000-1, 7.5). Small objects are packed together
(7.5.7), and the table of places is a stream itself (7.5.8).
"""

import hashlib
import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 2  # of deflate: 6 takes twice as long for two per cent of a badge
_PACKED_TOGETHER = 200
_PACKED = 1 << 63  # marks the place of a packed object: its stream and its index there
_INDEX_BITS = 16
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a signature belongs in a file: from the `<` before it to the `>` after it, in bytes.

    The signature covers `length` bytes without those from start to end (ISO 32000-1, 12.8.1);
    `digest` is the SHA-256 of what it covers. Its hexadecimal digits stand from start + 1 on.
    """

    start: int
    end: int
    length: int
    digest: bytes


class PdfStream:
    """A PDF that is being written. Objects are known by their numbers; `close` ends it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._places = array("Q", [0])
        self._position = 0
        self._digest = hashlib.sha256()
        self._waiting: list[tuple[int, bytes]] = []
        self._write(_HEAD)

    def reserve(self, count: int = 1) -> int:
        """Return the first number of so many objects that are written later."""
        first = len(self._places)
        self._places.extend([0] * count)
        return first

    def add(self, body: bytes, number: int | None = None) -> int:
        """Write an object, under its reserved number where it has one; return the number."""
        number = number or self.reserve()
        self._places[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def add_small(self, body: bytes, number: int | None = None) -> int:
        """Pack a small object with others; return the number. A stream cannot be packed."""
        number = number or self.reserve()
        self._waiting.append((number, body))
        if len(self._waiting) >= _PACKED_TOGETHER:
            self._pack()
        return number

    def add_stream(
        self, data: bytes, entries: bytes = b"", *, number: int | None = None, packed: bool = False
    ) -> int:
        """Write a stream with these further dictionary entries; packed data stay as they are."""
        if not packed:
            data, entries = zlib.compress(data, _LEVEL), entries + b"/Filter/FlateDecode"
        head = b"<<%b/Length %d>>stream\n" % (entries, len(data))
        return self.add(head + data + b"\nendstream", number)

    def close(self, root: int, info: int) -> None:
        """Write the table of places, which ends the file."""
        self._pack()
        self._write(self._end(root, info, len(self._places)))

    def close_signed(
        self, root: int, info: int, number: int, entries: bytes, room: int,
        sign: Callable[[bytes], bytes] | None,
    ) -> Gap:  # fmt: skip
        """Write a signature as the last object, then what ends the file; return where it stands.

        entries are those of its dictionary but for ByteRange and Contents; room is for so many
        bytes. sign is given the digest of all that the signature covers, and returns it in DER;
        without it the room stays zero. Raises OverflowError where the signature is too long.
        """
        self._pack()
        head = b"%d 0 obj\n<<%b/ByteRange[0 %%010d %%010d %%010d]/Contents " % (number, entries)
        start = self._position + len(head % (0, 0, 0))
        end = start + 2 * room + 2
        tail = b">>\nendobj\n"
        self._places[number] = self._position
        last = self._end(root, info, len(self._places), at=end + len(tail))
        length = end + len(tail) + len(last)
        self._write(head % (start, end, length - end))
        covered = self._digest.copy()
        covered.update(tail + last)
        digest = covered.digest()
        digits = sign(digest).hex().encode() if sign else b""
        if len(digits) > 2 * room:
            raise OverflowError(f"the signature takes {len(digits) // 2} of {room} bytes")
        self._write(b"<" + digits.ljust(2 * room, b"0") + b">")
        self._write(tail + last)
        return Gap(start, end, length, digest)

    def _pack(self) -> None:
        """Write the small objects that wait, as one stream."""
        if not self._waiting:
            return
        stream = self.reserve()
        places, at = [], 0
        for index, (number, body) in enumerate(self._waiting):
            self._places[number] = _PACKED | stream << _INDEX_BITS | index
            places.append(b"%d %d" % (number, at))
            at += len(body) + 1
        head = b" ".join(places) + b"\n"
        self.add_stream(
            head + b"\n".join([body for _, body in self._waiting]),
            b"/Type/ObjStm/N %d/First %d" % (len(places), len(head)), number=stream,
        )  # fmt: skip
        self._waiting.clear()

    def _end(self, root: int, info: int, number: int, at: int | None = None) -> bytes:
        """Return the table of places as it stands at a place, and what follows it."""
        at = self._position if at is None else at
        rows = bytearray(b"\0\0\0\0\0\0\xff\xff")  # the first one is never in use
        for place in self._places[1:]:
            if place & _PACKED:
                index = place & (1 << _INDEX_BITS) - 1
                stream = (place ^ _PACKED) >> _INDEX_BITS
                rows += (2 << 56 | stream << 16 | index).to_bytes(8, "big")
            else:
                rows += (1 << 56 | place << 16).to_bytes(8, "big")
        rows += (1 << 56 | at << 16).to_bytes(8, "big")
        data = zlib.compress(bytes(rows), _LEVEL)
        identity = self._digest.hexdigest()[:_ID_LENGTH].encode()
        return (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (number, number + 1, root, info, identity, identity, len(data), data, at)
        )

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)


def number_of(value: float) -> bytes:
    """Return a number as PDF writes it."""
    return (f"{value:.4f}".rstrip("0").rstrip(".") or "0").encode()


def string_of(text: str) -> bytes:
    """Return a text as PDF writes it."""
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"
