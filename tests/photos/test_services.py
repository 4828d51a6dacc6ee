"""Photos are kept enciphered, and looked at by an officer."""

import pytest
from flask import Flask

from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid, NotFound
from eventhub.files.models import StoredFile
from eventhub.files.store import store
from eventhub.photos.models import Photo
from eventhub.photos.queries import find_photo, get_photo, photos_by_id
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import jpeg_of, set_state, take_photo
from tests.factories import actor_with, make_event
from tests.photos.pictures import drawn, opened, sent


def taken(event_id: int, **given: object) -> Photo:
    with transaction():
        return take_photo(event_id, sent(drawn(**given)), actor=actor_with())  # type: ignore[arg-type]


def test_photo_is_pending_and_its_bytes_are_enciphered(app: Flask) -> None:
    event = make_event()
    photo = taken(event.id)
    assert photo.state == PhotoState.PENDING
    assert opened(jpeg_of(photo)).size == (413, 531)
    assert opened(jpeg_of(photo, thumb=True)).size == (96, 123)
    row = db.session.get(StoredFile, photo.file_id)
    assert row is not None
    assert row.data_class == "photo"
    assert b"JFIF" not in store().path(row.place).read_bytes()


def test_doubts_stand_with_the_photo(app: Flask) -> None:
    photo = taken(make_event().id, ground="#202020")
    assert photo.doubts == ["dark_background"]


def test_r1_24_redo_needs_a_reason(app: Flask) -> None:
    photo = taken(make_event().id)
    with pytest.raises(Invalid) as caught:
        set_state([photo], PhotoState.REDO, actor=actor_with())
    assert caught.value.field == "reason"
    with transaction():
        set_state([photo], PhotoState.REDO, actor=actor_with(), reason="The face is in shadow.")
    assert (photo.state, photo.reason) == ("redo", "The face is in shadow.")
    with transaction():
        set_state([photo], PhotoState.OK, actor=actor_with())
    assert (photo.state, photo.reason) == ("ok", "")


def test_photos_of_another_event_are_not_found(app: Flask) -> None:
    mine, other = make_event(), make_event()
    photo = taken(mine.id)
    assert get_photo(mine.id, photo.ref).id == photo.id
    assert find_photo(other.id, photo.id) is None
    assert find_photo(mine.id, None) is None
    assert photos_by_id(other.id, [photo.id]) == {}
    assert list(photos_by_id(mine.id, [photo.id])) == [photo.id]
    with pytest.raises(NotFound):
        get_photo(other.id, photo.ref)
