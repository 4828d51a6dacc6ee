"""Answering with a ZIP that is made while it is sent, so that memory stays small."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context


class _Pipe(io.RawIOBase):
    """What was written since it was last taken; a ZIP is written to it from front to end."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Say that it takes bytes."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        """Return what waits, once."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def zip_pieces(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield a ZIP of the entries (name, pieces of bytes) as it grows."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in entries:
            with archive.open(name, "w") as entry:
                for piece in pieces:
                    entry.write(piece)
                    if taken := pipe.take():
                        yield taken
    yield pipe.take()


def send_zip(name: str, entries: Iterable[tuple[str, Iterable[bytes]]]) -> Response:
    """Answer with the ZIP under an ASCII name, kept by nobody on the way."""
    answer = Response(stream_with_context(zip_pieces(entries)), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
