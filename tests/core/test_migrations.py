"""Migrations of a database in which there is something already."""

from pathlib import Path
from typing import Any

import pytest

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core.db import db
from eventhub.schema import upgrade


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")  # of Alembic
def test_table_that_others_refer_to_is_made_anew_with_its_rows(tmp_path: Path) -> None:
    """SQLite drops and fills such a table; 0011 does so with the jobs."""
    app = create_app(
        Settings(mode="test", data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/old.sqlite")
    )
    with app.app_context():
        upgrade(app, "0010")
        with db.engine.begin() as connection:
            columns: list[Any] = list(connection.exec_driver_sql("PRAGMA table_info(job)"))
            names = ", ".join(column[1] for column in columns)
            values = ", ".join("1" if "INT" in column[2] else "'{}'" for column in columns)
            connection.exec_driver_sql(f"INSERT INTO job ({names}) VALUES ({values})")
            connection.exec_driver_sql("CREATE TABLE note (job_id REFERENCES job (id))")
            connection.exec_driver_sql("INSERT INTO note VALUES (1)")
        upgrade(app)
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT id FROM job").scalar() == 1
            assert not list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        db.engine.dispose()
