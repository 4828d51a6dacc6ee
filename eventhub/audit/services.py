"""Writing the audit log, in the transaction of what it tells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from eventhub.audit.models import AuditEntry, AuditLabel, AuditSecret
from eventhub.audit.sealing import PERSONAL, key_of, new_secret, secrets_of
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
    subjects = list(subjects)
    label_id = _label(actor)
    secrets = _secrets(subjects)
    rows = [
        {
            "at": clock.now(),
            "event_id": event_id,
            "label_id": label_id,
            "action": action,
            "subject_kind": subject.kind,
            "subject_ref": subject.ref,
            "fields": sorted([*subject.changes, *subject.hidden]),
            "sealed": _seal(event_id, subject, secrets),
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


def forget(kind: str, ref: str, actor_kind: str, actor_id: int) -> None:
    """Make the values written of one human being unreadable, and its label the ref."""
    insert_unless_there(AuditSecret, {"kind": kind, "ref": ref, "secret": None})
    db.session.execute(
        update(AuditSecret)
        .where(AuditSecret.kind == kind, AuditSecret.ref == ref)
        .values(secret=None)
    )
    db.session.execute(
        update(AuditLabel)
        .where(AuditLabel.kind == actor_kind, AuditLabel.actor_id == actor_id)
        .values(label=ref)
    )


def _secrets(subjects: Iterable[Subject]) -> dict[tuple[str, str], bytes | None]:
    """Return the secrets of the people among the subjects whose values are to be written."""
    wanted = {(one.kind, one.ref) for one in subjects if one.changes and one.kind in PERSONAL}
    known = secrets_of(wanted)
    fresh = {name: new_secret() for name in sorted(wanted - known.keys())}
    if fresh:
        rows = [{"kind": kind, "ref": ref, "secret": one} for (kind, ref), one in fresh.items()]
        db.session.execute(insert(AuditSecret), rows)
    return {**known, **fresh}


def _seal(
    event_id: int | None, subject: Subject, secrets: Mapping[tuple[str, str], bytes | None]
) -> bytes | None:
    """Encipher the values; None where there are none, or where the person was erased."""
    name = (subject.kind, subject.ref)
    if not subject.changes or (name in secrets and secrets[name] is None):
        return None
    text = dumps({field: list(pair) for field, pair in subject.changes.items()}).encode()
    context = f"{subject.kind}:{subject.ref}".encode()
    return ring().encipher(key_of(event_id, secrets.get(name)), text, context)
