"""A site of the test run's own: empty database, server and worker as in production."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from flask import Flask

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.models import METADATA
from tools.running_demo import CHECKOUT, END_SECONDS, free_port, wait_until_ready

LETTER_SECONDS = 30
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Site:
    """A running installation: its address without a slash at the end, and its settings."""

    base: str
    settings: Settings
    more: Mapping[str, str] = field(default_factory=dict)
    """Environment of its processes beside its settings."""

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which the site's own commands run."""
        return {
            **os.environ,
            **self.more,
            "EVENTHUB_MODE": self.settings.mode,
            "EVENTHUB_BASE_URL": self.base,
            "EVENTHUB_DATA_DIR": str(self.settings.data_dir),
            "EVENTHUB_FONTS_DIR": str(self.settings.fonts),
            "EVENTHUB_DATABASE_URL": self.settings.database_url,
            "EVENTHUB_SECRET_KEYS": self.settings.secret_keys,
        }

    @cached_property
    def app(self) -> Flask:
        """Return the application on the site's own database, to prepare what a test starts from."""
        return create_app(self.settings)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Open the application's context, as a process of its own beside server and worker."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()

    def letters_to(self, address: str) -> list[EmailMessage]:
        """Return the letters to this address, oldest first."""
        found = []
        for path in sorted((self.settings.data_dir / "mail").glob("*.eml")):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(letter, EmailMessage)
            if address in str(letter["To"]):
                found.append(letter)
        return found

    def letter_to(self, address: str, number: int = 1) -> EmailMessage:
        """Return the letter with this number, from 1, as soon as the worker has written it."""
        patience = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < patience:
            if len(letters := self.letters_to(address)) >= number:
                return letters[number - 1]
            time.sleep(0.2)
        there = [str(letter["Subject"]) for letter in self.letters_to(address)]
        raise AssertionError(f"letter {number} to {address} did not come; there are {there}")


def text_of(letter: EmailMessage) -> str:
    """Return the letter's plain text."""
    body = letter.get_body(["plain"])
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, piece: str) -> str:
    """Return the first address in the letter's text that holds this piece."""
    return next(link for link in LINK.findall(text_of(letter)) if piece in link)


def load_states() -> None:
    """Fill an empty database with what every installation has."""
    with transaction():
        load_reference(actor=SYSTEM)


@contextmanager
def running_site(
    folder: Path,
    fonts: Path,
    load: Callable[[], None] = load_states,
    more: Mapping[str, str] = MappingProxyType({}),
    with_worker: bool = True,
) -> Iterator[Site]:
    """Make an installation in the folder, fill it, serve it with its worker, end both."""
    site = site_of(Settings(mode="demo", data_dir=folder, fonts_dir=fonts), more)
    with site.inside():
        METADATA.create_all(db.engine)
        load()
    with serving(site, with_worker=with_worker):
        yield site


def site_of(settings: Settings, more: Mapping[str, str] = MappingProxyType({})) -> Site:
    """Return an installation at a free port of this machine."""
    base = f"http://127.0.0.1:{free_port()}"
    return Site(base, replace(settings, base_url=base), more)


@contextmanager
def serving(site: Site, *, with_worker: bool = True) -> Iterator[None]:
    """Serve an installation whose database is ready until the block ends."""
    log = site.settings.folder("") / "server.log"
    address = site.base.removeprefix("http://")
    run = ["run", "--port", address.rpartition(":")[2]]
    with log.open("w") as output:
        command = [sys.executable, "-m", "eventhub"]
        command += run if with_worker else ["web", "--bind", address]
        server = subprocess.Popen(
            command, cwd=CHECKOUT, env=site.environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until_ready(site.base, server, log, "/readyz" if with_worker else "/healthz")
        yield
    finally:
        server.terminate()
        try:
            server.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        with site.inside():
            db.engine.dispose()
