"""Status lists and multibase numbers. Pure."""

import base64
import gzip
from collections.abc import Iterable

LIST_LENGTH = 131_072
"""Bits of a status list: the least that the standard allows, so that nobody stands out alone."""

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519_PUBLIC = b"\xed\x01"
"""Multicodec of an Ed25519 public key."""


def place_of(certificate_id: int) -> tuple[int, int]:
    """Return the number of a certificate's status list, from 1, and its bit there, from 0."""
    number, index = divmod(certificate_id - 1, LIST_LENGTH)
    return number + 1, index


def ids_of(number: int) -> range:
    """Return the ids of the certificates that a status list speaks of."""
    first = (number - 1) * LIST_LENGTH + 1
    return range(first, first + LIST_LENGTH)


def encoded_list(in_force: Iterable[int]) -> str:
    """Return a status list that ends all but these bits, as Bitstring Status List 1.0 writes it.

    A bit nobody speaks for is set: whatever is gone from the database has ended. The first bit is
    the highest of the first byte; equal lists give equal text.
    """
    bits = bytearray(b"\xff" * (LIST_LENGTH // 8))
    for index in in_force:
        bits[index // 8] &= ~(0x80 >> index % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def multibase(data: bytes) -> str:
    """Return bytes in base 58 (the alphabet of Bitcoin), with the sign of it in front."""
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + _BASE58[0] * zeros + text


def multikey(public_key: bytes) -> str:
    """Return a raw Ed25519 public key as a Multikey."""
    return multibase(_ED25519_PUBLIC + public_key)


def did_of(host: str) -> str:
    """Return the did:web of a host, with its port where it has one."""
    return "did:web:" + host.replace(":", "%3A")
