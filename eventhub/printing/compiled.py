"""Designs that stay laid out in a process, so that a single sheet takes milliseconds.

Laying a design out takes WeasyPrint a tenth of a second, drawing one sheet over it a hundredth
of that.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from eventhub.printing.designs import Design, read_design
from eventhub.printing.uploaded_fonts import UploadedFont

KEPT = 32
"""Designs kept at once, those used last; each holds its background, some ten to hundred KB."""
_kept: OrderedDict[bytes, Design] = OrderedDict()
_lock = Lock()


def compiled(
    html: str,
    files: Mapping[str, bytes] | None = None,
    fonts: Sequence[UploadedFont] = (),
) -> Design:
    """Return the design of this HTML, files and fonts, laid out at most once in this process.

    Known by the digest of all of it, so that a design that was changed is laid out anew. Raises
    BadDesign, and FontsMissing before use_fonts.
    """
    key = _digest(html, files or {}, fonts)
    with _lock:
        design = _kept.get(key)
        if design is not None:
            _kept.move_to_end(key)
            return design
    design = read_design(html, files, fonts)
    with _lock:
        _kept[key] = design
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return design


def _digest(html: str, files: Mapping[str, bytes], fonts: Sequence[UploadedFont]) -> bytes:
    digest = hashlib.sha256()
    parts = [os.environ.get("FONTCONFIG_FILE", "").encode(), html.encode()]
    for name in sorted(files):
        parts += (name.encode(), files[name])
    parts += [f"{font.family}/{font.weight}/{font.digest}".encode() for font in fonts]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
