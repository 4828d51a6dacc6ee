"""A design as a run keeps it, so that nothing changed or deleted meanwhile changes its badges."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """What a design is laid out from: HTML with a variant for each kind of badge, and its files.

    Making one takes no layout engine, so that a page can do it.
    """

    html: str
    files: Mapping[str, bytes] = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return it as bytes; equal sources give equal bytes."""
        files = {name: base64.b64encode(data).decode() for name, data in self.files.items()}
        return zlib.compress(json.dumps([self.html, files], sort_keys=True).encode())


def unpacked(data: bytes) -> Source:
    """Return the source that `packed` made these bytes of."""
    html, files = json.loads(zlib.decompress(data))
    return Source(html, {name: base64.b64decode(text) for name, text in files.items()})
