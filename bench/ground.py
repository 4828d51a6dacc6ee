"""What is measured: an installation of its own, empty but for what a measurement puts in."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy import event as sql_event

from bench.server import ROOT
from eventhub.app import create_app
from eventhub.config import from_environment
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.events.models import Event
from eventhub.events.services import create_event, publish_event
from eventhub.i18n import Translated
from eventhub.institutions.services import create_institution

Environment = dict[str, str]
MOST_PLACES = 100_000


def options(about: str | None) -> argparse.ArgumentParser:
    """Return a parser of what all measurements take: `--quick` and `--database`."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the time")
    parser.add_argument(
        "--database",
        default=os.environ.get("EVENTHUB_TEST_DATABASE_URL", ""),
        help="a PostgreSQL address, EMPTIED before; by default that of tools.with_postgres, "
        "else SQLite",
    )
    return parser


@contextlib.contextmanager
def installation(database: str, mode: str = "development") -> Iterator[Environment]:
    """Make an empty installation; give its environment, which this process takes on too."""
    if database:
        _empty(database)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "EVENTHUB_MODE": mode,
            "EVENTHUB_DATA_DIR": folder,
            "EVENTHUB_DATABASE_URL": database,
        }
        os.environ.update(environment)
        command = [sys.executable, "-m", "eventhub", "migrate"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield environment


def application() -> Flask:
    """Return the application of the installation that this process took on."""
    return create_app(from_environment())


def open_event(preset: str) -> Event:
    """Return a public event of the preset a year ahead, with room for all who will come."""
    today = datetime.now(UTC).date()
    with transaction():
        load_reference(actor=SYSTEM)
        host = create_institution(
            Translated(en="Ministry of Digital Affairs"),
            kind="ministry",
            zone="Asia/Shanghai",
            contact_email="host@example.org",
            actor=SYSTEM,
        )
        event = create_event(
            preset=preset,
            institution_id=host.id,
            title=f"Measured {preset.replace('_', ' ')}",
            starts_on=today + timedelta(days=365),
            ends_on=today + timedelta(days=366),
            city="Xiamen",
            places=MOST_PLACES,
            actor=SYSTEM,
        )
        publish_event(event, actor=SYSTEM)
    return event


class Statements:
    """Counts the SQL statements of this process, from its making on."""

    def __init__(self) -> None:
        self.count = 0
        sql_event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, *_arguments: object) -> None:
        self.count += 1


def _empty(database: str) -> None:
    engine = create_engine(database, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
