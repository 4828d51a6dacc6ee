"""Finding photos."""

from collections.abc import Collection

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.files.models import StoredFile
from eventhub.photos.models import Photo


def find_photo(event_id: int, photo_id: int | None) -> Photo | None:
    """Return a photo of the event by its id."""
    if photo_id is None:
        return None
    return db.session.scalar(select(Photo).where(Photo.event_id == event_id, Photo.id == photo_id))


def get_photo(event_id: int, ref: str) -> Photo:
    """Return a photo of the event by its ref; NotFound where there is none."""
    return one_of_event(Photo, event_id, Photo.ref == ref)


def photos_by_id(event_id: int, photo_ids: Collection[int]) -> dict[int, Photo]:
    """Return the photos of the event with these ids, by id."""
    if not photo_ids:
        return {}
    query = select(Photo).where(Photo.event_id == event_id, Photo.id.in_(set(photo_ids)))
    return {photo.id: photo for photo in db.session.scalars(query)}


def file_of(photo: Photo, *, thumb: bool = False) -> StoredFile:
    """Return the stored portrait, or the small one for lists."""
    file_id = photo.thumb_id if thumb else photo.file_id
    query = select(StoredFile).where(
        StoredFile.event_id == photo.event_id, StoredFile.id == file_id
    )
    return db.session.scalars(query).one()
