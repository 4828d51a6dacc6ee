"""One transaction at a time, all or nothing, with the lock taken at its start."""

import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import StatementError

from eventhub.access.models import Attempt
from eventhub.core import clock
from eventhub.core.db import (
    db,
    insert_unless_there,
    is_sqlite,
    reachable,
    transaction,
)
from eventhub.core.rows import rows_by_id
from eventhub.people.models import Account


def an_account(email: str) -> Account:
    return Account(email=email, name="A")


def emails() -> list[str]:
    return list(db.session.scalars(select(Account.email).order_by(Account.id)))


def test_what_is_done_inside_is_kept(app: Flask) -> None:
    with transaction():
        db.session.add(an_account("a@example.org"))
    db.session.rollback()
    assert emails() == ["a@example.org"]


def test_exception_takes_everything_back(app: Flask) -> None:
    def interrupted() -> None:
        with transaction():
            db.session.add(an_account("a@example.org"))
            db.session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert emails() == []


def test_change_made_outside_is_refused(app: Flask) -> None:
    db.session.add(an_account("a@example.org"))
    with pytest.raises(RuntimeError, match="outside"), transaction():
        pytest.fail("it should not have begun")
    db.session.rollback()


def test_transactions_do_not_nest(app: Flask) -> None:
    """The inner one would take back what the outer one has written so far."""

    def nested() -> None:
        with transaction():
            db.session.add(an_account("a@example.org"))
            db.session.flush()
            with transaction():
                pytest.fail("it should not have begun")

    with pytest.raises(RuntimeError, match="nest"):
        nested()
    assert emails() == []
    with transaction():
        db.session.add(an_account("b@example.org"))
    assert emails() == ["b@example.org"]


def test_writers_wait_for_each_other_and_read_what_was_written(app: Flask) -> None:
    """Read, wait, write: without the lock taken first, one of the counts would be lost."""
    with transaction():
        db.session.add(Attempt(key="k", count=0, window_ends_at=clock.now()))
    errors: list[BaseException] = []

    def count_up() -> None:
        try:
            with app.app_context(), transaction():
                query = select(Attempt).where(Attempt.key == "k").with_for_update()
                attempt = db.session.scalars(query).one()
                seen = attempt.count
                time.sleep(0.01)
                attempt.count = seen + 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert errors == []
    assert db.session.scalars(select(Attempt.count)).one() == 8


def test_sqlite_is_told_to_keep_what_was_acknowledged(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("of SQLite only")
    pragmas = {
        name: db.session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15000,
    }


def test_readers_do_not_wait_for_a_writer(app: Flask) -> None:
    with transaction():
        db.session.add(an_account("a@example.org"))
        db.session.flush()
        seen: list[list[str]] = []

        def look() -> None:
            with app.app_context():
                seen.append(emails())
                db.session.remove()

        reader = threading.Thread(target=look)
        reader.start()
        reader.join(5)
        assert seen == [[]], "at once, and nothing of what is not committed"


def test_insert_unless_there(app: Flask) -> None:
    values = {"key": "k", "count": 1, "window_ends_at": clock.now()}
    with transaction():
        assert insert_unless_there(Attempt, values)
        assert not insert_unless_there(Attempt, {**values, "count": 9})
    assert db.session.scalars(select(Attempt.count)).one() == 1


def test_deleted_id_is_never_given_again(app: Flask) -> None:
    with transaction():
        db.session.add(an_account("a@example.org"))
    first = db.session.scalars(select(Account)).one()
    number = first.id
    with transaction():
        db.session.delete(first)
    with transaction():
        db.session.add(an_account("b@example.org"))
    assert db.session.scalars(select(Account.id)).one() > number


def test_instants_come_back_aware_in_utc(app: Flask) -> None:
    beijing = datetime(2024, 4, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    with transaction():
        db.session.add(Attempt(key="k", count=1, window_ends_at=beijing))
    db.session.expire_all()
    found = db.session.scalars(select(Attempt.window_ends_at)).one()
    assert found == beijing
    assert found.tzinfo == UTC
    naive = datetime(2024, 4, 2, 9, 0)  # noqa: DTZ001  (that is what is refused)
    with pytest.raises(StatementError, match="needs its zone"), transaction():
        db.session.add(Attempt(key="l", count=1, window_ends_at=naive))


def test_database_is_reachable(app: Flask) -> None:
    assert reachable()


def test_clock_can_be_set_and_goes_on_afterwards() -> None:
    instant = datetime(2024, 4, 2, tzinfo=UTC)
    with clock.at(instant):
        assert clock.now() == instant
        with clock.at(instant + timedelta(days=1)):
            assert clock.now() == instant + timedelta(days=1)
        assert clock.now() == instant
    assert abs((datetime.now(UTC) - clock.now()).total_seconds()) < 1
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2024, 4, 2)):  # noqa: DTZ001
        pytest.fail("a naive instant is none")


def test_rows_read_already_are_not_read_again(app: Flask, statements: list[str]) -> None:
    with transaction():
        rows = [an_account(f"{name}@example.org") for name in "abc"]
        db.session.add_all(rows)
    first, second, third = [row.id for row in rows]
    db.session.expunge_all()
    held = db.session.get(Account, first)
    statements.clear()
    found = rows_by_id(Account, [first, second, third, 99])
    assert {one: row.email[0] for one, row in found.items()} == {
        first: "a",
        second: "b",
        third: "c",
    }
    assert found[first] is held
    assert len(statements) == 1
    statements.clear()
    assert rows_by_id(Account, [second, third]).keys() == {second, third}
    assert statements == []


def test_what_rolled_back_is_read_again(app: Flask) -> None:
    with transaction():
        db.session.add(row := an_account("a@example.org"))
    held = rows_by_id(Account, [row.id])[row.id]
    with transaction():
        db.session.execute(text("UPDATE account SET name = 'B'"))
    assert rows_by_id(Account, [held.id])[held.id].name == "B"


def test_connection_that_the_server_closed_is_replaced(app: Flask) -> None:
    if is_sqlite():
        pytest.skip("SQLite has no server")
    mine = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.remove()
    server = create_engine(db.engine.url)
    with server.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
    server.dispose()
    assert db.session.scalar(text("SELECT pg_backend_pid()")) != mine


def test_reading_begins_no_transaction(app: Flask) -> None:
    """What the driver has prepared lives on: it forgets it where a transaction is rolled back."""
    if is_sqlite():
        pytest.skip("SQLite prepares nothing and has no round trips")
    prepared = text("SELECT count(*) FROM pg_prepared_statements")
    for _turn in range(7):
        emails()
    driver: Any = db.session.connection().connection.dbapi_connection
    assert driver.info.transaction_status.name == "IDLE"
    db.session.rollback()
    assert db.session.scalar(prepared) == 1
    with transaction():
        assert db.session.scalar(text("SHOW transaction_isolation")) == "read committed"
        assert driver.info.transaction_status.name == "INTRANS"
    assert db.session.scalar(prepared) == 1


def test_error_of_a_statement_tells_no_values(app: Flask) -> None:
    """It goes to the log and to the page of jobs."""
    for _turn in range(2):
        db.session.add(an_account("secret@example.org"))
    with pytest.raises(StatementError) as failed:
        db.session.flush()
    assert "secret@" not in str(failed.value)
    db.session.rollback()
