"""Signing PDFs by the installation's key."""

from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from flask import current_app

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.signing.key import SigningKey, SigningRefused, read_key
from eventhub.signing.timestamps import TimeStamps

__all__ = ["Signer", "SigningRefused", "key_of", "signer"]

_SPARE = 512
"""Bytes kept beyond a signature as large as the first: those of a curve vary by two or three."""
_TIME_STAMP_ROOM = 12 * 1024
"""Bytes kept for a time stamp with the certificates of its authority."""
_EXTENSION = "eventhub.signing"
_reading = Lock()


class Signer:
    """What signs by one key: make it once, use it for many documents."""

    def __init__(self, key: SigningKey, time_stamps: TimeStamps | None = None) -> None:
        from eventhub.signing.cms import (  # noqa: PLC0415  (heavy: only the worker signs)
            CmsTemplate,
        )

        self.key = key
        self._time_stamps = time_stamps
        self._template = CmsTemplate(key)
        nothing = bytes(32)
        longest = self._template.enclose(nothing, self._template.signature(nothing))
        self.room = len(longest) + _SPARE + (_TIME_STAMP_ROOM if time_stamps else 0)
        """Bytes that an empty signature field must keep."""

    def sign(self, pdf: bytes, *, label: str, signed_at: datetime | None = None) -> bytes:
        """Return a tagged PDF with a signature field, signed.

        `label` is what readers aloud say of the field, in the document's language. Raises
        SigningRefused where the key may not sign now or the authority of the time is silent.
        """
        from eventhub.signing.field import with_field  # noqa: PLC0415  (only the worker signs)

        when = signed_at or clock.now()
        return self.fill(with_field(pdf, room=self.room, signed_at=when, label=label))

    def fill(self, pdf: bytes) -> bytes:
        """Return a PDF that was written with an empty signature field of our room, signed.

        The field's dictionary holds /Contents<00...> of `room` bytes and a /ByteRange of four
        numbers of ten digits. Raises as `sign` does.
        """
        from eventhub.signing.field import fill  # noqa: PLC0415  (only the worker signs)

        return fill(pdf, self.cms)

    def cms(self, digest: bytes) -> bytes:
        """Return the CMS over a document's SHA-256 digest, as DER of at most `room` bytes.

        For whoever writes a PDF and patches the signature in; raises as `sign` does.
        """
        self.key.refuse_outside_its_time(clock.now())
        signature = self._template.signature(digest)
        stamp = self._time_stamps.token(signature) if self._time_stamps else b""
        return self._template.enclose(digest, signature, stamp)


def signer() -> Signer | None:
    """Return the installation's signer, read once, and again when its file changes.

    None where no key is set. Raises SigningRefused where one is set and may not sign now.
    """
    settings: Settings = current_app.extensions["eventhub.settings"]
    if not settings.signing_key:
        return None
    with _reading:
        found = _current(settings, current_app.extensions)
    found.key.refuse_outside_its_time(clock.now())
    return found


def key_of(settings: Settings) -> SigningKey | None:
    """Return the key that is set, whether or not it is valid now; SigningRefused as `read_key`."""
    if not settings.signing_key:
        return None
    return read_key(_file(settings), settings.signing_passphrase)


def _current(settings: Settings, kept: dict[str, Any]) -> Signer:
    file, passphrase, url = _file(settings), settings.signing_passphrase, settings.timestamp_url
    changed = file.stat().st_mtime_ns if file.is_file() else 0
    made_from = (file, changed, passphrase, url)
    if kept.get(_EXTENSION, (None,))[0] != made_from:
        key = read_key(file, passphrase)
        kept[_EXTENSION] = made_from, Signer(key, TimeStamps(url) if url else None)
    found: Signer = kept[_EXTENSION][1]
    return found


def _file(settings: Settings) -> Path:
    """Return where the key lies: its name is read from the key ring's folder on."""
    return settings.keys / settings.signing_key
