"""Reading the audit log."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.audit.models import AuditEntry, AuditLabel
from eventhub.audit.sealing import PERSONAL, key_of, secrets_of
from eventhub.core.db import db
from eventhub.keys.ring import KeyDestroyed, ring


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log, its values readable as long as the event's audit key exists."""

    id: int
    at: datetime
    who: str
    action: str
    subject_kind: str
    subject_ref: str
    fields: list[str]
    changes: dict[str, list[Any]]


def entries_of(
    event_id: int | None,
    *,
    subject_ref: str | None = None,
    subject_refs: Collection[str] | None = None,
    subject_kind: str | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> list[Entry]:
    """Return the newest entries of an event (None: of the installation), newest first.

    Entries about named subjects stand by their time, all others as they were written down.

    `subject_ref`, or `subject_refs` for several, ask for those alone; `subject_kind` for a kind.
    """
    query = (
        select(AuditEntry, AuditLabel.label)
        .join(AuditLabel, AuditLabel.id == AuditEntry.label_id)
        .where(AuditEntry.event_id == event_id)
        .limit(limit)
    )
    by_time = subject_refs is not None
    if by_time:
        query = query.order_by(AuditEntry.at.desc())
    query = query.order_by(AuditEntry.id.desc())
    if subject_ref:
        query = query.where(AuditEntry.subject_ref == subject_ref)
    if subject_refs is not None:
        query = query.where(AuditEntry.subject_ref.in_(subject_refs))
    if subject_kind is not None:
        query = query.where(AuditEntry.subject_kind == subject_kind)
    if before_id and by_time:
        at = select(AuditEntry.at).where(AuditEntry.id == before_id).scalar_subquery()
        earlier = (AuditEntry.at == at) & (AuditEntry.id < before_id)
        query = query.where((AuditEntry.at < at) | earlier)
    elif before_id:
        query = query.where(AuditEntry.id < before_id)
    found = db.session.execute(query).all()
    names = {(row.subject_kind, row.subject_ref) for row, _who in found}
    secrets = secrets_of({name for name in names if name[0] in PERSONAL})
    return [
        Entry(
            row.id,
            row.at,
            who,
            row.action,
            row.subject_kind,
            row.subject_ref,
            row.fields,
            _open(row, secrets),
        )
        for row, who in found
    ]


def _open(row: AuditEntry, secrets: Mapping[tuple[str, str], bytes | None]) -> dict[str, list[Any]]:
    """Return the values; none where there are none, or where they were made unreadable."""
    name = (row.subject_kind, row.subject_ref)
    if row.sealed is None or (name in secrets and secrets[name] is None):
        return {}
    try:
        key = key_of(row.event_id, secrets.get(name))
    except KeyDestroyed:
        return {}
    context = f"{row.subject_kind}:{row.subject_ref}".encode()
    opened: dict[str, list[Any]] = json.loads(ring().decipher(key, row.sealed, context))
    return opened
