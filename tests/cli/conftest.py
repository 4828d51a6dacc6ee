"""Installations whose database has the newest schema: migrated once, then copied."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Place, free_port


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an installation that `eventhub migrate` made."""
    folder = tmp_path_factory.mktemp("migrated")
    answer = Place(folder, free_port()).call("migrate")
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.fixture
def place(migrated: Path, tmp_path: Path) -> Place:
    """Return an installation with an empty database of the newest schema."""
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path, free_port())
