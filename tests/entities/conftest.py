"""An application with the entities' tables, on SQLite in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

import eventhub.audit.models  # noqa: F401  (its tables)
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.keys.ring import KeyRing


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """Give an application whose database holds no entity yet."""
    app = Flask("entities")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'test.db'}"
    app.extensions["eventhub.keys"] = KeyRing(tmp_path / "keys")
    db.init_app(app)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def loaded(empty: Flask) -> Flask:
    """Give an application with the reference data."""
    with transaction():
        load_reference(actor=SYSTEM)
    return empty


@pytest.fixture
def statements(empty: Flask) -> Iterator[list[str]]:
    """Give the list of SQL statements sent, filled as they are sent."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
