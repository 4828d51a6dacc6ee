"""Pages that are the same for every reader, so that they can be kept and asked for again.

Nothing of the reader stands in them (no name, cookie, token, message), they hold no clock, and
their ETag is the digest of their bytes (decision 12).
"""

from typing import Any

from flask import Response, g, make_response, render_template, request

from eventhub.core.ids import digest


def page_for_all(template: str, **values: Any) -> Response:
    """Render a page that is the same for everybody; 304 where the reader has it already."""
    g.made_for_all = True
    return kept(make_response(render_template(template, **values)))


def kept(response: Response) -> Response:
    """Let caches keep the answer, and ask each time whether it is still the same."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.set_etag(digest(response.get_data(as_text=True))[:32], weak=True)
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response
