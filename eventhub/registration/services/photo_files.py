"""Files of photos as people send them: pictures, and ZIP files of pictures."""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from eventhub.core.errors import DomainError
from eventhub.i18n import _
from eventhub.photos.rules import MOST_BYTES
from eventhub.registration.rules.photo_names import is_picture
from eventhub.sheets.zipped import Bounds, Zipped, entry_name

MOST_IN_ZIP = 300
_IN_ZIP = Bounds(files=500, each_bytes=MOST_BYTES, all_bytes=300 * 1024 * 1024)


class Pictures:
    """What somebody sent, opened as far as the names: a picture is unpacked when it is its turn.

    `refused` says by name of file what cannot be used and why; it grows while one goes through.
    """

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self.refused: list[tuple[str, str]] = []
        self._files = files
        self._zips = [self._open(name, data) for name, data in files if _is_zip(data)]
        self._loose = [(name, data) for name, data in files if not _is_zip(data)]

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self._loose) + sum(len(entries) for _file, entries in self._zips)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of each, one after the other."""
        yield from self._loose
        for opened, entries in self._zips:
            for entry in entries:
                try:
                    picture = opened.read(entry) if opened else b""
                except DomainError as error:
                    self.refused.append((entry_name(entry), error.message))
                    continue
                yield entry_name(entry), picture

    def packed(self) -> bytes:
        """Return all as one ZIP file, for the worker; one ZIP file stays as it is."""
        if len(self._files) == 1 and self._zips:
            return self._files[0][1]
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for at, (name, picture) in enumerate(self):
                made.writestr(f"{at:04d}/{name}", picture)
        return out.getvalue()

    def _open(self, name: str, data: bytes) -> tuple[Zipped | None, list[zipfile.ZipInfo]]:
        try:
            opened = Zipped(data, _IN_ZIP)
        except DomainError as error:
            self.refused.append((name, error.message))
            return None, []
        entries = [one for one in opened.entries if is_picture(one.filename)]
        if not entries:
            said = _("There is no JPEG, PNG or WebP picture in this file.")
            self.refused.append((name, said))
        for one in entries[MOST_IN_ZIP:]:
            self.refused.append((entry_name(one), _("There were too many. Send this one again.")))
        return opened, entries[:MOST_IN_ZIP]


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK")
