"""Writing the audit log, in the transaction of what it tells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from eventhub.audit.models import AuditEntry, AuditLabel
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, dumps, insert_unless_there
from eventhub.keys.ring import ring


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to: its kind ("registration"), its ref, and what changed.

    `changes` maps fields of class normal to (before, after), JSON values; `hidden` names the
    sensitive and identity fields that changed.
    """

    kind: str
    ref: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()


def record(actor: Actor, action: str, subjects: Iterable[Subject], *, event_id: int | None) -> None:
    """Write one entry for each subject, in one statement."""
    label_id = _label(actor)
    rows = [
        {
            "at": clock.now(),
            "event_id": event_id,
            "label_id": label_id,
            "action": action,
            "subject_kind": subject.kind,
            "subject_ref": subject.ref,
            "fields": sorted([*subject.changes, *subject.hidden]),
            "sealed": _seal(event_id, subject),
        }
        for subject in subjects
    ]
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def _label(actor: Actor) -> int:
    """Return the id of the actor's label, made when the actor first acts."""
    key = {"kind": actor.kind, "actor_id": actor.id or 0}
    find = select(AuditLabel.id).filter_by(**key)
    found = db.session.scalar(find)
    if not found:
        insert_unless_there(AuditLabel, {**key, "label": actor.label[:250]})
        found = db.session.scalar(find)
    if found is None:
        raise RuntimeError("the label was just written")
    return found


def _seal(event_id: int | None, subject: Subject) -> bytes | None:
    if not subject.changes:
        return None
    text = dumps({name: list(pair) for name, pair in subject.changes.items()}).encode()
    context = f"{subject.kind}:{subject.ref}".encode()
    return ring().encipher(ring().event_key(event_id or 0, "audit"), text, context)
