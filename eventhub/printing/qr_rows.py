"""The modules of QR codes in upper case, made fast enough for thousands (ISO/IEC 18004).

A symbol of one version is fixed patterns, one of eight masks, and bits laid in a zigzag. What is
fixed is learnt once from segno. The rest is linear: what each half of a data codeword turns dark,
error correction included, is known beforehand, and a symbol is the sum (exclusive or) of these. The
mask is always the same one: any mask may be read, and equal texts must give equal files.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, reduce
from itertools import zip_longest
from operator import getitem, xor
from typing import Any

import segno
from segno import consts

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
# Digits alone take less room in a mode of their own.
_DENSE = re.compile(r"(?!\d+\Z)[0-9A-Z $%*+\-./:]+")
_LAST_VERSION = 14  # a number each, some megabytes beyond it
_MASK = 2
_PADDING = (0xEC, 0x11)
_ALPHANUMERIC = 0b0010


def qr_rows(text: str) -> list[str]:
    """Return the rows of a text's symbol at level M, "1" for a dark module, without quiet zone.

    Raises ValueError for a text too long for any symbol.
    """
    side, modules = qr_modules(text)
    whole = format(modules, f"0{side**2}b")
    return [whole[i : i + side] for i in range(0, len(whole), side)]


def qr_modules(text: str) -> tuple[int, int]:
    """Return how many modules a symbol has a side, and all of them as the bits of one number.

    The highest bit is the upper left module, a set one is dark. Raises ValueError like qr_rows.
    """
    if _DENSE.fullmatch(text) and (version := _version(len(text))):
        layout = _layout(version)
        return layout.side, layout.modules(_codewords(text, version))
    # segno takes the densest mode that the text allows: digits, upper case, else bytes.
    try:
        symbol = segno.make_qr(text, error="m", boost_error=False, eci=not text.isascii())
    except segno.DataOverflowError as error:
        raise ValueError("the text is too long for a QR code") from error
    dark = "".join("1" if dark else "0" for row in symbol.matrix for dark in row)
    return len(symbol.matrix), int(dark, 2)


@lru_cache(maxsize=_LAST_VERSION)
def _blocks(version: int) -> list[tuple[int, int]]:
    """Return (data codewords, error correction codewords) of each block at level M."""
    levels: Any = consts.ECC[version]
    return [
        (block.num_data, block.num_total - block.num_data)
        for block in levels[consts.ERROR_LEVEL_M]
        for _ in range(block.num_blocks)
    ]


def _count_bits(version: int) -> int:
    return 9 if version < 10 else 11


@lru_cache(maxsize=1)
def _pairs() -> dict[str, str]:
    """Return the bits of each pair of characters."""
    return {a + b: f"{_VALUE[a] * 45 + _VALUE[b]:011b}" for a in _ALPHABET for b in _ALPHABET}


@lru_cache(maxsize=1024)
def _version(length: int) -> int:
    """Return the smallest version that holds so many characters, 0 where that is a rare one."""
    bits = length // 2 * 11 + length % 2 * 6
    for version in range(1, _LAST_VERSION + 1):
        room = 8 * sum(data for data, _ in _blocks(version))
        if 4 + _count_bits(version) + bits <= room:
            return version
    return 0


def _codewords(text: str, version: int) -> bytes:
    """Return the data codewords of an alphanumeric text, padded to the version's capacity."""
    pieces = [f"{_ALPHANUMERIC:04b}", format(len(text), f"0{_count_bits(version)}b")]
    pairs = _pairs()
    pieces += [pairs[text[i : i + 2]] for i in range(0, len(text) - 1, 2)]
    if len(text) % 2:
        pieces.append(f"{_VALUE[text[-1]]:06b}")
    room = sum(data for data, _ in _blocks(version))
    bits = "".join(pieces)
    bits += "0" * min(4, room * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = int(bits, 2).to_bytes(len(bits) // 8, "big")
    missing = room - len(words)
    return words + bytes(_PADDING[i % 2] for i in range(missing))


class _Layout:
    """Where the bits of one version go, and all that does not depend on the text."""

    def __init__(self, version: int) -> None:
        self.blocks = _blocks(version)
        self.side = 17 + 4 * version
        self._dark = [1 << self.side**2 - 1 - y * self.side - x for y, x in _zigzag(version)]
        self._halves = [half for word in self._learnt() for half in word]
        example = "A"  # does not end on a whole byte, where segno pads by one byte too much
        known = segno.make_qr(example, error="m", boost_error=False, version=version, mask=_MASK,
                              mode="alphanumeric")  # fmt: skip
        seen = "".join("1" if dark else "0" for row in known.matrix for dark in row)
        self._fixed = 0
        self._fixed = int(seen, 2) ^ self.modules(_codewords(example, version))

    def modules(self, data: bytes) -> int:
        """Return the modules of the symbol with these data codewords."""
        return reduce(xor, map(getitem, self._halves, data.hex()), self._fixed)

    def _learnt(self) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
        """Yield what each half of each data codeword turns dark, by its hexadecimal digit."""
        blocks = list(enumerate(self.blocks))
        data = [[(n, i) for i in range(size)] for n, (size, _) in blocks]
        corrections = [[(n, size + i) for i in range(spare)] for n, (size, spare) in blocks]
        order = _interleaved(data) + _interleaved(corrections)
        places = {word: place for place, word in enumerate(order)}
        for number, (size, spare) in enumerate(self.blocks):
            where = [8 * places[number, i] for i in range(size + spare)]
            yield from self._of_block(size, spare, where)

    def _of_block(
        self, size: int, spare: int, where: list[int]
    ) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
        steps, shift, mask = _steps(spare), 8 * (spare - 1), (1 << 8 * spare) - 1
        rests = {1 << bit: steps[1 << bit] for bit in range(8)}
        found = []
        for word in range(size - 1, -1, -1):
            drawn = {
                bit: self._drawn(bytes([bit]), where[word : word + 1])
                ^ self._drawn(rest.to_bytes(spare, "big"), where[size:])
                for bit, rest in rests.items()
            }
            found.append((_sums(drawn, 4), _sums(drawn, 0)))
            # One codeword further from the end is one step further of the division.
            rests = {
                bit: ((rest << 8) & mask) ^ steps[rest >> shift] for bit, rest in rests.items()
            }
        yield from reversed(found)

    def _drawn(self, words: bytes, where: list[int]) -> int:
        """Return what codewords turn dark whose first bits come at these places."""
        dark = 0
        for word, first in zip(words, where, strict=True):
            for bit in range(8):
                if word & 0x80 >> bit:
                    dark |= self._dark[first + bit]
        return dark


def _sums(drawn: dict[int, int], shift: int) -> dict[str, int]:
    """Return what each digit turns dark, from what each of its bits does."""
    bits = [drawn[1 << shift + bit] for bit in range(4)]
    return {
        f"{digit:x}": reduce(xor, [bits[bit] for bit in range(4) if digit >> bit & 1], 0)
        for digit in range(16)
    }


@lru_cache(maxsize=_LAST_VERSION)
def _layout(version: int) -> _Layout:
    return _Layout(version)


def _interleaved(blocks: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    return [word for row in zip_longest(*blocks) for word in row if word is not None]


def _zigzag(version: int) -> Iterator[tuple[int, int]]:
    """Yield the (row, column) of each bit: columns in pairs from the right, up and down."""
    side = 17 + 4 * version
    taken = _patterns(version)
    up = True
    right = side - 1
    while right > 0:
        if right == 6:
            right = 5
        for step in range(side):
            row = side - 1 - step if up else step
            for column in (right, right - 1):
                if (row, column) not in taken:
                    yield row, column
        up = not up
        right -= 2


def _patterns(version: int) -> set[tuple[int, int]]:
    """Return the modules that hold no data: finders, timing, alignment, format, version."""
    side = 17 + 4 * version
    taken = {(6, i) for i in range(side)} | {(i, 6) for i in range(side)}
    corners = [(9, 9, 0, 0), (9, 8, 0, side - 8), (8, 9, side - 8, 0)]
    if version >= 7:
        corners += [(6, 3, 0, side - 11), (3, 6, side - 11, 0)]
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    near_finders = {(6, 6), (6, side - 7), (side - 7, 6)}
    corners += [
        (5, 5, y - 2, x - 2) for y in centres for x in centres if (y, x) not in near_finders
    ]
    for height, width, top, left in corners:
        taken |= {(top + y, left + x) for y in range(height) for x in range(width)}
    return taken


_EXP: list[int] = [1]
while len(_EXP) < 255:
    _EXP.append(_EXP[-1] << 1 if _EXP[-1] < 128 else (_EXP[-1] << 1) ^ 0x11D)
_LOG = {value: power for power, value in enumerate(_EXP)}


@lru_cache(maxsize=32)
def _steps(spare: int) -> list[int]:
    """Return what each leading byte subtracts: its multiple of the generator polynomial."""
    generator = [1]
    for power in range(spare):
        raised = [*generator, 0]
        for i, value in enumerate(generator):
            raised[i + 1] ^= _EXP[(_LOG[value] + power) % 255]
        generator = raised
    return [
        int.from_bytes(
            bytes(_EXP[(_LOG[lead] + _LOG[value]) % 255] if lead else 0 for value in generator[1:]),
            "big",
        )
        for lead in range(256)
    ]
