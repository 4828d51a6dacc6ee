"""Name plates: asked for by a person, made by the worker, removed in time."""

from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.badges.queries import PLATES, PLATES_CLASS, plate_entities
from eventhub.badges.rules import PlateChoice
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.sealing import pieces_of
from eventhub.files.services import erase_files, store_file
from eventhub.i18n import _
from eventhub.jobs import services as jobs
from eventhub.jobs.models import Job


def start_plates(event: Event, choice: PlateChoice, *, actor: Actor) -> Job:
    """Ask the worker for the name plates of a choice; Invalid where it holds nobody.

    The actor's scope is kept with it: it limits whose names stand under those of States.
    """
    if not plate_entities(event, choice):
        field = "entity" if choice.entity else "group" if choice.group else "who"
        raise Invalid(_("No State or organization fits this choice."), field)
    limits = actor.scope("badge.print").categories
    what = asdict(choice)
    job = jobs.queue(
        PLATES, event_id=event.id, what=what,
        categories=sorted(limits) if limits is not None else None,
    )  # fmt: skip
    record(
        actor, "badge.plates", [Subject("job", job.ref, {"what": (None, what)})],
        event_id=event.id,
    )  # fmt: skip
    db.session.flush()
    return job


def keep_plates(event: Event, pdf: BinaryIO) -> int:
    """Keep the file, read on from where it stands, and return its id."""
    file = store_file(
        pieces_of(pdf), event_id=event.id, data_class=PLATES_CLASS,
        name=f"{event.slug}-name-plates.pdf", media_type="application/pdf",
    )  # fmt: skip
    return file.id


def remove_plates(
    *, before: datetime | None = None, event_id: int | None = None, limit: int = 200
) -> int:
    """Remove files of name plates made before an instant, or of one event; return how many."""
    query = select(StoredFile.id).where(StoredFile.data_class == PLATES_CLASS)
    if before is not None:
        query = query.where(StoredFile.created_at < before)
    if event_id is not None:
        query = query.where(StoredFile.event_id == event_id)
    found = list(db.session.scalars(query.order_by(StoredFile.id).limit(limit)))
    erase_files(found)
    return len(found)
