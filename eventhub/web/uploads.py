"""Files that people send: one that is too large is cut short and told at its field.

Were the whole request refused, what was typed beside the file would be lost. So the form is read
to its end, but of no file more than the limit and one byte, which tells that it is too large.
"""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request, current_app
from werkzeug.datastructures import FileStorage

from eventhub.config import Settings

IN_MEMORY = 500_000
"""Bytes of a file that are held in memory; a larger one goes to the disk meanwhile."""

FORM_PER_FILE = 8
"""How many times the limit of one file a whole form may be; beyond it, the page is 413."""


class CutShort(SpooledTemporaryFile[bytes]):
    """A file that takes everything and keeps `most` bytes of it."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY)
        self._room = most

    def write(self, data: Any) -> int:
        """Keep what there is room for; what is too much counts as written."""
        kept = data[: self._room]
        self._room -= len(kept)
        super().write(kept)
        return len(data)


class FormRequest(Request):
    """A request whose files are cut short where they are too large."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return CutShort(most_bytes() + 1)


def most_bytes() -> int:
    """Return how large a file may be that somebody sends."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings.max_upload_mb * 1024 * 1024


def is_too_large(file: Any) -> bool:
    """Tell whether what was sent in a field is a file that was cut short."""
    if not isinstance(file, FileStorage):
        return False
    here = file.stream.tell()
    size = file.stream.seek(0, 2)
    file.stream.seek(here)
    return size > most_bytes()
