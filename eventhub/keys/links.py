"""Tokens for private links, made again whenever needed and so never stored.

A token is the ref of a row and a code that only the key ring can make: `REF` + 16 characters.
Raising the row's link number makes every older token worthless.
"""

import base64
import hmac

from eventhub.core.ids import REF_LENGTH
from eventhub.keys.ring import ring

MAC_BYTES = 10


def token(kind: str, ref: str, number: int = 1) -> str:
    """Return the token of a row, for example kind "registration", in capitals and digits."""
    return ref + _code(kind, ref, number)


def ref_in(text: str) -> str:
    """Return the ref at the token's start, to find the row with; prove it with `holds`."""
    return text[:REF_LENGTH].upper()


def holds(text: str, kind: str, ref: str, number: int = 1) -> bool:
    """Tell whether the token is the row's valid one, in constant time."""
    return hmac.compare_digest(text.upper().encode(), token(kind, ref, number).encode())


def digits(kind: str, ref: str, count: int = 6) -> str:
    """Return a code of digits for a row, such as the one-time code of a sign-in."""
    number = int.from_bytes(ring().mac("links", f"{kind}:{ref}:digits")[:8], "big")
    return f"{number % 10**count:0{count}d}"


def _code(kind: str, ref: str, number: int) -> str:
    mac = ring().mac("links", f"{kind}:{ref}:{number}")
    return base64.b32encode(mac[:MAC_BYTES]).decode()
