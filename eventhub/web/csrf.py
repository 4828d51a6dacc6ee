"""Protection against forged requests: a secret in the session, masked anew in every answer.

The mask keeps compression from leaking the secret. Every unsafe request is checked, whatever its
view; nothing is exempt but devices with tokens of their own.
"""

import base64
import binascii
import hmac
import secrets
from urllib.parse import urlsplit

from flask import abort, current_app, request, session

from eventhub.config import Settings
from eventhub.i18n import _

FIELD = "csrf_token"
SIZE = 32
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def csrf_token() -> str:
    """Return a token for a form of this session, different each time."""
    secret, mask = _secret(), secrets.token_bytes(SIZE)
    return base64.urlsafe_b64encode(mask + _xor(secret, mask)).decode()


def empty_session() -> None:
    """Forget all that the session holds but the secret, so that pages still open can be sent.

    For leaving; whoever signs in with a password or code gets a new secret.
    """
    secret = session.get("csrf")
    session.clear()
    if secret:
        session["csrf"] = secret


def check() -> None:
    """Abort with 400 where an unsafe request brings no valid token or a foreign origin."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    settings: Settings = current_app.extensions["eventhub.settings"]
    foreign = origin is not None and urlsplit(origin).netloc not in (request.host, settings.host)
    if foreign or not _valid(request.form.get(FIELD) or request.headers.get("X-CSRF-Token")):
        abort(400, _("This form is too old to be sent. Go back, reload the page, send it again."))


def _secret() -> bytes:
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(SIZE)
    return bytes.fromhex(session["csrf"])


def _valid(token: str | None) -> bool:
    if not token or "csrf" not in session:
        return False
    try:
        raw = base64.urlsafe_b64decode(token)
    except (ValueError, binascii.Error):
        return False
    return len(raw) == 2 * SIZE and hmac.compare_digest(_xor(raw[:SIZE], raw[SIZE:]), _secret())


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
