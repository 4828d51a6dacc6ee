"""The token in a pass's QR code, bit by bit (R4.4): all that a scanner without a network needs.

19 bytes say what the pass is, in big-endian order: event 4, pass 6, issue 1, expiry 4 (seconds of
the epoch), zones 2 (Z0 is the lowest bit), key number 2. A proof follows: 64 bytes of Ed25519
signature over them, or in the short form 12 bytes of HMAC-SHA-256, which our server alone can
check. 83 bytes are 133 characters of Base32 without padding (RFC 4648), 31 bytes are 50. The text
begins with `EH1:`; the QR says `HTTPS://HOST/D/EH1:...` in capitals, so that it stays in
alphanumeric mode and a phone's own camera opens the door page.

Pure: it knows neither database nor key ring, so that any device can run it.
"""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = "EH1:"
LAYOUT = struct.Struct(">I6sBIHH")
SIGNATURE_BYTES = 64
MAC_BYTES = 12
LENGTHS = {133: SIGNATURE_BYTES, 50: MAC_BYTES}
"""By the characters after "EH1:", the bytes of the proof."""


class BadToken(Exception):
    """Not a token of ours: cut, mistyped, or signed by somebody else."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a genuine token says; whether the pass still stands, the database tells."""

    event_id: int
    pass_id: int
    issue: int
    expires_at: datetime
    zone_bits: int
    key_id: str

    def is_over(self, at: datetime) -> bool:
        """Tell whether its time has passed at this instant."""
        return at >= self.expires_at


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart, nothing of it proved: the 19 bytes, and the proof."""

    packed: bytes
    proof: bytes

    @property
    def is_short(self) -> bool:
        """Tell whether it is of the form that only our server can check."""
        return len(self.proof) == MAC_BYTES

    @property
    def claims(self) -> Claims:
        """Return what it says."""
        event_id, pass_id, issue, expiry, zone_bits, key_number = LAYOUT.unpack(self.packed)
        return Claims(
            event_id, int.from_bytes(pass_id, "big"), issue,
            datetime.fromtimestamp(expiry, UTC), zone_bits, f"k{key_number:04d}",
        )  # fmt: skip

    def __str__(self) -> str:
        """Write it: "EH1:" and 133 or 50 characters."""
        return PREFIX + base64.b32encode(self.packed + self.proof).decode().rstrip("=")


def pack(claims: Claims) -> bytes:
    """Return the 19 bytes of these claims."""
    return LAYOUT.pack(
        claims.event_id,
        claims.pass_id.to_bytes(6, "big"),
        claims.issue,
        int(claims.expires_at.timestamp()),
        claims.zone_bits,
        int(claims.key_id.removeprefix("k")),
    )


def token_in(text: str) -> Token:
    """Take apart what was scanned or typed, whatever stands before "EH1:".

    Raises BadToken where it does not have the form of a token.
    """
    _before, found, body = text.strip().upper().rpartition(PREFIX)
    if not found or len(body) not in LENGTHS:
        raise BadToken("not a pass")
    try:
        data = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        raise BadToken("not Base32") from None
    token = Token(data[: LAYOUT.size], data[LAYOUT.size :])
    if str(token) != PREFIX + body:
        raise BadToken("a spare bit is set")
    return token


def read_offline(text: str, keys: Mapping[str, bytes]) -> Claims:
    """Return the claims of a signed token, checked by public keys (32 bytes each) by key id.

    Raises BadToken where it is not signed by one of them; a short one needs the network.
    """
    token = token_in(text)
    if token.is_short:
        raise BadToken("only the server can check a short code")
    key = keys.get(token.claims.key_id)
    if key is None:
        raise BadToken("the key is not known")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(token.proof, token.packed)
    except InvalidSignature:
        raise BadToken("not signed by us") from None
    return token.claims
