"""The copy of an event's public pages that outlives the installation: asked for, kept."""

from collections.abc import Iterator
from typing import IO, Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.exchange.models import StaticCopy
from eventhub.files.models import StoredFile
from eventhub.files.services import remove_file, store_file
from eventhub.i18n import _
from eventhub.jobs.models import Job
from eventhub.jobs.services import queue

MAKE_COPY = "exchange.copy"
PIECE = 65_536


def ask_for_copy(event: Event, *, actor: Actor) -> Job:
    """Queue the making of a copy; one that waits or is being made already is returned."""
    if event.state == EventState.DRAFT:
        raise Conflict(_("Nothing of this event is public yet."))
    label = actor.label[:250]
    return queue(
        MAKE_COPY, event_id=event.id, once=f"{MAKE_COPY}:{event.id}", most_attempts=3, by=label
    )


def copy_archived(event: Event, **_more: Any) -> None:
    """Let an event that is archived have its copy."""
    ask_for_copy(event, actor=SYSTEM)


def keep_copy(event: Event, file: IO[bytes], *, files: int, made_by: str) -> StaticCopy:
    """Keep the ZIP in place of the one before."""
    stored = store_file(
        _pieces(file),
        event_id=event.id,
        data_class="normal",
        name=f"{event.slug}.zip",
        media_type="application/zip",
    )
    row = db.session.scalar(select(StaticCopy).where(StaticCopy.event_id == event.id))
    if row is not None:
        before = db.session.get(StoredFile, row.file_id)
        db.session.delete(row)
        db.session.flush()
        if before is not None:
            remove_file(before)
    row = StaticCopy(event_id=event.id, file_id=stored.id, files=files, made_by=made_by)
    db.session.add(row)
    db.session.flush()
    changes = {"files": (0, files), "bytes": (0, stored.size)}
    subject = Subject("static_copy", row.ref, changes)
    record(SYSTEM, "static_copy.make", [subject], event_id=event.id)
    return row


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
