"""Putting messages into the outbox, in the transaction of what they tell."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select, update

from eventhub.core import clock, ids
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.jobs.rules import NORMAL, URGENT
from eventhub.jobs.services import queue_many
from eventhub.mail.models import OutboxMail

MOST_ATTEMPTS = 20
"""With the pauses between jobs: for ten hours, a night without a mail server."""
FEW = 20
"""A letter to at most so many overtakes what was written to many at once."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """One address, the language it is written to in, and the ids the message speaks of."""

    to: str
    language: str
    ids: dict[str, Any] = field(default_factory=dict)


_is_history: ContextVar[bool] = ContextVar("mail_is_history", default=False)


@contextmanager
def as_history() -> Iterator[None]:
    """Let `send` write down inside the block that mails were sent, and deliver none.

    For whoever tells at its real dates what happened long ago.
    """
    token = _is_history.set(True)
    try:
        yield
    finally:
        _is_history.reset(token)


def send(message: str, each: Sequence[Addressed], *, event_id: int | None) -> None:
    """Put one mail for each addressee into the outbox and queue its delivery: three statements."""
    if not each:
        return
    now, is_sent = clock.now(), _is_history.get()
    rows = [
        {
            "ref": ids.new_ref(),
            "event_id": event_id,
            "message": message,
            "language": one.language,
            "to": one.to,
            "ids": one.ids,
            "message_id": ids.new_uuid(),
            "state": "sent" if is_sent else "waiting",
            "attempts": 0,
            "created_at": now,
            "sent_at": now if is_sent else None,
        }
        for one in each
    ]
    db.session.execute(insert(OutboxMail), rows)
    if is_sent:
        return
    _deliver([str(row["ref"]) for row in rows], event_id)


def _deliver(refs: Sequence[str], event_id: int | None) -> None:
    queue_many(
        "mail.deliver",
        [{"ref": ref} for ref in refs],
        event_id=event_id,
        priority=URGENT if len(refs) <= FEW else NORMAL,
        most_attempts=MOST_ATTEMPTS,
    )


def find_mail(ref: str) -> OutboxMail | None:
    """Return a mail of the outbox by its ref."""
    return db.session.scalar(select(OutboxMail).where(OutboxMail.ref == ref))


def mark(mail_id: int, state: str, error: str | None = None) -> None:
    """Write how sending ended: sent, dropped, waiting (to be tried again) or failed."""
    db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == mail_id)
        .values(
            state=state,
            error=error,
            attempts=OutboxMail.attempts + 1,
            sent_at=clock.now() if state == "sent" else None,
        )
    )


def retry(mails: Sequence[OutboxMail]) -> None:
    """Send mails that failed once more; Conflict where one has not failed."""
    if any(mail.state != "failed" for mail in mails):
        raise Conflict(_("Only mail that failed can be sent again."))
    for mail in mails:
        mail.state, mail.error = "waiting", None
        _deliver([mail.ref], mail.event_id)


def newest_mails(states: Sequence[str] = (), *, limit: int = 100) -> list[OutboxMail]:
    """Return the newest mails of the whole installation in these states (all by default)."""
    query = select(OutboxMail)
    if states:
        query = query.where(OutboxMail.state.in_(states))
    return list(db.session.scalars(query.order_by(OutboxMail.id.desc()).limit(limit)))


def count_failed() -> int:
    """Return how many mails could not be sent."""
    query = select(func.count()).select_from(OutboxMail).where(OutboxMail.state == "failed")
    return db.session.scalar(query) or 0


def mails_of(
    event_id: int | None, *, states: Sequence[str] = (), limit: int = 200
) -> list[OutboxMail]:
    """Return the newest mails of an event, newest first, in these states (all by default)."""
    query = select(OutboxMail).where(OutboxMail.event_id == event_id)
    if states:
        query = query.where(OutboxMail.state.in_(states))
    return list(db.session.scalars(query.order_by(OutboxMail.id.desc()).limit(limit)))
