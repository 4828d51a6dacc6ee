"""What the editor's board asks of itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select

from eventhub.agenda.models.editing import EditorAct, EditorPresence
from eventhub.audit.models import AuditEntry
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.people.models import Account

PRESENT = timedelta(minutes=1)
"""How long somebody counts as present after the board last asked."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who had the board open; `moving` is the ref of the session in their hand."""

    account_id: int
    name: str
    moving: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How many acts somebody can undo and redo, and the number of the log's newest entry."""

    undoable: int
    redoable: int
    newest: int
    others: tuple[Present, ...] = ()
    """Who else has the board open, by name."""
    own: Present | None = None
    """What is written down of the editor who asks."""
    has_left: bool = False
    """Somebody's presence is worth nothing any more."""


def standing_of(event_id: int, account_id: int | None) -> Standing:
    """Return how things stand for an editor at an event: one statement.

    The log's newest entry tells whether anything of the event has changed since.
    """
    acts = select(func.count()).where(
        EditorAct.event_id == event_id, EditorAct.account_id == account_id
    )
    newest = select(func.max(AuditEntry.id)).where(AuditEntry.event_id == event_id)
    account = and_(Account.id == EditorPresence.account_id, Account.closed_at.is_(None))
    query = (
        select(
            acts.where(EditorAct.is_undone.is_(False)).scalar_subquery().label("undoable"),
            acts.where(EditorAct.is_undone).scalar_subquery().label("redoable"),
            newest.scalar_subquery().label("newest"),
            EditorPresence.account_id,
            EditorPresence.moving,
            EditorPresence.seen_at,
            Account.name,
            Account.email,
        )
        .select_from(Event)
        .outerjoin(EditorPresence, EditorPresence.event_id == Event.id)
        .outerjoin(Account, account)
        .where(Event.id == event_id)
    )
    rows = db.session.execute(query).all()
    since = clock.now() - PRESENT
    known = [
        Present(row.account_id, row.name or row.email, row.moving, row.seen_at)
        for row in rows
        if row.email and row.seen_at > since
    ]
    others = sorted(
        (one for one in known if one.account_id != account_id),
        key=lambda one: (one.name, one.account_id),
    )
    return Standing(
        rows[0].undoable,
        rows[0].redoable,
        rows[0].newest or 0,
        tuple(others),
        next((one for one in known if one.account_id == account_id), None),
        has_left=any(row.seen_at and row.seen_at <= since for row in rows),
    )
