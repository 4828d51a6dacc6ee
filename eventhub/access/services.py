"""Giving and taking roles; counting attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select

from eventhub.access import signals
from eventhub.access.models import Attempt, Grant
from eventhub.access.queries import is_sole
from eventhub.access.rules import ROLES, Level
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_or_update
from eventhub.core.errors import Conflict
from eventhub.i18n import _


def give_role(
    account_id: int,
    role: str,
    *,
    actor: Actor,
    event_id: int | None = None,
    institution_id: int | None = None,
    scope: Mapping[str, Sequence[int]] | None = None,
    ends_at: datetime | None = None,
    lasting: bool = False,
) -> Grant:
    """Give the role at the place its level asks for; the same grant again changes nothing."""
    level = ROLES[role].level
    fits = {
        Level.INSTALLATION: event_id is None and institution_id is None,
        Level.INSTITUTION: event_id is None and institution_id is not None,
        Level.EVENT: event_id is not None and institution_id is None,
    }
    if not fits[level]:
        raise ValueError(f"{role} is granted at one {level}")
    wanted = {kind: sorted(ids) for kind, ids in (scope or {}).items()}
    query = select(Grant).where(
        Grant.account_id == account_id,
        Grant.role == role,
        Grant.event_id == event_id,
        Grant.institution_id == institution_id,
    )
    for grant in db.session.scalars(query):
        if grant.scope == wanted and grant.ends_at == ends_at:
            return grant
    grant = Grant(
        account_id=account_id,
        role=role,
        event_id=event_id,
        institution_id=institution_id,
        scope=wanted,
        ends_at=ends_at,
        lasting=lasting,
    )
    db.session.add(grant)
    db.session.flush()
    changes = {"role": (None, role), "account": (None, account_id)}
    record(actor, "role.give", [Subject("grant", grant.ref, changes)], event_id=event_id)
    return grant


def take_role(grant: Grant, *, actor: Actor) -> None:
    """Take the role away; the last owner of an event and the last administrator stay."""
    if is_sole(grant):
        raise Conflict(_("Somebody must keep this role. Give it to another person first."))
    changes = {"role": (grant.role, None), "account": (grant.account_id, None)}
    record(actor, "role.take", [Subject("grant", grant.ref, changes)], event_id=grant.event_id)
    signals.taken.send(grant)
    db.session.delete(grant)
    db.session.flush()


def try_once_more(key: str, *, limit: int, window: timedelta) -> bool:
    """Count one attempt under the key; tell whether it is still within the limit.

    The count lives in the database, so that it holds across processes. The window starts with
    the first attempt; when it has passed, counting starts anew.
    """
    now = clock.now()
    is_over = Attempt.window_ends_at <= now
    first = {"key": key[:120], "count": 1, "window_ends_at": now + window}
    count = insert_or_update(
        Attempt,
        first,
        {
            "count": case((is_over, 1), else_=Attempt.count + 1),
            "window_ends_at": case((is_over, now + window), else_=Attempt.window_ends_at),
        },
        Attempt.count,
    )
    return int(count) <= limit


def forget_attempts(key: str) -> None:
    """Start counting anew, for example after a successful sign-in."""
    db.session.execute(delete(Attempt).where(Attempt.key == key[:120]))
