"""The keys of what the log says of people: the event's audit key, and one secret for each."""

import hashlib
import hmac
import secrets
from collections.abc import Collection

from sqlalchemy import bindparam, select, tuple_

from eventhub.audit.models import AuditSecret
from eventhub.core.db import db
from eventhub.keys.ring import ring

PERSONAL = frozenset({"registration", "account"})
"""Kinds of subjects that are human beings: each has a secret of its own."""

SECRET_BYTES = 32
MOST_ASKED = 400
"""Names asked for in one statement; SQLite takes some thousand values at most."""


_SECRETS = select(AuditSecret.kind, AuditSecret.ref, AuditSecret.secret).where(
    tuple_(AuditSecret.kind, AuditSecret.ref).in_(bindparam("names", expanding=True))
)


def new_secret() -> bytes:
    """Return a new secret."""
    return secrets.token_bytes(SECRET_BYTES)


def secrets_of(names: Collection[tuple[str, str]]) -> dict[tuple[str, str], bytes | None]:
    """Return the secrets of these (kind, ref); None for one that was erased."""
    ordered, found = sorted(names), {}
    for start in range(0, len(ordered), MOST_ASKED):
        asked = {"names": ordered[start : start + MOST_ASKED]}
        rows = db.session.execute(_SECRETS, asked)
        found.update({(kind, ref): secret for kind, ref, secret in rows})
    return found


def event_key(event_id: int | None) -> bytes:
    """Return the key of what is written of an event; KeyDestroyed where it is gone."""
    return ring().event_key(event_id or 0, "audit")


def mixed(key: bytes, secret: bytes | None) -> bytes:
    """Return the key for one subject's values: the event's, mixed with the secret if it has one."""
    return hmac.digest(key, secret, hashlib.sha256) if secret else key


def key_of(event_id: int | None, secret: bytes | None) -> bytes:
    """Return the key for the values of one subject of an event; KeyDestroyed where it is gone."""
    return mixed(event_key(event_id), secret)
