"""Looking whether an installation is in order."""

import os
import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db, reachable
from eventhub.jobs.queries import count_by_state, seconds_behind
from eventhub.mail.transport import Smtp
from eventhub.passes import tokens
from eventhub.passes.rules import TOLD_BEFORE
from eventhub.printing.fonts import COVERAGE
from eventhub.schema import revisions
from eventhub.signing.signer import SigningRefused, key_of

LATE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is good, and what to know or to do."""

    what: str
    is_good: bool
    says: str


def examine(app: Flask) -> list[Finding]:
    """Look at settings, database, work, folders, keys, fonts and mail, in this order."""
    settings: Settings = app.extensions["eventhub.settings"]
    looks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _settings, _database, _folders, _keys, _pass_key, _signing, _fonts, _mail,
    )  # fmt: skip
    return [finding for look in looks for finding in look(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("settings", True, f"{settings.mode}, {settings.base_url}")
    if settings.mode == "production":
        said = "base_url speaks TLS" if settings.is_https else "EVENTHUB_BASE_URL is not https"
        yield Finding("encryption", settings.is_https, said)


def _database(_settings: Settings) -> Iterator[Finding]:
    try:
        reachable()
    except SQLAlchemyError as error:
        yield Finding("database", False, f"does not answer: {str(error.__cause__)[:200]}")
        return
    yield Finding("database", True, db.engine.dialect.name)
    present, head = revisions()
    newest = head is not None and present == head
    yield Finding("schema", newest, str(present) if newest else "run: eventhub migrate")
    if not newest:
        return
    behind = seconds_behind()
    late = behind > LATE_SECONDS
    said = f"the oldest waits {behind:.0f} s: is a worker running?" if late else "no job is late"
    yield Finding("worker", not late, said)
    failed = count_by_state().get("failed", 0)
    said = f"{failed} failed: see Installation, Work" if failed else "none failed"
    yield Finding("jobs", not failed, said)


def _folders(settings: Settings) -> Iterator[Finding]:
    for name in ("files", "mail"):
        folder = settings.folder(name)
        good = os.access(folder, os.W_OK)
        yield Finding(f"folder {name}", good, str(folder) if good else f"{folder}: not writable")


def _keys(settings: Settings) -> Iterator[Finding]:
    folder: Path = settings.keys
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    open_to = stat.S_IMODE(folder.stat().st_mode) & 0o077
    said = f"others may read it: chmod 700 {folder}" if open_to else str(folder)
    yield Finding("keys", not open_to, said)
    inside = folder.is_relative_to(settings.data_dir.absolute())
    if settings.mode == "production" and inside:
        yield Finding("keys", False, "lie inside data_dir: set EVENTHUB_KEYS_DIR")


def _signing(settings: Settings) -> Iterator[Finding]:
    now = clock.now()
    try:
        key = key_of(settings)
        if key is not None:
            key.refuse_outside_its_time(now)
    except SigningRefused as error:
        yield Finding("signing", False, str(error))
        return
    if key is None:
        yield Finding("signing", True, "off: certificates are proved by QR, code and file")
        return
    last = f"{key.ends_at:%d %B %Y}"
    soon = key.ends_soon(now)
    said = f"by {key.holder}, " + (f"only until {last}: renew it" if soon else f"until {last}")
    yield Finding("signing", not soon, said)


def _pass_key(_settings: Settings) -> Iterator[Finding]:
    until = tokens.signs_until()
    said = f"signs new passes until {until:%Y-%m-%d}"
    near = tokens.ends_soon(TOLD_BEFORE)
    more = "; make a new one now (Installation, Keys), so that scanners learn it in time"
    yield Finding("pass key", not near, said + more if near else said)


def _fonts(settings: Settings) -> Iterator[Finding]:
    good = (settings.fonts / COVERAGE).is_file()
    yield Finding("fonts", good, str(settings.fonts) if good else "run: eventhub setup")


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.mail.startswith("folder:"):
        yield Finding("mail", True, f"written to {settings.folder('mail')}")
        return
    try:
        Smtp(settings.mail).greet()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("mail", False, f"the server does not take it: {error}")
    else:
        yield Finding("mail", True, "the server answers")
