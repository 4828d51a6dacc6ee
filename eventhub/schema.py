"""The schema of the database: brought up to date, compared with the models, told (Alembic).

Apart from the application, since no process that serves pages needs it. In a checkout,
`flask --app eventhub.schema:migrating db ...` gives all commands of Flask-Migrate.
"""

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as run_upgrade

from eventhub.app import create_app
from eventhub.core.db import db

_package = Path(__file__).resolve().parent
MIGRATIONS = next(
    path for path in (_package / "_migrations", _package.parent / "migrations") if path.exists()
)


def attach(app: Flask) -> Flask:
    """Give the application what Flask-Migrate looks for in it."""
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    return app


def migrating() -> Flask:
    """Return the application of the environment, for `flask db`."""
    return attach(create_app())


def upgrade(app: Flask, revision: str = "head") -> None:
    """Bring the database to a revision, inside the application's context."""
    attach(app)
    run_upgrade(revision=revision)


def revisions() -> tuple[str | None, str | None]:
    """Return the revision the database has and the newest there is."""
    scripts = Config()
    scripts.set_main_option("script_location", str(MIGRATIONS))
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present, ScriptDirectory.from_config(scripts).get_current_head()
