"""Back-ups: one tar of database and stored files, and the keys apart.

On SQLite the database is copied by VACUUM INTO; on PostgreSQL every table is written as lines of
JSON, which can be restored into either database. The database is read first: files are written
before the rows that name them, and stay a day after those are gone, so each row finds its bytes.
"""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from flask import Flask
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    LargeBinary,
    Table,
    Time,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db, is_sqlite
from eventhub.files.models import StoredFile
from eventhub.models import METADATA
from eventhub.schema import upgrade

MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
PIECE = 1024 * 1024
AT_ONCE = 500
ALLOWED = re.compile(
    r"manifest\.json|database\.sqlite|tables/[a-z_]+\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{32}"
    r"|keys/[A-Za-z0-9_./-]+"
)


class BackupRefused(Exception):
    """The back-up cannot be made or restored; the message says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """What went into a back-up, or came out of it."""

    rows: int
    files: int
    keys_file: Path | None


def make(app: Flask, file: Path, *, with_keys: bool = True) -> Made:
    """Write the back-up into the file, and the keys into the file beside it ending in .keys."""
    settings: Settings = app.extensions["eventhub.settings"]
    keys_file = file.with_name(file.name + ".keys")
    for target in (file, keys_file) if with_keys else (file,):
        if target.exists():
            raise BackupRefused(f"{target} is there already: choose another name.")
    with _Archive(file) as archive:
        counts = _put_sqlite(archive) if is_sqlite() else _put_tables(archive)
        places = db.session.scalars(select(StoredFile.place).order_by(StoredFile.id)).all()
        for place in places:
            archive.put(f"files/{place}", settings.folder("files") / place)
        archive.about = {"made_at": clock.now().isoformat(), "rows": counts}
    if with_keys:
        with _Archive(keys_file) as archive:
            for path in sorted(settings.keys.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    archive.put(f"keys/{path.relative_to(settings.keys)}", path)
    return Made(sum(counts.values()), len(places), keys_file if with_keys else None)


def restore(settings: Settings, file: Path, keys_file: Path | None) -> Made:
    """Bring a back-up into an empty installation, all or nothing.

    Every byte is checked against its checksum before anything is put in its place.
    """
    beside = file.with_name(file.name + ".keys")
    keys_file = keys_file or (beside if beside.exists() else None)
    _refuse_unless_empty(settings, with_keys=keys_file is not None)
    data = settings.data_dir.absolute()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as name:
        draft = Path(name)
        about = _take_out(file, draft)
        if keys_file:
            _take_out(keys_file, draft)
            settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            _move_all(draft / "keys", settings.keys)
        _move_all(draft / "files", settings.folder("files"))
        if (draft / DATABASE).exists():
            _place_sqlite(settings, draft / DATABASE)
        else:
            _fill_tables(settings, draft / "tables", about)
        files = sum(name.startswith("files/") for name in about["sha256"])
    return Made(sum(about["rows"].values()), files, keys_file)


class _Archive:
    """A tar being written; its last member is the manifest with all checksums."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(path.name + ".part")
        self._sums: dict[str, str] = {}
        self.about: dict[str, Any] = {}

    def __enter__(self) -> "_Archive":
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w")
        return self

    def put(self, name: str, source: Path) -> None:
        """Add a file under a name."""
        if not source.is_file():
            raise BackupRefused(f"The stored file {source} is missing.")
        with source.open("rb") as file:
            self._sums[name] = _sum_of(file)
            file.seek(0)
            member = tarfile.TarInfo(name)
            member.size, member.mode = source.stat().st_size, 0o600
            self._tar.addfile(member, file)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            manifest = json.dumps({**self.about, "sha256": self._sums}, indent=1).encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size, member.mode = len(manifest), 0o600
            self._tar.addfile(member, io.BytesIO(manifest))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if kind is None:
            self._part.rename(self._path)
        else:
            self._part.unlink()


def _sum_of(file: IO[bytes]) -> str:
    tally = hashlib.sha256()
    while piece := file.read(PIECE):
        tally.update(piece)
    return tally.hexdigest()


def _put_sqlite(archive: _Archive) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="eventhub-backup-") as name:
        copy = Path(name) / DATABASE
        db.session.rollback()
        raw = db.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(copy),))
        finally:
            raw.close()
        archive.put(DATABASE, copy)
        engine = create_engine(f"sqlite:///{copy}")
        with engine.connect() as connection:
            counts = _counts(connection)
        engine.dispose()
    return counts


