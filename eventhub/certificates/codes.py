"""Verification codes and serials as people type them and as files carry them. Pure."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import product

from eventhub.certificates.rules import is_serial, plain_code

CODE_LENGTH = 16
"""Letters of Base32 (RFC 4648): A to Z and 2 to 7, so that 0, 1 and 8 stand in no code."""
MOST_DOUBTS = 6
"""With more letters than this that may be read in two ways, the code is taken as it was typed."""

_SAME = (
    str.maketrans("081", "OBI")
    | str.maketrans("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX")
    | str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
)
"""What looks like a letter of a code: a digit that no code has, a Cyrillic or Greek capital."""
_TALL = "IL1"
"""What is the same stroke on many screens and papers."""

MOST_STREAMS = 400
MOST_PACKED = 1024 * 1024
MOST_UNPACKED = 512 * 1024
MOST_BYTES = 8 * 1024 * 1024
"""How much of a strange file is looked into, unpacked: it may be made to burst a reader."""

_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2}){16,2000})>")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CODE = re.compile(rb"/[cC]/([A-Z2-7]{4}(?:-?[A-Z2-7]{4}){3})(?![A-Z0-9])")
_SERIAL = re.compile(rb"(?<![A-Z0-9-])[A-Z0-9]{2,20}(?:-[A-Z0-9]{1,20}){0,4}-[0-9]{5,7}-[A-Z0-9]")


def possible_codes(text: str) -> set[str]:
    """Return what a typed code can have been meant to be: in capitals, without dashes.

    Digits of other scripts, full-width letters and letters that only look Latin are taken for the
    Latin ones. I, l and 1 are tried for one another: the code is long enough that only one of the
    readings can be there.
    """
    plain = plain_code(unicodedata.normalize("NFKC", text))
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in plain)
    latin = plain.translate(_SAME)
    doubtful = [at for at, letter in enumerate(plain) if letter in _TALL or latin[at] in _TALL]
    if len(plain) != CODE_LENGTH or len(doubtful) > MOST_DOUBTS:
        return {plain, latin}
    found = {plain}
    for letters in product("IL", repeat=len(doubtful)):
        meant = list(latin)
        for at, letter in zip(doubtful, letters, strict=True):
            meant[at] = letter
        found.add("".join(meant))
    return found


def codes_in(data: bytes) -> set[str]:
    """Return the verification codes in the addresses that a PDF carries, without dashes."""
    return {
        match[1].replace(b"-", b"").decode("ascii")
        for piece in readable(data)
        for match in _CODE.finditer(piece)
    }


def carries_serial(data: bytes) -> bool:
    """Tell whether a PDF carries a number in the form of a certificate's, check character right."""
    return any(
        is_serial(match[0].decode("ascii"))
        for piece in readable(data)
        for match in _SERIAL.finditer(piece)
    )


def readable(data: bytes) -> Iterator[bytes]:
    """Yield what can be read in a PDF without reading it as one: its bytes, its unpacked streams.

    Texts in UTF-16 lose their empty halves and read as others do, also those written out in
    hexadecimal digits. Bounded in number and size.
    """
    yield _plain(data)
    left = MOST_BYTES
    for count, match in enumerate(_STREAM.finditer(data)):
        if count >= MOST_STREAMS or left <= 0:
            return
        end = data.find(b"endstream", match.end(), match.end() + MOST_PACKED)
        packed = data[match.end() : end if end >= 0 else match.end() + MOST_PACKED]
        try:
            piece = zlib.decompressobj().decompress(packed, min(MOST_UNPACKED, left))
        except zlib.error:
            continue
        left -= len(piece)
        yield _plain(piece)


def _plain(data: bytes) -> bytes:
    spelt = b" ".join(bytes.fromhex(match[1].decode("ascii")) for match in _HEX.finditer(data))
    return (data + b"\n" + spelt).replace(b"\0", b"")
