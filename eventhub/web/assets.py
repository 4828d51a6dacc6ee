"""Static files: under an address that names their content, packed once, kept for a year."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, abort, request, url_for

from eventhub.web.access import PUBLIC, requires

_package = Path(__file__).resolve().parents[1]
FOLDERS = (_package / "_static", _package.parent / "static")
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file in memory: its bytes, packed bytes where that is shorter, its digest."""

    data: bytes
    packed: bytes | None
    digest: str
    media_type: str


@cache
def load(path: str) -> Asset | None:
    """Return the static file of this relative path, None where there is none."""
    for folder in FOLDERS:
        file = (folder / path).resolve()
        if file.is_relative_to(folder) and file.is_file():
            data = file.read_bytes()
            if file.suffix == ".js" and folder.name == "static":
                data = _IMPORT.sub(_addressed, data)
            packed = gzip.compress(data, 9, mtime=0)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            digest = hashlib.sha256(data).hexdigest()[:12]
            return Asset(data, packed if len(packed) < len(data) else None, digest, kind)
    return None


_IMPORT = re.compile(rb'from "\./([a-z-]+\.js)"')
"""A module names another one beside it; browsers keep that one by its content as well."""


def _addressed(found: re.Match[bytes]) -> bytes:
    name = found[1].decode()
    other = load(f"js/{name}")
    if other is None:
        raise LookupError(f"no module {name}")
    return f'from "./{name}?v={other.digest}"'.encode()


def asset(path: str) -> str:
    """Return the address of a static file, its digest in it; LookupError where it is missing."""
    found = load(path)
    if found is None:
        raise LookupError(f"no static file {path}")
    return url_for("static_file", path=path, v=found.digest)


@requires(PUBLIC)
def static_file(path: str) -> Response:
    """Answer a static file; for ever where the address names its content."""
    found = load(path)
    if found is None:
        abort(404)
    packed = found.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or found.data, mimetype=found.media_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(found.digest)
    for_ever = request.args.get("v") == found.digest
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if for_ever else "public, max-age=300"
    )
    response.make_conditional(request)
    return response
