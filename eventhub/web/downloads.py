"""Answering with a stored file, in pieces."""

from urllib.parse import quote

from flask import Response, stream_with_context

from eventhub.files.models import StoredFile
from eventhub.files.services import read_file


def send_stored(row: StoredFile, *, name: str = "", inline: bool = False) -> Response:
    """Answer with the file, to be saved under its name, or with `inline` to be shown."""
    pieces = read_file(row)
    response = Response(stream_with_context(pieces), mimetype=row.media_type)
    kind = "inline" if inline else "attachment"
    wanted = name or row.name
    plain = wanted.encode("ascii", "replace").decode().replace('"', "").replace("?", "_")
    response.headers["Content-Disposition"] = (
        f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(wanted)}"
    )
    response.headers["Content-Length"] = str(row.size)
    return response
