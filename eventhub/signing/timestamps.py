"""Time stamps: a word of an authority on when a signature was there (RFC 3161)."""

import asyncio
import hashlib
from typing import Any

from eventhub.i18n import _
from eventhub.signing.key import SigningRefused

SECONDS = 10


class TimeStamps:
    """One time stamping authority, asked over HTTP."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stamper: Any = None

    def token(self, signature: bytes) -> bytes:
        """Return the authority's token over a signature, as DER; SigningRefused without one."""
        # Heavy: only the worker signs, and only some installations have an authority.
        from pyhanko.sign.timestamps.common_utils import TimestampRequestError  # noqa: PLC0415
        from pyhanko.sign.timestamps.requests_client import (  # noqa: PLC0415
            RequestsHTTPTimeStamper,
        )

        if self._stamper is None:
            make: Any = RequestsHTTPTimeStamper
            self._stamper = make(self._url, timeout=SECONDS)
        digest = hashlib.sha256(signature).digest()
        try:
            token = asyncio.run(self._stamper.async_timestamp(digest, "sha256"))
            imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            is_ours = imprint["hashed_message"].native == digest
        except (TimestampRequestError, OSError, ValueError, TypeError) as error:
            raise SigningRefused(
                _("The time stamping authority gave no time stamp: %(reason)s", reason=error)
            ) from error
        if not is_ours:
            raise SigningRefused(_("The time stamping authority stamped something else."))
        return bytes(token.dump())