def _counts(connection: Connection) -> dict[str, int]:
    there = set(inspect(connection).get_table_names())
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in METADATA.sorted_tables
        if table.name in there
    }


def _put_tables(archive: _Archive) -> dict[str, int]:
    counts: dict[str, int] = {}
    db.session.rollback()
    with (
        tempfile.TemporaryDirectory(prefix="eventhub-backup-") as name,
        db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
    ):
        for table in METADATA.sorted_tables:
            path = Path(name) / f"{table.name}.jsonl"
            with path.open("w", encoding="utf-8") as file:
                rows = connection.execution_options(yield_per=AT_ONCE).execute(_in_order(table))
                for count, row in enumerate(rows.mappings(), start=1):
                    plain = {key: _plain(value) for key, value in row.items()}
                    file.write(json.dumps(plain, ensure_ascii=False) + "\n")
                    counts[table.name] = count
            counts.setdefault(table.name, 0)
            archive.put(f"tables/{table.name}.jsonl", path)
    return counts


def _in_order(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return dict(value) if hasattr(value, "pick") else value


def _refuse_unless_empty(settings: Settings, *, with_keys: bool) -> None:
    folders = [settings.data_dir / "files", *([settings.keys] if with_keys else [])]
    for folder in folders:
        if folder.is_dir() and any(folder.iterdir()):
            raise BackupRefused(f"{folder} is not empty: restore into a new folder.")
    engine = create_engine(settings.database)
    try:
        if engine.dialect.name == "sqlite":
            path = Path(engine.url.database or "")
            if path.exists() and path.stat().st_size:
                raise BackupRefused(f"{path} is there already: restore into a new folder.")
        elif inspect(engine).get_table_names():
            raise BackupRefused("The database is not empty: restore into a new one.")
    finally:
        engine.dispose()


def _take_out(file: Path, draft: Path) -> dict[str, Any]:
    """Unpack the tar into the draft folder and check it; return its manifest."""
    sums: dict[str, str] = {}
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                if not (member.isfile() and ALLOWED.fullmatch(member.name)) or ".." in member.name:
                    raise BackupRefused(f"{file} holds {member.name}, which is none of ours.")
                source = archive.extractfile(member)
                target = draft / member.name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with source, _new_file(target) as out:  # type: ignore[union-attr]
                    shutil.copyfileobj(source, out, PIECE)  # type: ignore[arg-type]
                with target.open("rb") as written:
                    sums[member.name] = _sum_of(written)
        about: dict[str, Any] = json.loads((draft / MANIFEST).read_bytes())
    except (tarfile.TarError, EOFError, FileNotFoundError, ValueError) as error:
        raise BackupRefused(f"{file} is not a whole back-up.") from error
    (draft / MANIFEST).unlink()
    del sums[MANIFEST]
    if sums != about["sha256"]:
        raise BackupRefused(f"{file} was changed or damaged: the checksums do not agree.")
    return about


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _move_all(source: Path, target: Path) -> None:
    if source.is_dir():
        for path in source.iterdir():
            shutil.move(path, target / path.name)


def _place_sqlite(settings: Settings, copy: Path) -> None:
    engine = create_engine(settings.database)
    if engine.dialect.name != "sqlite":
        raise BackupRefused("This back-up is of SQLite; the settings name another database.")
    path = Path(engine.url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(copy, path)


def _fill_tables(settings: Settings, folder: Path, about: dict[str, Any]) -> None:
    """Make the tables by the migrations and fill them, in one transaction."""
    app = create_app(settings)
    with app.app_context():
        upgrade(app)
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            for table in METADATA.sorted_tables:
                _fill(connection, table, folder / f"{table.name}.jsonl")
            if (found := _counts(connection)) != about["rows"]:
                raise BackupRefused(f"Not every row came back: {found}")
        db.engine.dispose()


def _fill(connection: Connection, table: Table, path: Path) -> None:
    readers = {column.name: _reader(column) for column in table.columns}
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)
            rows.append({k: v if v is None else readers[k](v) for k, v in raw.items()})
            if len(rows) == AT_ONCE:
                connection.execute(insert(table), rows)
                rows = []
    if rows:
        connection.execute(insert(table), rows)
    if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # noqa: S608
                f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{table.name}"), false)'
            )
        )


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    """Return what turns the JSON of a column into a value that it takes."""
    kind: TypeEngine[Any] = column.type
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, DateTime):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, Time):
        return time.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    return lambda value: value


__all__ = ["BackupRefused", "Made", "make", "restore"]
