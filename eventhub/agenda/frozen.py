"""Programme versions as compressed JSON, and back."""

import gzip
import hashlib
import json
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from eventhub.agenda.rules import FrozenSession, Programme
from eventhub.core.db import dumps

SCHEMA = 1


def pack(programme: Programme) -> tuple[bytes, str]:
    """Return the programme as compressed JSON, and the SHA-256 of the JSON."""
    text = dumps(_plain(asdict(programme))).encode()
    return gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()


@lru_cache(maxsize=4)
def unpack(data: bytes, schema: int) -> Programme:
    """Return the programme of stored bytes, to be read only; ValueError for an unknown schema.

    The last ones are remembered: whoever makes the pages or words the letters of one version asks
    for it hundreds of times.
    """
    if schema != SCHEMA:
        raise ValueError(f"programme schema {schema} is not known")
    raw = json.loads(gzip.decompress(data))
    raw["sessions"] = tuple(_session(one) for one in raw["sessions"])
    raw["published_at"] = datetime.fromisoformat(raw["published_at"])
    return Programme(**raw)


def _session(raw: dict[str, Any]) -> FrozenSession:
    names = {field.name for field in fields(FrozenSession)}
    values = {name: value for name, value in raw.items() if name in names}
    for name in ("starts_at", "ends_at", "changed_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    for name in (
        "admit",
        "floor_languages",
        "interpretation",
        "part_minutes",
        "items",
        "documents",
    ):
        values[name] = tuple(values.get(name, ()))
    values["speakers"] = tuple((ref, role) for ref, role in values["speakers"])
    return FrozenSession(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
