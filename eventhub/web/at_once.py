"""Answers that are the same for everybody, given again for a second before anything else happens.

Under load most requests ask for what was asked for a moment ago. Those are answered here: before
routes, session, language and database, with the headers of the first answer and its bytes, or
with 304. After a second the address is asked in earnest again, so nobody reads what is older.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from werkzeug.http import parse_etags

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SECONDS = 1.0
MOST_BYTES = 4 * 1024 * 1024
"""Held at once by a process; more than that, and all are let go."""
OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding"})
OF_THE_REQUEST = "X-Request-ID"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """An answer: until when it holds (monotonic), its ETag, headers whole and for 304, its body."""

    until: float
    etag: str
    headers: Headers
    headers_of_304: Headers
    body: bytes


class AtOnce:
    """A WSGI application that stands before another one and answers what it has just said."""

    def __init__(self, inner: "WSGIApplication", seconds: float) -> None:
        self.inner = inner
        self.seconds = seconds
        self.held: dict[tuple[str, ...], Held] = {}
        self.bytes = 0

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer at once where the address was answered within the last second."""
        found = self.held.get(_address(environ)) if self.held else None
        if found is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start_response)
        if found.until < time.monotonic():
            self.held.pop(_address(environ), None)
            return self.inner(environ, start_response)
        named = (OF_THE_REQUEST, secrets.token_hex(8))
        asked = environ.get("HTTP_IF_NONE_MATCH", "")
        if asked and parse_etags(asked).contains_weak(found.etag):
            start_response("304 NOT MODIFIED", [*found.headers_of_304, named])
            return ()
        start_response("200 OK", [*found.headers, named])
        return () if environ["REQUEST_METHOD"] == "HEAD" else (found.body,)

    def hold(self, response: Response) -> None:
        """Hold the answer to the present request."""
        body = response.get_data()
        if self.bytes + len(body) > MOST_BYTES:
            self.held.clear()
            self.bytes = 0
        self.bytes += len(body)
        headers = [(name, value) for name, value in response.headers if name != OF_THE_REQUEST]
        self.held[_address(request.environ)] = Held(
            time.monotonic() + self.seconds,
            response.get_etag()[0] or "",
            headers,
            [pair for pair in headers if pair[0].lower() not in OF_THE_BODY],
            body,
        )


def stand_before(app: Flask, *, seconds: float) -> None:
    """Let the application give its answers again for so many seconds; 0 is never."""
    app.extensions["eventhub.at_once"] = at_once = AtOnce(app.wsgi_app, seconds)
    app.wsgi_app = at_once  # type: ignore[method-assign]


def same_for_all() -> None:
    """Say of the present request that its answer depends on its address and packing alone."""
    g.same_for_all = True


def finish(app: Flask, response: Response) -> Response:
    """Hold a finished answer that is the same for all, then make it 304 where it is known."""
    if not g.get("same_for_all") or response.status_code != 200:
        return response
    at_once: AtOnce = app.extensions["eventhub.at_once"]
    if at_once.seconds and not request.query_string and request.method in ("GET", "HEAD"):
        at_once.hold(response)
    response.make_conditional(request)
    return response


def _address(environ: "WSGIEnvironment") -> tuple[str, ...]:
    """Return what tells one answer from another: scheme, host, path, query, and packing."""
    packed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    return (
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        "gzip" if packed else "",
    )
