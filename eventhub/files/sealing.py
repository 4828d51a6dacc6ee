"""Enciphering streams in pieces, so that memory stays small whatever the size.

Layout: 8 random bytes, then pieces of up to 64 KiB plain text, each AES-GCM with the nonce
prefix + 4 bytes counter and one byte of context that marks the last piece (no cutting short).
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 64 * 1024
PREFIX = 8
TAG = 16


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """Read a stream in pieces of PIECE bytes; an empty stream is one empty piece."""
    piece = source.read(PIECE)
    yield piece
    while len(piece) == PIECE and (piece := source.read(PIECE)):
        yield piece


def seal(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Encipher pieces, each of PIECE bytes but the last."""
    cipher, prefix = AESGCM(key), secrets.token_bytes(PREFIX)
    yield prefix
    waiting: bytes | None = None
    number = 0
    for piece in pieces:
        if waiting is not None:
            yield cipher.encrypt(_nonce(prefix, number), waiting, b"\x00")
            number += 1
        waiting = piece
    yield cipher.encrypt(_nonce(prefix, number), waiting or b"", b"\x01")


def unseal(key: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Decipher a stream piece by piece; ValueError where it was changed or cut."""
    cipher, prefix = AESGCM(key), source.read(PREFIX)
    number, piece = 0, source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number), piece, b"\x00" if following else b"\x01")
        except InvalidTag as error:
            raise ValueError("the stored file was changed or cut short") from error
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")
