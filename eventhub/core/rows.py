"""Rows found by what names them."""

from collections.abc import Collection
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, inspect, select

from eventhub.core.db import Base, db
from eventhub.core.errors import NotFound

Row = TypeVar("Row", bound=Base)


def one_of_event(model: type[Row], event_id: int, *conditions: ColumnElement[bool]) -> Row:
    """Return the row of the event that these single out; NotFound where it has none."""
    table: Any = model
    found = db.session.scalar(select(model).where(table.event_id == event_id, *conditions))
    if found is None:
        raise NotFound
    return found


def rows_by_id(model: type[Row], ids: Collection[int]) -> dict[int, Row]:
    """Return rows by their ids; those that the transaction read already are not read again."""
    session, key_of = db.session(), inspect(model).identity_key_from_primary_key
    keys = {one: key_of((one,)) for one in ids}
    held = {one: session.identity_map.get(key) for one, key in keys.items()}
    missing = [one for one, row in held.items() if row is None or inspect(row).expired]
    if missing:
        query = select(model).where(inspect(model).primary_key[0].in_(missing))
        _read = session.scalars(query).all()  # the session itself forgets what nobody holds
        held |= {one: session.identity_map.get(keys[one]) for one in missing}
    return {one: cast(Row, row) for one, row in held.items() if row is not None}
