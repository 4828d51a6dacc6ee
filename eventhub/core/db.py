"""The database: an unbound `db`, typed columns, and the one place that commits."""

import json
import select as polling
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
    inspect,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from eventhub.core import clock, ids

BUSY_SECONDS = 15
WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {"write": True},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}
"""How a writing transaction is begun, by database."""
RESTED_SECONDS = 60
"""A connection that nobody used for so long is asked whether it still stands."""

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""64-bit integers; SQLite's INTEGER is 64 bits wide and alone may count itself up."""

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in and out, UTC in the database (SQLite drops zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallTime(TypeDecorator[datetime]):
    """A local wall-clock time without zone, to the minute or second; never an instant."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an aware datetime: the zone stands in its own column."""
        if value is not None and value.tzinfo is not None:
            raise ValueError("wall time carries no zone")
        return value


Pk = Annotated[int, mapped_column(BigInt, primary_key=True, sort_order=-3)]
Ref = Annotated[str, mapped_column(String(16), unique=True, default=ids.new_ref, sort_order=-1)]
Instant = Annotated[datetime, mapped_column(UtcDateTime())]
Created = Annotated[datetime, mapped_column(UtcDateTime(), default=clock.now)]
Wall = Annotated[datetime, mapped_column(WallTime())]
Code = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(250))]
Long = Annotated[str, mapped_column(Text)]
Version = Annotated[int, mapped_column(Integer, default=1)]


class Base(DeclarativeBase):
    """The root of all models; constraint names follow one convention."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: Json,
            list[Any]: Json,
            list[str]: Json,
            list[int]: Json,
        },
    )
    __table_args__: Any = {"sqlite_autoincrement": True}


class OfEvent:
    """A row that belongs to one event; deleted with it only by the purge."""

    event_id: Mapped[int]


class OneByOne(Session):
    """Asks PostgreSQL each question for itself; only `transaction()` begins a transaction.

    Nothing is lost, since there each statement sees what was committed before it anyhow. Two round
    trips of each page are saved, and the statements that the driver has prepared live on: it
    forgets all of them whenever a transaction is rolled back, which is how reading would end.
    """

    def get_bind(self, *given: Any, **named: Any) -> Engine | Connection:
        """Return the engine, of which connections begin no transaction by themselves."""
        bind = super().get_bind(*given, **named)
        return _one_by_one(bind) if isinstance(bind, Engine) else bind


@lru_cache(maxsize=8)
def _one_by_one(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


db = SQLAlchemy(model_class=Base, session_options={"class_": OneByOne})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set the pragmas that make an acknowledged write a durable one."""
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None  # BEGIN is ours, see _begin
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a writing transaction, so that reads stay true."""
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@event.listens_for(Engine, "handle_error")
def _keep_values_out(context: ExceptionContext) -> None:
    """Leave of PostgreSQL's error what happened, without the detail: what people typed."""
    told = getattr(context.original_exception, "diag", None)
    if told is None or not told.message_detail:
        return
    context.original_exception.args = (told.message_primary,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (told.message_primary,)


@event.listens_for(Engine, "checkout")
def _check_standing(connection: Any, record: Any, _pooled: object) -> None:
    """Take another connection where the server closed this one, or no longer answers on it.

    A server that went away has closed its end, which can be seen without asking it. Only what
    rested for long is asked, since a network between may have forgotten it.
    """
    if "sqlite" in type(connection).__module__:
        return
    now = time.monotonic()
    has_rested = now - record.info.get("used", 0.0) > RESTED_SECONDS
    record.info["used"] = now
    heard = polling.poll()
    heard.register(connection.fileno(), polling.POLLIN)
    if has_rested or heard.poll(0):
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except Exception as error:
            raise DisconnectionError from error


@contextmanager
def transaction() -> Iterator[None]:
    """Commit on success, roll back on any exception. One per request, job or command.

    On SQLite the write lock is taken at the start (BEGIN IMMEDIATE), so what is read
    inside cannot go stale.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transactions do not nest: the inner one would undo the outer one")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside transaction()")
    session.rollback()
    session.connection(execution_options=WRITING[db.engine.dialect.name])
    session.info["writing"] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def is_writing() -> bool:
    """Tell whether a `transaction()` is open."""
    return bool(db.session().info.get("writing"))


def insert_unless_there(model: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row unless a unique constraint refuses it; tell whether it was inserted."""
    statement = _insert_or_nothing(model).values(**values)
    result = db.session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(getattr(result, "rowcount", 0)) == 1


def insert_many_unless_there(
    model: type[Base], rows: Sequence[dict[str, Any]], *answer: Any
) -> Sequence[Any]:
    """Insert those rows that no unique constraint refuses; return these columns of the new ones.

    One statement.
    """
    if not rows:
        return []
    statement = _insert_or_nothing(model)
    if not answer:
        db.session.execute(statement, list(rows))
        return []
    return db.session.execute(statement.returning(*answer), list(rows)).all()


def insert_or_update(
    model: type[Base], values: dict[str, Any], otherwise: dict[str, Any], answer: Any
) -> Any:
    """Insert one row, or change the row of the same primary key; return a column of what is there.

    One statement: nobody comes between.
    """
    statement = _maker()(model).values(**values)
    changed = statement.on_conflict_do_update(
        index_elements=list(inspect(model).primary_key), set_=otherwise
    )
    return db.session.scalar(changed.returning(answer))


def _insert_or_nothing(model: type[Base]) -> Any:
    return _maker()(model).on_conflict_do_nothing()


def _maker() -> Any:
    return sqlite_insert if is_sqlite() else postgresql_insert


def is_sqlite() -> bool:
    """Tell whether the application's database is SQLite."""
    return db.engine.dialect.name == "sqlite"


def reachable() -> bool:
    """Tell whether the database answers."""
    return db.session.execute(text("SELECT 1")).scalar() == 1


def dumps(value: object) -> str:
    """Write JSON compactly, keeping all scripts readable, keys sorted so that equal is equal."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
