"""What is on now and what follows, for phones and for screens on a wall."""

from collections.abc import Callable

from flask import Response
from flask.typing import ResponseReturnValue

from eventhub.agenda import made
from eventhub.agenda.made.now import now_page, now_piece
from eventhub.agenda.recalled import recall
from eventhub.agenda.rules import turn_at
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import HTML, find, source_of
from eventhub.core import clock
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import answer

SECONDS = 10
"""How long a reader may keep what is on now without asking."""


@bp.get("/<lang>/<slug>/programme/now")
@requires(PUBLIC)
def show_now(lang: str, slug: str) -> ResponseReturnValue:
    """Show what is on in each room, and what follows."""
    return _answer(slug, "now", now_page)


@bp.get("/<lang>/<slug>/programme/now/piece")
@requires(PUBLIC)
def show_now_piece(lang: str, slug: str) -> ResponseReturnValue:
    """Answer the piece of that page which changes; 304 while nothing starts or ends."""
    return _answer(slug, "now-piece", now_piece)


def _answer(slug: str, form: str, make: Callable[[made.Source, int], bytes]) -> Response:
    source = source_of(*find(slug))
    turn = turn_at(recall(source.event, source.number).turns, clock.now())
    response = answer(source.key(f"{form}-{turn}"), lambda: make(source, turn), HTML)
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
