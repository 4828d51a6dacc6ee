"""When a form was handed out, signed, so that it may end a little after the deadline (R1.14)."""

import hmac
from datetime import UTC, datetime

from eventhub.core import clock
from eventhub.keys.ring import ring

_PURPOSE = "links"


def stamp(event_id: int) -> str:
    """Return the present second, signed for the event."""
    seconds = int(clock.now().timestamp())
    return f"{seconds}.{_code(event_id, seconds)}"


def stamped_at(text: str, event_id: int) -> datetime | None:
    """Return when the form was handed out; None where the stamp is missing or not ours."""
    seconds, _dot, code = text.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return None
    if not hmac.compare_digest(code.encode(), _code(event_id, int(seconds)).encode()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _code(event_id: int, seconds: int) -> str:
    return ring().mac(_PURPOSE, f"form:{event_id}:{seconds}").hex()[:32]
