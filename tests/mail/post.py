"""A real mail server on this machine, for tests that look at what arrives."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What a mail server took, and what it shall refuse."""

    taken: list[EmailMessage] = field(default_factory=list)
    refuse_recipient: str = ""
    refuse_data: str = ""
    greeted: int = 0

    async def handle_NOOP(  # noqa: N802
        self, _server: Any, _session: Any, _envelope: Any, _argument: str
    ) -> str:
        """Count who only wants to know whether somebody is there."""
        self.greeted += 1
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  (the name that aiosmtpd calls)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the recipient, or refuse it."""
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the letter, or refuse it."""
        if self.refuse_data:
            return self.refuse_data
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


def free_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def mail_server(port: int) -> Iterator[Post]:
    """Run a mail server that knows no SMTPUTF8; give what it takes."""
    box = Post()
    server = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    server.start()
    try:
        yield box
    finally:
        server.stop()
