"""The signed token in a pass's QR code, as a door reads it with no network (R4.4).

19 bytes: event 4, pass 6, issue 1, expiry 4 (seconds of the epoch), zones 2, key number 2; then
64 bytes Ed25519 signature over them. 83 bytes are 133 characters of Base32 without padding.
The QR says `HTTPS://HOST/D/EH1:...` in capitals, so that it stays in alphanumeric mode and a
phone's own camera opens the door page.
"""

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.passes.models import Pass

PURPOSE = "passes"
PREFIX = "EH1:"
LAYOUT = struct.Struct(">I6sBIHH")
SIGNATURE_BYTES = 64
LENGTH = 133


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


def token_of(entry: Pass) -> str:
    """Return the token of the pass's present issue: "EH1:" and 133 characters."""
    claims = LAYOUT.pack(
        entry.event_id,
        entry.id.to_bytes(6, "big"),
        entry.issue,
        int(entry.expires_at.timestamp()),
        entry.zone_bits,
        int(entry.key_id.removeprefix("k")),
    )
    signed = claims + ring().signing_key(PURPOSE, entry.key_id).sign(claims)
    return PREFIX + base64.b32encode(signed).decode().rstrip("=")


def qr_text(entry: Pass, host: str, *, is_https: bool = True) -> str:
    """Return what the QR code of the pass holds."""
    scheme = "HTTPS" if is_https else "HTTP"
    return f"{scheme}://{host.upper()}/D/{token_of(entry)}"


def read(text: str) -> Claims:
    """Return the claims of a scanned or typed token, whatever stands before "EH1:".

    Raises BadToken where it is not one of ours.
    """
    _before, found, body = text.strip().upper().rpartition(PREFIX)
    if not found or len(body) != LENGTH:
        raise BadToken("not a pass")
    try:
        signed = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        raise BadToken("not Base32") from None
    if base64.b32encode(signed).decode().rstrip("=") != body:
        raise BadToken("a spare bit is set")
    claims, signature = signed[: LAYOUT.size], signed[LAYOUT.size :]
    event_id, pass_id, issue, expiry, zone_bits, key_number = LAYOUT.unpack(claims)
    key_id = f"k{key_number:04d}"
    try:
        public_key(key_id).verify(signature, claims)
    except (InvalidSignature, KeyDestroyed):
        raise BadToken("not signed by us") from None
    return Claims(
        event_id, int.from_bytes(pass_id, "big"), issue,
        datetime.fromtimestamp(expiry, UTC), zone_bits, key_id,
    )  # fmt: skip


def public_key(key_id: str) -> Ed25519PublicKey:
    """Return the key with which devices check tokens."""
    return ring().signing_key(PURPOSE, key_id).public_key()
