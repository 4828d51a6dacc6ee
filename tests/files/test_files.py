"""Stored files: enciphered, whole or not at all, swept when nobody knows them."""

import io
import os
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.core.db import db, transaction
from eventhub.core.errors import NotFound
from eventhub.files.models import StoredFile
from eventhub.files.sealing import PIECE, pieces_of, seal, unseal
from eventhub.files.services import (
    ORPHAN_SECONDS,
    find_file,
    read_file,
    read_whole,
    remove_file,
    store_file,
    sweep_orphans,
)
from eventhub.files.store import store
from eventhub.keys.ring import ring

KEY = bytes(32)


def kept(data: bytes, event_id: int | None = None, data_class: str = "photo") -> StoredFile:
    with transaction():
        return store_file(
            data, event_id=event_id, data_class=data_class, name="é.jpg", media_type="image/jpeg"
        )


def path_of(row: StoredFile) -> Path:
    return store().path(row.place)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_bytes_come_back_whatever_their_number(app: Flask, size: int) -> None:
    data = os.urandom(size)
    row = kept(data)
    assert read_whole(row) == data
    assert row.size == size
    assert path_of(row).stat().st_mode & 0o077 == 0


def test_bytes_lie_enciphered_under_a_random_name(app: Flask) -> None:
    one, two = kept(b"passport photo" * 9), kept(b"passport photo" * 9)
    assert b"passport" not in path_of(one).read_bytes()
    assert path_of(one).read_bytes() != path_of(two).read_bytes()
    assert "jpg" not in one.place
    assert one.sha256 == two.sha256


def test_changed_or_cut_file_is_not_given_out(app: Flask) -> None:
    row = kept(os.urandom(PIECE * 2))
    whole = path_of(row).read_bytes()
    spot = len(whole) // 2
    changed = whole[:spot] + bytes([whole[spot] ^ 1]) + whole[spot + 1 :]
    for wrong in (changed, whole[:-1], whole[: 8 + PIECE + 16], whole[:8]):
        path_of(row).write_bytes(wrong)
        with pytest.raises(ValueError, match="changed or cut"):
            read_whole(row)


def test_pieces_may_not_change_places() -> None:
    sealed = b"".join(seal(KEY, pieces_of(io.BytesIO(os.urandom(PIECE * 3)))))
    size = PIECE + 16
    swapped = sealed[:8] + sealed[8 + size : 8 + 2 * size] + sealed[8 : 8 + size]
    with pytest.raises(ValueError, match="changed"):
        list(unseal(KEY, io.BytesIO(swapped + sealed[8 + 2 * size :])))


def test_destroyed_key_makes_a_class_of_one_event_unreadable(app: Flask) -> None:
    with transaction():
        photo = store_file(b"p", event_id=None, data_class="photo", name="a", media_type="x/y")
        letter = store_file(b"l", event_id=None, data_class="letter", name="b", media_type="x/y")
    ring().destroy_event_key(0, "photo")
    with pytest.raises(NotFound):
        read_file(photo)
    assert read_whole(letter) == b"l"


def test_file_is_found_at_its_own_event_only(app: Flask) -> None:
    row = kept(b"x")
    assert find_file(row.ref, event_id=None) is not None
    assert find_file(row.ref, event_id=1) is None


def test_orphans_go_after_a_day(app: Flask) -> None:
    row = kept(b"kept")

    def never_committed() -> None:
        with transaction():
            store_file(b"lost", event_id=None, data_class="photo", name="x", media_type="x/y")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        never_committed()
    there = list(store().folder.glob("??/*"))
    assert len(there) == 2
    assert sweep_orphans() == 0, "not before a day has passed"
    old = time.time() - ORPHAN_SECONDS - 60
    for path in there:
        os.utime(path, (old, old))
    assert sweep_orphans() == 1
    assert read_whole(row) == b"kept"
    with transaction():
        remove_file(row)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert sweep_orphans() == 1


def test_failed_write_leaves_no_file_that_looks_whole(app: Flask) -> None:
    def breaks() -> None:
        def pieces() -> object:
            yield b"x" * PIECE
            raise OSError("the disk is full")

        store().write(KEY, pieces())  # type: ignore[arg-type]

    with pytest.raises(OSError, match="full"):
        breaks()
    assert [path.suffix for path in store().folder.glob("??/*")] == [".part"]
