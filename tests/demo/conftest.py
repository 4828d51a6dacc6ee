"""The demo, loaded once for all tests of it: do not change what is in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core.db import db
from eventhub.demo.loader import load
from eventhub.demo.loading.crew import DemoAccount
from eventhub.events.models import Event
from eventhub.models import METADATA
from eventhub.registration.models import Registration
from tools.loaded_demo import SECRET, start_from_loaded


@dataclass
class Demo:
    """The application with the demo in it, the accounts, and what loading told."""

    app: Flask
    settings: Settings
    accounts: Sequence[DemoAccount]
    told: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Load the demo into a database of its own: SQLite, as `eventhub demo` does."""
    settings = Settings(
        mode="demo",
        data_dir=tmp_path_factory.mktemp("demo"),
        base_url="http://localhost",
        secret_keys=SECRET,
    )
    start_from_loaded(settings.data_dir)
    app, told = create_app(settings), list[str]()
    with app.app_context():
        METADATA.create_all(db.engine)
        accounts = load(told.append)
        db.session.remove()
        db.engine.dispose()
    return Demo(app, settings, accounts, told)


@pytest.fixture
def demo(demo_once: Demo) -> Iterator[Demo]:
    """Return the demo, its application context open."""
    with demo_once.app.app_context():
        yield demo_once
        db.session.remove()


def count_rows() -> dict[str, int]:
    """Return the number of rows of every table."""
    tables = METADATA.sorted_tables
    return {t.name: db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def registrations(event: Event) -> list[Registration]:
    query = select(Registration).where(Registration.event_id == event.id)
    return list(db.session.scalars(query.order_by(Registration.id)))
