"""Finding passes."""

from collections.abc import Sequence

from sqlalchemy import func, select

from eventhub.core.db import db
from eventhub.passes.models import Pass, Reissue
from eventhub.passes.rules import LOSSES


def find_pass(event_id: int, pass_id: int) -> Pass | None:
    """Return a pass of the event."""
    return db.session.scalar(select(Pass).where(Pass.event_id == event_id, Pass.id == pass_id))


def passes_by_id(event_id: int, pass_ids: Sequence[int]) -> dict[int, Pass]:
    """Return the passes of the event with these ids, by id."""
    query = select(Pass).where(Pass.event_id == event_id, Pass.id.in_(pass_ids))
    return {entry.id: entry for entry in db.session.scalars(query)}


def reissues_of(entry: Pass) -> list[Reissue]:
    """Return why the pass got its later issues, in their order."""
    query = select(Reissue).where(Reissue.event_id == entry.event_id, Reissue.pass_id == entry.id)
    return list(db.session.scalars(query.order_by(Reissue.issue)))


def count_losses(entry: Pass) -> int:
    """Return how often a badge of the pass was lost or stolen."""
    query = select(func.count()).where(
        Reissue.event_id == entry.event_id, Reissue.pass_id == entry.id, Reissue.reason.in_(LOSSES)
    )
    return db.session.scalar(query) or 0
