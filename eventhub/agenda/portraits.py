"""Portraits as pages show them: which picture it is, large and small, and its address."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from eventhub.core.db import db
from eventhub.files.models import StoredFile
from eventhub.photos.models import Photo

DIGEST = 16
"""Characters of a picture's SHA-256 in its address, so that the address is never another one's."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The digests of a portrait and of the small one for lists, as addresses have them."""

    large: str
    small: str


def pictures_of(event_id: int, file_ids: Collection[int | None]) -> dict[int, Picture]:
    """Return the portraits that are still there, by file id; one statement, none without ids."""
    asked = {file_id for file_id in file_ids if file_id}
    if not asked:
        return {}
    thumb = aliased(StoredFile)
    query = (
        select(StoredFile.id, StoredFile.sha256, thumb.sha256)
        .outerjoin(Photo, Photo.file_id == StoredFile.id)
        .outerjoin(thumb, thumb.id == Photo.thumb_id)
        .where(StoredFile.event_id == event_id, StoredFile.id.in_(asked))
    )
    return {
        file_id: Picture(large[:DIGEST], (small or large)[:DIGEST])
        for file_id, large, small in db.session.execute(query)
    }


def find_picture(event_id: int, file_id: int, digest: str) -> StoredFile | None:
    """Return the portrait or the small one of it, whichever has this digest; None for another."""
    query = (
        select(StoredFile)
        .outerjoin(Photo, or_(Photo.file_id == StoredFile.id, Photo.thumb_id == StoredFile.id))
        .where(
            StoredFile.event_id == event_id,
            or_(StoredFile.id == file_id, Photo.file_id == file_id),
            StoredFile.sha256.startswith(digest, autoescape=True),
        )
        .limit(1)
    )
    return db.session.scalar(query) if len(digest) == DIGEST else None
