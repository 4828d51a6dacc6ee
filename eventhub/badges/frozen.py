"""A design as a run keeps it, so that nothing changed or deleted meanwhile changes its badges."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventhub.designs.rules import Kind, Layout, Occasion, read_layout


@dataclass(frozen=True, slots=True)
class Source:
    """What badges are laid out from: the layout of each kind by its name, kinds, the occasion.

    Making one takes no layout engine, so that a page can do it.
    """

    layouts: Mapping[str, Layout]
    kinds: tuple[Kind, ...]
    occasion: Occasion

    def packed(self) -> bytes:
        """Return it as bytes; equal sources give equal bytes."""
        layouts = {name: layout.as_json() for name, layout in self.layouts.items()}
        kinds = [asdict(kind) for kind in self.kinds]
        kept = json.dumps([layouts, kinds, asdict(self.occasion)], sort_keys=True)
        return zlib.compress(kept.encode())


def unpacked(data: bytes) -> Source:
    """Return the source that `packed` made these bytes of."""
    layouts, kinds, occasion = json.loads(zlib.decompress(data))
    return Source(
        {name: read_layout(layout) for name, layout in layouts.items()},
        tuple(Kind(**_tuples(kind)) for kind in kinds),
        Occasion(**_tuples(occasion)),
    )


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
