"""Every page of the demo, with its hundreds of people, asks the database a few things only."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event as database
from sqlalchemy.engine import Engine

from eventhub.core.db import db
from eventhub.people.queries import find_account
from tests.browser import Browser
from tests.demo.conftest import Demo
from tools.pages import ALL_PAGES

MOST_FOR_EVERYBODY, MOST_FOR_STAFF = 8, 15


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Give the statements that ask for rows, filled as they are sent."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    database.listen(Engine, "before_cursor_execute", note)
    yield seen
    database.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", sorted({page.role for page in ALL_PAGES}))
def test_no_page_asks_more_than_promised(demo: Demo, asked: list[str], role: str) -> None:
    visitor, most = Browser(demo.app), MOST_FOR_STAFF if role else MOST_FOR_EVERYBODY
    if role:
        email = next(one.email for one in demo.accounts if role in one.role.lower())
        account = find_account(email)
        assert account is not None
        visitor.sign_in(account)
    told = []
    for page in (one for one in ALL_PAGES if one.role == role):
        address = page.address("", "en")
        db.session.rollback()
        asked.clear()
        answer = visitor.get(address)
        if answer.status != 200 or len(asked) > most:
            told.append((address, answer.status, len(asked)))
    assert told == []
