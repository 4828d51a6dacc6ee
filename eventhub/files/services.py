"""Storing, reading and removing files."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.files.models import StoredFile
from eventhub.files.sealing import PIECE
from eventhub.files.store import store
from eventhub.jobs.rules import URGENT
from eventhub.jobs.services import queue
from eventhub.keys.ring import KeyDestroyed, ring

ORPHAN_SECONDS = 24 * 3600


def store_file(
    data: bytes | Iterable[bytes],
    *,
    event_id: int | None,
    data_class: str,
    name: str,
    media_type: str,
) -> StoredFile:
    """Write the bytes, then the row (in the caller's transaction), and return the row.

    An iterable must give pieces of exactly 64 KiB, the last one excepted.
    """
    return store_files(
        [data], event_id=event_id, data_class=data_class, name=name, media_type=media_type
    )[0]


def store_files(
    contents: Iterable[bytes | Iterable[bytes]],
    *,
    event_id: int | None,
    data_class: str,
    name: str,
    media_type: str,
) -> list[StoredFile]:
    """Write files that are called alike, then their rows; return these in the order given."""
    key, rows = ring().event_key(event_id or 0, data_class), []
    for data in contents:
        written = store().write(key, _cut(data) if isinstance(data, bytes) else data)
        rows.append(
            StoredFile(
                event_id=event_id,
                data_class=data_class,
                name=name[:250],
                media_type=media_type,
                size=written.size,
                sha256=written.sha256,
                place=written.place,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    return rows


def read_file(row: StoredFile) -> Iterator[bytes]:
    """Give the file's bytes in pieces; NotFound where its key was destroyed."""
    try:
        key = ring().event_key(row.event_id or 0, row.data_class)
    except KeyDestroyed:
        raise NotFound from None
    return store().read(key, row.place)


def read_whole(row: StoredFile) -> bytes:
    """Return all bytes of a small file at once."""
    return b"".join(read_file(row))


def find_file(ref: str, *, event_id: int | None) -> StoredFile | None:
    """Return a file of the event by its ref."""
    query = select(StoredFile).where(StoredFile.ref == ref, StoredFile.event_id == event_id)
    return db.session.scalar(query)


def remove_file(row: StoredFile) -> None:
    """Remove the row; its bytes become an orphan and go with the next sweep."""
    db.session.delete(row)
    db.session.flush()


def erase_files(file_ids: Collection[int]) -> None:
    """Remove files with their rows: the bytes go as soon as the transaction is through."""
    rows = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(file_ids))).all()
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    if rows:
        queue("files.forget", priority=URGENT, places=[row.place for row in rows])


def forget_bytes(places: Iterable[str]) -> int:
    """Remove the bytes at these places that no row knows any more, and return how many."""
    gone = [place for place in places if not _is_known(place)]
    for place in gone:
        store().remove(place)
    return len(gone)


def sweep_orphans() -> int:
    """Remove bytes that no row has known for a day, and return how many."""
    return forget_bytes(store().older_than(ORPHAN_SECONDS))


def _is_known(place: str) -> bool:
    return db.session.scalar(select(StoredFile.id).where(StoredFile.place == place)) is not None


def _cut(data: bytes) -> Iterator[bytes]:
    for start in range(0, max(len(data), 1), PIECE):
        yield data[start : start + PIECE]
