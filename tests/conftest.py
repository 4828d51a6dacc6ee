"""What every test stands on: a fresh database, a clock, a browser without JavaScript."""

import gc
import os
import shutil
from collections.abc import Iterator
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Config, Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event, text

from eventhub.agenda import jobs as agenda_jobs
from eventhub.app import configure, create_app
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.i18n import use
from eventhub.jobs import services as jobs
from eventhub.models import METADATA
from tests.browser import Browser
from tests.paper import fonts, fonts_dir, tool
from tests.reach import pytest_collection_modifyitems, pytest_terminal_summary

__all__ = [
    "fonts",
    "fonts_dir",
    "pytest_collection_modifyitems",
    "pytest_terminal_summary",
    "tool",
]

if Path("/dev/shm").is_dir():  # tests commit thousands of times; memory syncs at once
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

gc.set_threshold(50_000, 20, 20)  # looking for garbage as often as Python does takes a sixth

POSTGRES = os.environ.get("EVENTHUB_TEST_DATABASE_URL", "")
"""Set it to run the whole suite on PostgreSQL; the database is emptied after each test."""


class Client(FlaskClient):
    """Reads each answer to its end: a stream left open would end in the midst of another test."""

    def open(self, *given: Any, buffered: bool = True, **more: Any) -> Any:
        """Send a request; see FlaskClient.open."""
        return super().open(*given, buffered=buffered, **more)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """Return an empty database with all tables: a file to copy, or a PostgreSQL address."""
    if POSTGRES:
        return _blank_postgres(worker_id)
    path = tmp_path_factory.mktemp("blank") / "blank.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    engine.dispose()
    return str(path)


def _blank_postgres(worker_id: str) -> str:
    name = f"{POSTGRES.rpartition('/')[2]}_{worker_id}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    url = POSTGRES.rsplit("/", 1)[0] + f"/{name}?options=-csynchronous_commit%3Doff"
    engine = create_engine(url)
    METADATA.create_all(engine)
    engine.dispose()
    return url


USED_SEQUENCES = """
SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


def _empty_postgres() -> None:
    """Empty the tables, and let ids begin at 1 again, as in a fresh database.

    A table whose ids count up holds nothing where none was counted. The log alone is truncated,
    since it refuses deletion. All in two round trips: this follows every test.
    """
    with db.engine.begin() as connection:
        used = set(connection.scalars(text(USED_SEQUENCES)))
        acts = []
        for table in reversed(METADATA.sorted_tables):
            if table.autoincrement_column is None or f"{table.name}_id_seq" in used:
                empty = "TRUNCATE" if table.name == "audit_entry" else "DELETE FROM"
                acts.append(f'{empty} "{table.name}"')
        acts += [f"SELECT setval('\"{sequence}\"', 1, false)" for sequence in sorted(used)]
        connection.exec_driver_sql("; ".join(acts))


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Return the name of this pytest-xdist worker, "main" where there is one process."""
    workerinput = getattr(request.config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "main"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English, whatever the one before it spoke."""
    with use("en"):
        yield


@pytest.fixture(autouse=True)
def jobs_succeed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a job that fails in a test fail the test, at once, unless it is about failing.

    Programmes are printed only where the test has fonts, whatever ran before it.
    """
    if "fonts" not in request.fixturenames:
        monkeypatch.setattr(agenda_jobs, "PROGRAMME_PAPERS", [])
    if request.node.get_closest_marker("failing_jobs"):
        return

    def fail(job_id: int, _owner: str, error: str) -> None:
        raise AssertionError(f"job {job_id} failed: {error}")

    monkeypatch.setattr(jobs, "fail", fail)


@pytest.fixture
def settings(blank: str, database_folder: Path, tmp_path: Path) -> Settings:
    """Return settings of an installation of this test alone, its database empty."""
    if POSTGRES:
        url = blank
    else:
        for leftover in database_folder.glob("test.sqlite*"):
            leftover.unlink()
        shutil.copy(blank, database_folder / "test.sqlite")
        url = f"sqlite:///{database_folder / 'test.sqlite'}"
    return Settings(
        mode="test",
        data_dir=tmp_path / "data",
        database_url=url,
        base_url="http://localhost",
        secret_keys="only-for-tests-" * 4,
    )


@pytest.fixture(scope="session")
def database_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which each test's database stands, one after the other."""
    return tmp_path_factory.mktemp("database")


@pytest.fixture(scope="session")
def built() -> dict[str, tuple[Flask, Config]]:
    """Keep the application of each database, as configured at first: to build one takes as long
    as to run a test."""
    return {}


@pytest.fixture
def app(
    settings: Settings, built: dict[str, tuple[Flask, Config]], request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """Return the application, its context open, on an empty database.

    It is built once and set up anew for each test, but for those marked `own_app`, which change
    what cannot be changed back.
    """
    if request.node.get_closest_marker("own_app"):
        app = create_app(settings)
    else:
        if settings.database not in built:
            app = create_app(settings)
            built[settings.database] = app, copy(app.config)
        app, config = built[settings.database]
        app.config = copy(config)
        configure(app, settings)
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
        if POSTGRES:
            _empty_postgres()
        db.engine.dispose()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Give the list of SQL statements sent, filled as they are sent; clear it when you like."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a visitor who has not signed in."""
    return Browser(app)


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Stop the clock at noon UTC on 1 March 2026, and return that instant."""
    instant = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
    with clock.at(instant):
        yield instant
