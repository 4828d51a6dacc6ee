"""Making and reading tokens with the key ring; what they look like, see `codes`."""

import hmac
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from eventhub.core import clock
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.passes.codes import (
    MAC_BYTES,
    BadToken,
    Claims,
    Token,
    pack,
    read_offline,
    token_in,
)
from eventhub.passes.models import Pass
from eventhub.passes.rules import key_ends_at

__all__ = ["PURPOSE", "BadToken", "Claims", "read"]

PURPOSE = "passes"


def token_of(entry: Pass) -> str:
    """Return the signed token of the pass's present issue: "EH1:" and 133 characters."""
    packed = pack(_claims_of(entry))
    return str(Token(packed, ring().signing_key(PURPOSE, entry.key_id).sign(packed)))


def short_token_of(entry: Pass) -> str:
    """Return the short token, for doors that are always online: "EH1:" and 50 characters."""
    packed = pack(_claims_of(entry))
    return str(Token(packed, _mac(packed, entry.key_id)))


def qr_text(entry: Pass, host: str, *, is_https: bool = True) -> str:
    """Return what the QR code of the pass holds."""
    return _address(token_of, entry, host, is_https=is_https)


def short_qr_text(entry: Pass, host: str, *, is_https: bool = True) -> str:
    """Return what the QR code of the pass holds in its short form."""
    return _address(short_token_of, entry, host, is_https=is_https)


def read(text: str) -> Claims:
    """Return the claims of a scanned or typed token, whatever stands before "EH1:".

    Raises BadToken where it is not one of ours.
    """
    token = token_in(text)
    key_id = token.claims.key_id
    try:
        if not token.is_short:
            return read_offline(text, {key_id: public_key(key_id).public_bytes_raw()})
        if hmac.compare_digest(_mac(token.packed, key_id), token.proof):
            return token.claims
    except KeyDestroyed:
        pass
    raise BadToken("not signed by us")


def public_key(key_id: str) -> Ed25519PublicKey:
    """Return the key with which devices check tokens."""
    return ring().signing_key(PURPOSE, key_id).public_key()


def public_keys() -> dict[str, bytes]:
    """Return all keys that devices need, old ones too: 32 bytes by key id."""
    found = {}
    for key_id in ring().ids(PURPOSE):
        with suppress(KeyDestroyed):
            found[key_id] = public_key(key_id).public_bytes_raw()
    return found


def signing_key_id() -> str:
    """Return the id of the key that signs now; one whose time is over is followed by a new one.

    What the old one signed stays good.
    """
    newest = ring().newest(PURPOSE)
    if clock.now() >= signs_until():
        return ring().rotate(PURPOSE)
    return newest


def signs_until() -> datetime:
    """Return when the newest key stops signing, by itself."""
    return key_ends_at(ring().made_at(PURPOSE, ring().newest(PURPOSE)))


def ends_soon(before: timedelta) -> bool:
    """Tell whether the newest key stops signing within this time."""
    return signs_until() - clock.now() <= before


def _claims_of(entry: Pass) -> Claims:
    return Claims(
        entry.event_id, entry.id, entry.issue, entry.expires_at, entry.zone_bits, entry.key_id
    )


def _mac(packed: bytes, key_id: str) -> bytes:
    """Return the proof of a short token: a key of its own, made from that of the signature."""
    key = ring().mac(PURPOSE, "short tokens", key_id)
    return hmac.digest(key, packed, "sha256")[:MAC_BYTES]


def _address(write: Callable[[Pass], str], entry: Pass, host: str, *, is_https: bool) -> str:
    scheme = "HTTPS" if is_https else "HTTP"
    return f"{scheme}://{host.upper()}/D/{write(entry)}"
