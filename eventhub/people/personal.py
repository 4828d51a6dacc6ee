"""Everything held about one human being: a copy of it, and forgetting it (R7.7)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eventhub.audit.services import Subject, forget, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.services import read_file
from eventhub.people.seams import PERSONAL_DATA, HeldFile, Row, Whose


def export_of(whose: Whose, *, actor: Actor) -> tuple[dict[str, Any], list[HeldFile]]:
    """Return what every feature holds, by feature and table, and the files; it is written down."""
    held: dict[str, dict[str, list[Row]]] = {}
    files: list[HeldFile] = []
    for part in PERSONAL_DATA:
        found = part.export(whose)
        rows = {table: list(some) for table, some in found.rows.items() if some}
        if rows:
            held[part.feature] = rows
        files.extend(found.files)
    record(actor, f"{_kind(whose)}.copy", [_subject(whose)], event_id=whose.event_id)
    told = {
        "about": _kind(whose),
        "reference": whose.ref,
        "made_at": whose.time(clock.now()),
        "held": held,
        "files": [one.name for one in files],
    }
    return told, files


def erase(whose: Whose, *, actor: Actor) -> None:
    """Let every feature forget the person, from the highest to the lowest; nothing brings it back.

    The audit log keeps its rows: the values become unreadable, the person's label the ref.
    """
    record(actor, f"{_kind(whose)}.erase", [_subject(whose)], event_id=whose.event_id)
    for part in reversed(PERSONAL_DATA):
        part.erase(whose, actor=actor)
    own = whose.registration_id or whose.account_id or whose.speaker_id or 0
    forget(_kind(whose), whose.ref, _acting_as(whose), own)
    db.session.flush()


def pieces_of(told: dict[str, Any], files: Sequence[HeldFile]) -> Iterator[tuple[str, Any]]:
    """Give the names and bytes of the copy's entries: data.json, then each file in pieces."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    yield "data.json", [text.encode()]
    for one in files:
        yield one.name, _bytes(one)


def _bytes(one: HeldFile) -> Iterable[bytes]:
    return read_file(one.file)


def _kind(whose: Whose) -> str:
    if whose.account_id:
        return "account"
    is_bare = whose.speaker_id is not None and whose.registration_id is None
    return "speaker" if is_bare else "registration"


def _acting_as(whose: Whose) -> str:
    return {"registration": "registrant"}.get(_kind(whose), _kind(whose))


def _subject(whose: Whose) -> Subject:
    return Subject(_kind(whose), whose.ref)
