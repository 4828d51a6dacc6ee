"""Pages and files that are made once, kept packed on the disk, and then only handed out.

What is made depends on its key and on the build alone (decision 12), so whoever asks with the
right ETag is answered before anything is looked up or rendered. The folder is disposable: what
is missing there is made again.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, render_template, request

from eventhub.config import Settings
from eventhub.web.at_once import same_for_all

_package = Path(__file__).resolve().parents[1]
_SOURCES = (_package, *(_package.parent / name for name in ("templates", "static", "translations")))
_SUFFIXES = frozenset({".py", ".html", ".txt", ".css", ".js", ".mo", ".svg"})
_LEVEL = 9
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Key:
    """What a thing is made from: `owner` and `stamp` name the data, `name` the form of it.

    A new stamp makes everything anew. All three are letters, digits, dots and hyphens.
    """

    owner: str
    stamp: str
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Packed bytes, and the digest of the bytes as they were before."""

    packed: bytes
    digest: str


@cache
def build() -> str:
    """Return the digest of all that rendering stands on: code, templates, styles, translations."""
    whole = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                whole.update(str(path.relative_to(_package.parent)).encode())
                whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def answer(
    key: Key, make: Callable[[], bytes], media_type: str, *, filename: str | None = None
) -> Response:
    """Return what is kept under the key, made now where it is missing; 304 where it is known."""
    found = keep(key, make)
    return respond(found, media_type, filename=filename)


def answer_now(data: bytes, media_type: str) -> Response:
    """Return bytes that are worth no place on the disk, with an ETag all the same."""
    return respond(_pack(data), media_type)


def keep(key: Key, make: Callable[[], bytes]) -> Kept:
    """Return what is kept under the key, made and kept now where it is missing."""
    if _settings().mode == "development":  # templates change without a new build
        return _pack(make())
    path = _path(key)
    try:
        return _read(path)
    except FileNotFoundError:
        kept = _pack(make())
        _write(path, kept)
        return kept


def find_kept(key: Key) -> Kept | None:
    """Return what was kept under the key; None where it was not made yet, or is gone."""
    try:
        return _read(_path(key))
    except FileNotFoundError:
        return None


def keep_made(key: Key, data: bytes) -> None:
    """Keep what took long to make, so that it is only handed out when it is asked for."""
    _write(_path(key), _pack(data))


def forget_others(owner: str, stamps: Collection[str]) -> None:
    """Remove what was made for the owner with other stamps, and by builds of before yesterday."""
    folder = _settings().folder("cache") / "made"
    for path in (folder / build() / owner).glob("*"):
        if path.name not in stamps:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("*"):
        if path.name != build() and path.stat().st_mtime < time.time() - _DAY_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def render(template: str, **values: Any) -> bytes:
    """Render a page in which nothing of its reader stands."""
    g.made_for_all = True
    return render_template(template, **values).encode()


def respond(kept: Kept, media_type: str, *, filename: str | None = None) -> Response:
    """Return the answer for what is kept, packed where the reader can unpack it.

    It becomes 304 at the end of the request where the reader knows it (`web.at_once`).
    """
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(content_type=media_type)
    response.set_etag(kept.digest + ("-gz" if packed else ""))
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Accept-Encoding")
    if filename:
        response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    response.set_data(kept.packed if packed else gzip.decompress(kept.packed))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    same_for_all()
    return response


def _settings() -> Settings:
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings


def _path(key: Key) -> Path:
    return (
        _settings().data_dir.absolute()
        / "cache"
        / "made"
        / build()
        / key.owner
        / key.stamp
        / f"{key.name}.gz"
    )


def _pack(data: bytes) -> Kept:
    return Kept(gzip.compress(data, _LEVEL, mtime=0), hashlib.sha256(data).hexdigest()[:32])


@lru_cache(maxsize=256)
def _read(path: Path) -> Kept:
    packed = path.read_bytes()
    return Kept(packed, hashlib.sha256(gzip.decompress(packed)).hexdigest()[:32])


def _write(path: Path, kept: Kept) -> None:
    """Write the file whole or not at all: another process may read it at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(kept.packed)
    Path(name).replace(path)
