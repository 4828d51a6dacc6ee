"""Pieces of a page that screens ask for again and again, cheap while nothing changes."""

from collections.abc import Callable

from flask import Response, request

from eventhub.agenda.models import Session
from eventhub.core import clock
from eventhub.core.ids import digest
from eventhub.i18n import current
from eventhub.speaking.models import SpeakerList
from eventhub.web.made_once import build

SERVER_TIME = "X-Server-Time"
"""Milliseconds of the server's clock: screens reckon from it, so that all of them agree."""


def now_ms() -> int:
    """Return the present instant in milliseconds."""
    return round(clock.now().timestamp() * 1000)


def polled(one: SpeakerList, session: Session, draw: Callable[[], str]) -> Response:
    """Answer 304 while the list is as the screen has it, else what `draw` draws.

    Whether it changed is known by its version, so an unchanged list is not even read. The time of
    the server goes along in either case.
    """
    said = (one.ref, one.version, session.version, current(), build())
    etag = digest(repr(said))[:32]
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(draw(), mimetype="text/html")
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers[SERVER_TIME] = str(now_ms())
    return response
