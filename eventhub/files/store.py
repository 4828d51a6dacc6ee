"""The folder of enciphered bytes."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from eventhub.files.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Written:
    """Where bytes were put, how many they were, and their SHA-256 before enciphering."""

    place: str
    size: int
    sha256: str


class FileStore:
    """Bytes under random names, two levels deep, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, key: bytes, pieces: Iterable[bytes]) -> Written:
        """Encipher the pieces (64 KiB each but the last) into a new file, synced to the disk."""
        name = secrets.token_hex(16)
        path = self.path(f"{name[:2]}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        tally, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for piece in pieces:
                tally.update(piece)
                size += len(piece)
                yield piece

        draft = path.with_suffix(".part")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for sealed in seal(key, counted()):
                file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        return Written(f"{name[:2]}/{name}", size, tally.hexdigest())

    def read(self, key: bytes, place: str) -> Iterator[bytes]:
        """Give the bytes back in pieces."""
        with self.path(place).open("rb") as file:
            yield from unseal(key, file)

    def remove(self, place: str) -> None:
        """Remove the bytes, if they are there."""
        self.path(place).unlink(missing_ok=True)

    def path(self, place: str) -> Path:
        """Return the path of a place in the folder."""
        return self.folder / place

    def older_than(self, seconds: float) -> Iterator[str]:
        """Yield the places written longer ago than this."""
        limit = time.time() - seconds
        for path in self.folder.glob("??/*"):
            if path.stat().st_mtime < limit:
                yield f"{path.parent.name}/{path.name}"


def store() -> FileStore:
    """Return the application's file store."""
    found: FileStore = current_app.extensions["eventhub.files"]
    return found
