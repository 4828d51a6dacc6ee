"""Writing ZIP files whose bytes depend on nothing but what is in them."""

import zipfile
from collections.abc import Iterable
from typing import IO

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time that each file bears: the first that ZIP knows."""
PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".woff", ".woff2", ".zip", ".docx",
                  ".xlsx", ".pptx", ".ods", ".odt")  # fmt: skip


class Packer:
    """Writes files into a ZIP one after another; what was written is not held in memory."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", allowZip64=True)
        self.names: set[str] = set()

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file of these pieces; a name that is there already is left as it is."""
        if name in self.names:
            return
        self.names.add(name)
        entry = zipfile.ZipInfo(name, BEGINNING)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        packed = name.lower().endswith(PACKED_ALREADY)
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=False) as file:
            for piece in pieces:
                file.write(piece)

    def close(self) -> None:
        """End the file; nothing can be added afterwards."""
        self._zip.close()
