"""Finding passes."""

from collections.abc import Sequence

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.passes.models import Pass


def find_pass(event_id: int, pass_id: int) -> Pass | None:
    """Return a pass of the event."""
    return db.session.scalar(select(Pass).where(Pass.event_id == event_id, Pass.id == pass_id))


def passes_by_id(event_id: int, pass_ids: Sequence[int]) -> dict[int, Pass]:
    """Return the passes of the event with these ids, by id."""
    query = select(Pass).where(Pass.event_id == event_id, Pass.id.in_(pass_ids))
    return {entry.id: entry for entry in db.session.scalars(query)}
