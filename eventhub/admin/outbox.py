"""Letters that were written to the folder, for the page that shows them in the demo."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from markupsafe import Markup, escape

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f-]{36}")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as the page shows it; its text with links that can be followed."""

    name: str
    at: datetime
    to: str
    subject: str
    text: Markup
    attachments: tuple[str, ...]


def newest(folder: Path, count: int) -> list[KeptLetter]:
    """Return the newest letters of the folder, newest first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    return [_read(folder, name) for name in names[:count] if NAME.fullmatch(name)]


def find(folder: Path, name: str) -> KeptLetter | None:
    """Return one letter of the folder by its name."""
    known = NAME.fullmatch(name) and (folder / f"{name}.eml").is_file()
    return _read(folder, name) if known else None


def attachment(folder: Path, name: str, number: int) -> tuple[str, str, bytes] | None:
    """Return name, media type and bytes of a letter's attachment, numbered from 0."""
    if find(folder, name) is None:
        return None
    parts = list(_message(folder, name).iter_attachments())
    if not 0 <= number < len(parts):
        return None
    part = parts[number]
    data = part.get_payload(decode=True)
    return part.get_filename() or "file", part.get_content_type(), bytes(data or b"")


def _message(folder: Path, name: str) -> EmailMessage:
    message = message_from_bytes((folder / f"{name}.eml").read_bytes(), policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes e-mail messages")
    return message


def _read(folder: Path, name: str) -> KeptLetter:
    message = _message(folder, name)
    body = message.get_body(["plain"])
    text = body.get_content() if body else ""
    return KeptLetter(
        name=name,
        at=datetime.strptime(f"{name[:22]}+0000", "%Y%m%d-%H%M%S-%f%z"),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=_paragraphs(text),
        attachments=tuple(part.get_filename() or "?" for part in message.iter_attachments()),
    )


def _paragraphs(text: str) -> Markup:
    """Return the text as paragraphs, its lines kept, its addresses made links."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return Markup("").join(
        Markup('<p dir="auto">{}</p>\n').format(
            Markup("<br>").join(_with_links(line) for line in block.split("\n"))
        )
        for block in blocks
    )


def _with_links(text: str) -> Markup:
    """Return the text with its addresses made links, everything else as it stands."""
    pieces, end = [], 0
    for found in LINK.finditer(text):
        url = found.group()
        pieces += [
            escape(text[end : found.start()]),
            Markup('<a href="{}">{}</a>').format(url, url),
        ]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])
