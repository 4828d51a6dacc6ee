"""Handing a letter to a mail server, or to a folder in the demo and in development."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.mail.seams import Letter

TIMEOUT_SECONDS = 30
FOR_GOOD = 500
"""From here on a server's code says: never; below it says: not now."""


class Transport(Protocol):
    """Takes a message; raises OSError or SMTPException where it could not."""

    def deliver(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server: smtp:// speaks STARTTLS where offered, smtps:// TLS from the start."""

    url: str

    def deliver(self, message: EmailMessage) -> None:
        """Send the message over a connection of its own."""
        with self._open() as client:
            client.send_message(message)

    def greet(self) -> None:
        """Connect, sign in where a name is given, and leave: to see whether the server is there."""
        with self._open() as client:
            client.noop()

    def _open(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
        port = parts.port or (465 if secure else 25)
        context = ssl.create_default_context()
        client: smtplib.SMTP = (
            smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
            if secure
            else smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        )
        try:
            client.ehlo()
            if not secure and client.has_extn("starttls"):
                client.starttls(context=context)
                client.ehlo()
            if parts.username:
                client.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            client.close()
            raise
        return client


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder into which each message is written as an .eml file."""

    path: Path

    def deliver(self, message: EmailMessage) -> None:
        """Write the message under the time and its id."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        ident = str(message["Message-ID"]).strip("<>").split("@")[0]
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{ident}.eml"
        (self.path / name).write_bytes(bytes(message))


def transport(settings: Settings) -> Transport:
    """Return the transport the settings name."""
    if settings.mail.startswith("folder:"):
        return Folder(settings.folder("mail"))
    return Smtp(settings.mail)


def ascii_domain(address: str) -> str:
    """Return the address with its domain as mail servers know it; ValueError where none is one."""
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{domain.encode('idna').decode()}"


def is_for_good(error: Exception) -> bool:
    """Tell whether the server would refuse the same letter again, however often it is asked."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _said in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= FOR_GOOD
    return isinstance(error, ValueError | MessageError | smtplib.SMTPNotSupportedError)


def compose(letter: Letter, *, to: str, sender: str, message_id: str, domain: str) -> EmailMessage:
    """Put the letter into an e-mail message: plain text, HTML beside it, attachments."""
    message = EmailMessage()
    name, address = parseaddr(sender)
    message["From"] = str(Address(name, addr_spec=address))
    message["To"] = Address(addr_spec=ascii_domain(to))
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    for attachment in letter.attachments:
        kind, _slash, rest = attachment.media_type.partition("/")
        subtype, _semicolon, params = rest.partition(";")
        more = dict(p.strip().split("=", 1) for p in params.split(";") if "=" in p)
        message.add_attachment(
            attachment.data,
            maintype=kind,
            subtype=subtype.strip(),
            filename=attachment.name,
            params=more,
        )
    return message
