"""Runs the migrations for `eventhub migrate` and `flask db`."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from eventhub.core.db import UtcDateTime, WallTime
from eventhub.i18n import TranslatedText
from eventhub.models import METADATA

PLAIN = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    WallTime: "sa.DateTime()",
    TranslatedText: 'sa.JSON().with_variant(JSONB(), "postgresql")',
}


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our column types as plain ones, so that migrations never import the application."""
    if kind != "type":
        return False
    if type(item) in PLAIN:
        plain = PLAIN[type(item)]
        if "JSONB" in plain:
            autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return plain
    return False


def same_type(_context: Any, _column: Any, found: Any, wanted: Any, *_rest: Any) -> bool | None:
    """JSON and our types look different in each database; compare the others as usual."""
    return False if isinstance(wanted, tuple(PLAIN)) or "JSON" in repr(found) else None


def run() -> None:
    """Migrate over the application's own engine."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text("SET statement_timeout = '10min'"))
            connection.commit()
        else:
            mind_references(connection, mind=False)
        context.configure(
            connection=connection.execution_options(write=True),
            target_metadata=METADATA,
            render_as_batch=True,
            render_item=render_item,
            compare_type=same_type,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            mind_references(connection, mind=True)


def mind_references(connection: Connection, *, mind: bool) -> None:
    """Let SQLite refuse rows without what they refer to, or let tables be made anew meanwhile.

    By the driver itself: within a transaction, which SQLAlchemy begins with the first statement,
    SQLite passes the pragma over in silence.
    """
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {'ON' if mind else 'OFF'}")
    cursor.close()


run()
