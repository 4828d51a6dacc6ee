"""A person's portraits: in their copy, and gone with them."""

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.models import StoredFile
from eventhub.people.seams import Held, HeldFile, PersonalData, Whose
from eventhub.photos.models import Photo
from eventhub.photos.queries import photos_by_id
from eventhub.photos.services import erase_photos


def held(whose: Whose) -> Held:
    """Return the portraits and what was said of them."""
    rows, files = [], []
    for number, photo in enumerate(_photos(whose), 1):
        name = f"photo-{number}.jpg"
        stored = db.session.get_one(StoredFile, photo.file_id)
        files.append(HeldFile(name, stored))
        row = {
            "file": name,
            "state": photo.state,
            "reason": photo.reason,
            "doubts": photo.doubts,
            "sent_at": whose.time(photo.created_at),
            "looked_at": whose.time(photo.reviewed_at),
        }
        rows.append(row)
    return Held({"photo": rows}, files)


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the portraits, the small ones too, with their bytes."""
    if whose.event_id is not None:
        erase_photos(whose.event_id, whose.photo_ids, actor=actor)


def _photos(whose: Whose) -> list[Photo]:
    if whose.event_id is None:
        return []
    found = photos_by_id(whose.event_id, whose.photo_ids)
    return [found[number] for number in sorted(found)]


PERSONAL = PersonalData("photos", frozenset({"photo", "stored_file"}), held, erase)
