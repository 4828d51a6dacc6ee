"""A registration with all that its private page shows of it, asked at once."""

from dataclasses import dataclass

from sqlalchemy import and_

from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.keys import links
from eventhub.passes.models import Pass
from eventhub.photos.models import Photo
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import Named, named, own_at
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries.remote import Terms, as_terms, with_terms
from eventhub.registration.views.frame import OWN, Frame, LostLink, opened

_WHOLE = with_terms(
    OWN.add_columns(Entity, EventEntity, Photo, Pass, ChangeRequest)
    .outerjoin(Entity, Entity.id == Registration.entity_id)
    .outerjoin(EventEntity, own_at(Registration.event_id))
    .outerjoin(
        Photo, and_(Photo.id == Registration.photo_id, Photo.event_id == Registration.event_id)
    )
    .outerjoin(Pass, and_(Pass.id == Registration.pass_id, Pass.event_id == Registration.event_id))
    .outerjoin(
        ChangeRequest,
        and_(
            ChangeRequest.registration_id == Registration.id,
            ChangeRequest.event_id == Registration.event_id,
            ChangeRequest.state == "open",
        ),
    )
).order_by(ChangeRequest.id.desc())


@dataclass(frozen=True, slots=True)
class Whole:
    """A registration, its event, and what belongs to it; None for each that is not there."""

    row: Registration
    frame: Frame
    entity: Named | None
    photo: Photo | None
    entry: Pass | None
    change: ChangeRequest | None
    """The correction that waits for approval."""
    terms: Terms


def own_whole(token: str) -> Whole:
    """Return whose private link it is, with all of it; LostLink for a wrong or old one.

    Two statements.
    """
    found = db.session.execute(_WHOLE, {"ref": links.ref_in(token)}).first()
    if found is None:
        raise LostLink
    row, frame = opened(token, found[:3])
    entity, own, photo, entry, change = found[3:8]
    return Whole(
        row=row,
        frame=frame,
        entity=Named(entity, named(entity, own)) if entity else None,
        photo=photo,
        entry=entry,
        change=change,
        terms=as_terms(row, found[8:]),
    )
