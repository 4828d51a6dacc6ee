"""Parting what attendance takes from what certificates look like."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask_migrate import downgrade

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core.db import db
from eventhub.schema import upgrade


def _settings() -> dict[str, object]:
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql('SELECT feature, "values" FROM event_setting')
        return {feature: json.loads(values) for feature, values in rows}


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")  # of Alembic
def test_policy_moves_to_attendance_and_back(tmp_path: Path) -> None:
    app = create_app(
        Settings(mode="test", data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/old.sqlite")
    )
    policy = {"post_test": 0.6, "mandatory": ["M1"]}
    design = {"languages": ["en", "fr"]}
    with app.app_context():
        upgrade(app, "0042")
        with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
            connection.execute(
                'INSERT INTO event_setting (event_id, feature, "values") VALUES (1, ?, ?)',
                ("certificates", json.dumps({**policy, **design})),
            )
            connection.commit()
        upgrade(app, "0043")
        assert _settings() == {"attendance": policy, "certificates": design}
        downgrade(revision="0042")
        assert _settings() == {"certificates": {**design, **policy}}
        db.engine.dispose()
