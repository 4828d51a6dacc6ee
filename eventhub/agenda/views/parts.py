"""Reading the programme by room, track, language or kind of session, and searching it."""

from dataclasses import replace

from flask import abort, request
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import parts
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import HTML, asked_of, find, hand_out, source_of
from eventhub.core.text import tidy
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import answer_now

LONGEST_SEARCH = 100


@bp.get("/<lang>/<slug>/programme/<any(rooms, tracks, languages, kinds):place>/<ref>")
@requires(PUBLIC)
def show_part(lang: str, slug: str, place: str, ref: str) -> ResponseReturnValue:
    """Show the sessions of one room, track, language or kind."""
    source = source_of(*find(slug))
    if not ref.replace("_", "").isalnum() or not ref.isascii():
        abort(404)
    form = f"{place}-{ref.replace('_', '-')}"
    return hand_out(source, form, lambda asked: parts.part_page(source, place, ref, asked))


@bp.get("/<lang>/<slug>/programme/search")
@requires(PUBLIC)
def search(lang: str, slug: str) -> ResponseReturnValue:
    """Find sessions by words; without any, lead to rooms, tracks, languages and kinds."""
    source = source_of(*find(slug))
    words = tidy(request.args.get("q", ""))[:LONGEST_SEARCH]
    if not words:
        return hand_out(source, "search", lambda asked: parts.search_page(source, asked=asked))
    asked = replace(asked_of(source.event), words=words)
    response = answer_now(parts.search_page(source, words, asked), HTML)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
