"""Writing the audit log, in the transaction of what it tells."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, insert, select, tuple_, update

from eventhub.audit.models import AuditEntry, AuditLabel, AuditSecret
from eventhub.audit.sealing import PERSONAL, event_key, mixed, new_secret, secrets_of
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, dumps, insert_many_unless_there, insert_unless_there
from eventhub.keys.ring import ring

_LABELS = "audit.labels"
_TOGETHER = "audit.together"
"""Under this name a session holds what `recorded_together` has yet to write."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to: its kind ("registration"), its ref, and what changed.

    `changes` maps fields of class normal to (before, after), JSON values; `hidden` names the
    sensitive and identity fields that changed; with `is_new` nothing was ever written of it.
    """

    kind: str
    ref: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did to some subjects."""

    actor: Actor
    action: str
    subjects: Sequence[Subject]


def record(actor: Actor, action: str, subjects: Iterable[Subject], *, event_id: int | None) -> None:
    """Write one entry for each subject, in one statement."""
    record_all([Act(actor, action, list(subjects))], event_id=event_id)


@contextmanager
def recorded_together(event_id: int) -> Iterator[None]:
    """Write what is recorded of one event inside at its end, in order, in one statement."""
    held = db.session.info
    if _TOGETHER in held:
        yield
        return
    acts: list[Act] = []
    held[_TOGETHER] = event_id, acts
    try:
        yield
    finally:
        del held[_TOGETHER]
    record_all(acts, event_id=event_id)


def record_all(acts: Sequence[Act], *, event_id: int | None) -> None:
    """Write what several did, in this order, an entry for each subject, in one statement."""
    acts = [act for act in acts if act.subjects]
    of_event, later = db.session.info.get(_TOGETHER, (None, []))
    if of_event is not None and of_event == event_id:
        later += acts
        return
    seal = _sealer(event_id)
    labels = _labels([act.actor for act in acts])
    secrets = _secrets([subject for act in acts for subject in act.subjects])
    rows = [
        {
            "at": clock.now(),
            "event_id": event_id,
            "label_id": labels[_name(act.actor)],
            "action": act.action,
            "subject_kind": subject.kind,
            "subject_ref": subject.ref,
            "fields": sorted([*subject.changes, *subject.hidden]),
            "sealed": seal(subject, secrets),
        }
        for act in acts
        for subject in act.subjects
    ]
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def _labels(actors: Sequence[Actor]) -> Mapping[tuple[str, int], int]:
    """Return the ids of the actors' labels, made when an actor first acts.

    Each is asked for once in a transaction: what that has seen or made stays as long as it lasts.
    """
    session = db.session()
    transaction = session.get_transaction() or session.begin()
    by_transaction = session.info.setdefault(_LABELS, WeakKeyDictionary())
    seen: dict[tuple[str, int], int] = by_transaction.setdefault(transaction, {})
    wanted = {_name(actor): actor.label[:250] for actor in actors if _name(actor) not in seen}
    if wanted:
        seen.update(_find_labels(wanted))
    return seen


def _find_labels(wanted: Mapping[tuple[str, int], str]) -> dict[tuple[str, int], int]:
    found = _known_labels(wanted)
    fresh = [
        {"kind": kind, "actor_id": actor_id, "label": label}
        for (kind, actor_id), label in wanted.items()
        if (kind, actor_id) not in found
    ]
    made = insert_many_unless_there(AuditLabel, fresh, *_LABEL)
    found |= {(kind, actor_id): label_id for kind, actor_id, label_id in made}
    return found | _known_labels(wanted.keys() - found.keys())


_LABEL = (AuditLabel.kind, AuditLabel.actor_id, AuditLabel.id)
_KNOWN = select(*_LABEL).where(
    tuple_(AuditLabel.kind, AuditLabel.actor_id).in_(bindparam("names", expanding=True))
)


def _known_labels(names: Collection[tuple[str, int]]) -> dict[tuple[str, int], int]:
    if not names:
        return {}
    rows = db.session.execute(_KNOWN, {"names": sorted(names)})
    return {(kind, actor_id): label_id for kind, actor_id, label_id in rows}


def _name(actor: Actor) -> tuple[str, int]:
    return actor.kind, actor.id or 0


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
    personal = [one for one in subjects if one.changes and one.kind in PERSONAL]
    wanted = {(one.kind, one.ref) for one in personal}
    known = secrets_of(wanted - {(one.kind, one.ref) for one in personal if one.is_new})
    fresh = {name: new_secret() for name in sorted(wanted - known.keys())}
    if fresh:
        rows = [{"kind": kind, "ref": ref, "secret": one} for (kind, ref), one in fresh.items()]
        db.session.execute(insert(AuditSecret), rows)
    return {**known, **fresh}


Secrets = Mapping[tuple[str, str], bytes | None]


def _sealer(event_id: int | None) -> Callable[[Subject, Secrets], bytes | None]:
    """Return what enciphers the values of subjects of an event, whose key is read once."""
    own_key = lru_cache(maxsize=1)(lambda: event_key(event_id))

    def seal(subject: Subject, secrets: Secrets) -> bytes | None:
        """Encipher the values; None where there are none, or where the person was erased."""
        name = (subject.kind, subject.ref)
        if not subject.changes or (name in secrets and secrets[name] is None):
            return None
        text = dumps({field: list(pair) for field, pair in subject.changes.items()}).encode()
        context = f"{subject.kind}:{subject.ref}".encode()
        return ring().encipher(mixed(own_key(), secrets.get(name)), text, context)

    return seal
