"""What features contribute: the wording of their messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in words: one subject line, plain text, HTML, attachments."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None


class Message(Protocol):
    """Words the message in the present language; None where there is nothing to say any more."""

    def __call__(self, event_id: int | None, ids: Mapping[str, Any], /) -> Letter | None: ...


MESSAGES: dict[str, Message] = {}
"""By name; filled by `eventhub/parts.py`."""

CAUGHT: list[Callable[[int | None], bool]] = []
"""Whether mails of an event (by its id) are caught: worded and kept, but never let out of the
house. Filled by `eventhub/parts.py`."""
