"""Take a database from empty to the newest schema and back, and compare it with the models.

    python -m tools.check_migrations

Uses the empty database of EVENTHUB_TEST_DATABASE_URL, else a new SQLite file.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, inspect

ROOT = Path(__file__).resolve().parent.parent
FLASK_DB = [sys.executable, "-m", "flask", "--app", "eventhub.schema:migrating", "db"]
UP = [sys.executable, "-m", "eventhub", "migrate"]
LEFT_AT_BASE = {"alembic_version", "sqlite_sequence"}


def main() -> None:
    """Migrate up, find no difference to the models, migrate down to nothing, and up again."""
    with tempfile.TemporaryDirectory(prefix="eventhub-migrations-") as folder:
        sqlite = f"sqlite:///{folder}/eventhub.sqlite"
        address = os.environ.get("EVENTHUB_TEST_DATABASE_URL") or sqlite
        environment = {
            **os.environ,
            "EVENTHUB_DATABASE_URL": address,
            "EVENTHUB_DATA_DIR": folder,
            "EVENTHUB_MODE": "development",
        }
        run("empty -> head", UP, environment)
        run("models agree", [*FLASK_DB, "check"], environment)
        run("head -> base", [*FLASK_DB, "downgrade", "base"], environment)
        left = leftovers(address)
        if left:
            raise SystemExit(f"Left behind at base: {', '.join(sorted(left))}")
        run("empty -> head again", UP, environment)


def run(title: str, command: list[str], environment: dict[str, str]) -> None:
    """Run one step in the checkout; stop at the first that fails, with what it said."""
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    print(f"{'FAIL' if answer.returncode else 'ok  '} {title}", flush=True)
    if answer.returncode:
        print(answer.stdout[-3000:] + answer.stderr[-3000:])
        raise SystemExit(1)


def leftovers(address: str) -> set[str]:
    """The tables, views and (on PostgreSQL) types that no downgrade took away."""
    engine = create_engine(address)
    try:
        found = inspect(engine)
        names = {*found.get_table_names(), *found.get_view_names()}
        if engine.dialect.name == "postgresql":
            names |= {enum["name"] for enum in found.get_enums()}  # type: ignore[attr-defined]
    finally:
        engine.dispose()
    return names - LEFT_AT_BASE


if __name__ == "__main__":
    main()
