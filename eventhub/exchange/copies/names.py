"""Names of files in a copy, and the ways between them."""

import posixpath
from urllib.parse import quote, unquote

KEPT_ENDINGS = frozenset(
    {
        "css", "csv", "docx", "gif", "ico", "ics", "jpeg", "jpg", "json", "odt", "ods", "pdf",
        "png", "pptx", "svg", "ttf", "txt", "webp", "woff", "woff2", "xlsx", "xml", "zip",
    }
)  # fmt: skip
"""Endings of addresses under which something else than a page is answered."""
FILES = "files"
"""Folder of style rules, pictures and fonts."""


def file_name(path: str, slug: str) -> str:
    """Return the name of the file that a path of the event's public pages becomes.

    /en/forum-2026 is en/index.html, /en/forum-2026/programme/2026-04-02 is
    en/programme/2026-04-02.html; /static/css/public.css is files/css/public.css.
    """
    parts = [unquote(part) for part in path.strip("/").split("/")]
    if parts[0] in ("static", "static-event"):
        return "/".join([FILES, *(part for part in parts[1:] if part != slug)])
    rest = [parts[0], *parts[2:]]
    ending = rest[-1].rpartition(".")[2].lower() if "." in rest[-1] else ""
    if len(rest) == 1:
        return f"{rest[0]}/index.html"
    if ending in KEPT_ENDINGS:
        return "/".join(rest)
    return "/".join(rest) + ".html"


def way(from_name: str, to_name: str) -> str:
    """Return the relative address that leads from one file to another."""
    start = posixpath.dirname(from_name) or "."
    return quote(posixpath.relpath(to_name, start))
