"""Reading what was sent to the folder."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask

from eventhub.config import Settings


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as its reader gets it."""

    to: str
    subject: str
    text: str
    html: str
    message: EmailMessage


def letters(app: Flask) -> list[SentLetter]:
    """Return the letters written to the folder, oldest first."""
    settings: Settings = app.extensions["eventhub.settings"]
    found = settings.folder("mail").glob("*.eml")
    by_age = sorted(found, key=lambda path: path.stat().st_mtime_ns)  # tests may stop the clock
    return [_read(path.read_bytes()) for path in by_age]


def _read(data: bytes) -> SentLetter:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    assert text is not None
    assert html is not None
    to, subject = str(message["To"]), str(message["Subject"])
    return SentLetter(to, subject, text.get_content(), html.get_content(), message)
