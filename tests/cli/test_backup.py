"""Back-up and restore: the same rows, the same files, nothing overwritten."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from eventhub import backup
from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, is_sqlite, transaction
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole, store_file
from eventhub.models import METADATA
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from eventhub.people.services import create_account, find_by_password
from tests.factories import make_category, make_event, make_registration

BYTES = bytes(range(256)) * 1000


@pytest.fixture
def full(app: Flask) -> Flask:
    """Return an installation with people, an event and a stored file."""
    with transaction():
        create_account("ada@example.org", "Ада 王小明", password="four words here", actor=SYSTEM)
    event = make_event()
    make_registration(event, make_category(event), family_name="N'Guessan")
    with transaction():
        store_file(
            BYTES, event_id=event.id, data_class="photo", name="é.jpg", media_type="image/jpeg"
        )
    return app


@pytest.fixture
def empty(full: Flask, tmp_path: Path) -> Iterator[Settings]:
    """Return settings of an installation where nothing is yet: on SQLite another file, on
    PostgreSQL another database."""
    settings: Settings = full.extensions["eventhub.settings"]
    if is_sqlite():
        yield replace(settings, data_dir=tmp_path / "new", database_url="")
        return
    name = f"{db.engine.url.database}_restored"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
        url = db.engine.url.set(database=name).render_as_string(hide_password=False)
        yield replace(settings, data_dir=tmp_path / "new", database_url=url)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def counts() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in METADATA.sorted_tables
    }


def test_everything_comes_back(full: Flask, empty: Settings, tmp_path: Path) -> None:
    before = counts()
    made = backup.make(full, tmp_path / "b.tar")
    assert made.files == 1
    assert made.rows == sum(before.values()) > 5
    assert made.keys_file == tmp_path / "b.tar.keys"
    again = backup.restore(empty, tmp_path / "b.tar", None)
    assert (again.rows, again.files) == (made.rows, made.files)
    restored = create_app(empty)
    with restored.app_context():
        assert counts() == before
        row = db.session.scalars(select(StoredFile)).one()
        assert read_whole(row) == BYTES, "deciphered with the restored key"
        account = find_by_password("ada@example.org", "four words here")
        assert account is not None
        assert account.name == "Ада 王小明"
        assert account.created_at.tzinfo is not None
        assert abs((clock.now() - account.created_at).total_seconds()) < 60
        with transaction():
            newer = create_account("bea@example.org", "Bea", actor=SYSTEM)
        assert newer.id > account.id, "counting goes on"
        with pytest.raises(Exception, match="append-only"), transaction():
            db.session.execute(text("DELETE FROM audit_entry"))
        db.session.remove()
        db.engine.dispose()


def test_backup_is_for_its_owner_alone(full: Flask, tmp_path: Path) -> None:
    backup.make(full, tmp_path / "b.tar")
    for name in ("b.tar", "b.tar.keys"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert not [name for name in archive.getnames() if name.startswith("keys/")]
        assert BYTES[:512] not in (tmp_path / "b.tar").read_bytes(), "files stay enciphered"


def test_keys_may_be_left_out(full: Flask, empty: Settings, tmp_path: Path) -> None:
    made = backup.make(full, tmp_path / "b.tar", with_keys=False)
    assert made.keys_file is None
    assert not (tmp_path / "b.tar.keys").exists()
    backup.restore(empty, tmp_path / "b.tar", None)
    settings: Settings = full.extensions["eventhub.settings"]
    shutil.copytree(settings.keys, empty.keys, dirs_exist_ok=True)
    restored = create_app(empty)
    with restored.app_context():
        assert read_whole(db.session.scalars(select(StoredFile)).one()) == BYTES
        db.session.remove()
        db.engine.dispose()


def test_nothing_is_overwritten(full: Flask, empty: Settings, tmp_path: Path) -> None:
    backup.make(full, tmp_path / "b.tar")
    with pytest.raises(backup.BackupRefused, match="is there already"):
        backup.make(full, tmp_path / "b.tar")
    settings: Settings = full.extensions["eventhub.settings"]
    with pytest.raises(backup.BackupRefused, match=r"not empty|there already"):
        backup.restore(settings, tmp_path / "b.tar", None)
    assert find_account("ada@example.org") is not None
    full_database = replace(empty, database_url=settings.database)
    with pytest.raises(backup.BackupRefused, match=r"not empty|there already"):
        backup.restore(full_database, tmp_path / "b.tar", None)


@pytest.mark.parametrize("where", [0.3, 0.7])
def test_damaged_backup_restores_nothing(
    full: Flask, empty: Settings, tmp_path: Path, where: float
) -> None:
    file = tmp_path / "b.tar"
    backup.make(full, file)
    data = bytearray(file.read_bytes())
    spot = int(len(data) * where)
    data[spot] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(backup.BackupRefused):
        backup.restore(empty, file, None)
    assert not (empty.data_dir / "eventhub.sqlite").exists()
    assert not list((empty.data_dir).glob("files/*/*"))


def test_cut_backup_is_refused(full: Flask, empty: Settings, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    backup.make(full, file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(backup.BackupRefused):
        backup.restore(empty, file, None)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/../../evil", "other"])
def test_foreign_names_are_refused(empty: Settings, tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "x", arcname=name, recursive=False)
        member = tarfile.TarInfo(name)
        archive.addfile(member)
    with pytest.raises(backup.BackupRefused, match="none of ours"):
        backup.restore(empty, tmp_path / "evil.tar", None)


def test_missing_stored_file_is_told(full: Flask, tmp_path: Path) -> None:
    settings: Settings = full.extensions["eventhub.settings"]
    place = db.session.scalars(select(StoredFile.place)).one()
    (settings.folder("files") / place).unlink()
    with pytest.raises(backup.BackupRefused, match="is missing"):
        backup.make(full, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()
    assert not (tmp_path / "b.tar.part").exists()


def test_manifest_counts_rows(full: Flask, tmp_path: Path) -> None:
    backup.make(full, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        about = json.loads(manifest.read())
    accounts = db.session.scalar(select(func.count()).select_from(Account))
    assert about["rows"]["account"] == accounts
