"""A PostgreSQL database for one command."""

import os

import pytest
from sqlalchemy import create_engine, text


@pytest.mark.postgres
def test_the_account_may_make_databases_and_speaks_utf8() -> None:
    engine = create_engine(os.environ["EVENTHUB_TEST_DATABASE_URL"])
    with engine.connect() as connection:
        assert connection.execute(text("SHOW server_encoding")).scalar() == "UTF8"
        allowed = "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(text(allowed)).scalar() is True
    engine.dispose()
