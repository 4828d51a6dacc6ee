"""Keeping photos, and saying what is wrong with them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files, read_whole, store_files
from eventhub.i18n import _
from eventhub.photos.models import Photo
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.queries import file_of
from eventhub.photos.rules import Crop, PhotoState

DATA_CLASS = "photo"


def take_photo(event_id: int, data: bytes, *, actor: Actor, crop: Crop | None = None) -> Photo:
    """Make a portrait of the bytes sent and keep it; Invalid with the field "photo".

    In a view, call `portrait_of` before the transaction and `keep_photo` inside it.
    """
    return keep_photo(event_id, portrait_of(data, crop), actor=actor)


def keep_photo(event_id: int, portrait: Portrait, *, actor: Actor) -> Photo:
    """Keep a portrait, to be looked at by an officer."""
    return keep_photos(event_id, [portrait], actor=actor)[0]


def keep_photos(event_id: int, portraits: Sequence[Portrait], *, actor: Actor) -> list[Photo]:
    """Keep portraits, in the order given, to be looked at by an officer."""
    jpegs = _store(event_id, [one.jpeg for one in portraits], "photo.jpg")
    thumbs = _store(event_id, [one.thumb for one in portraits], "thumbnail.jpg")
    photos = [
        Photo(
            event_id=event_id,
            file_id=jpeg.id,
            thumb_id=thumb.id,
            state=PhotoState.PENDING,
            doubts=[str(doubt) for doubt in one.doubts],
        )
        for one, jpeg, thumb in zip(portraits, jpegs, thumbs, strict=True)
    ]
    db.session.add_all(photos)
    db.session.flush()
    subjects = [Subject("photo", photo.ref) for photo in photos]
    record(actor, "photo.take", subjects, event_id=event_id)
    return photos


def set_state(
    photos: Sequence[Photo], state: PhotoState, *, actor: Actor, reason: str = ""
) -> None:
    """Accept photos of one event, or ask for others with a reason (R1.24)."""
    if state == PhotoState.REDO and not reason.strip():
        raise Invalid(_("Say what is wrong with the photo."), field="reason")
    subjects = []
    for photo in photos:
        changes = {"state": (photo.state, str(state)), "reason": (photo.reason, reason.strip())}
        subjects.append(Subject("photo", photo.ref, changes))
        photo.state = state
        photo.reason = reason.strip()[:250]
        photo.reviewed_at = clock.now()
    if photos:
        record(actor, f"photo.{state}", subjects, event_id=photos[0].event_id)
    db.session.flush()


def remove_photo(photo: Photo, *, actor: Actor) -> None:
    """Remove a photo that nothing refers to any more, with its files."""
    ids = (photo.file_id, photo.thumb_id)
    record(actor, "photo.remove", [Subject("photo", photo.ref)], event_id=photo.event_id)
    db.session.delete(photo)
    db.session.flush()
    erase_files(ids)


def erase_photos(event_id: int, photo_ids: Collection[int], *, actor: Actor) -> None:
    """Remove photos of an event that nothing refers to any more, by their ids."""
    query = select(Photo).where(Photo.event_id == event_id, Photo.id.in_(photo_ids))
    for photo in db.session.scalars(query).all():
        remove_photo(photo, actor=actor)


def jpeg_of(photo: Photo, *, thumb: bool = False) -> bytes:
    """Return the bytes of the portrait, or of the small one for lists."""
    return read_whole(file_of(photo, thumb=thumb))


def _store(event_id: int, jpegs: Sequence[bytes], name: str) -> list[StoredFile]:
    return store_files(
        jpegs, event_id=event_id, data_class=DATA_CLASS, name=name, media_type="image/jpeg"
    )
