"""Keeping the programme in the reader's browser, and ending that."""

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import made
from eventhub.agenda.made.offline import not_kept_page, script, worker
from eventhub.agenda.queries import latest_number
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import HTML, find, source_of
from eventhub.config import Settings
from eventhub.events.queries import with_host
from eventhub.events.rules import EventState
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import answer

SCRIPT = "text/javascript; charset=utf-8"


@bp.get("/<lang>/<slug>/programme/worker.js")
@requires(PUBLIC)
def offline_worker(lang: str, slug: str) -> ResponseReturnValue:
    """Answer the program that keeps the programme; where there is none any more, one that ends it.

    It is never refused: a browser that finds nothing here would go on with what it has.
    """
    source = _source(slug)
    if source is None:
        response = Response(script("js/retire.js"), content_type=SCRIPT)
    else:
        response = answer(source.key("worker"), lambda: worker(source), SCRIPT)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = url_for("agenda.public", lang=lang, slug=slug)
    return response


@bp.get("/<lang>/<slug>/programme/not-kept")
@requires(PUBLIC)
def not_kept(lang: str, slug: str) -> ResponseReturnValue:
    """Show what a browser without a network shows in place of a page that it did not keep."""
    source = source_of(*find(slug))
    response = answer(source.key("not-kept"), lambda: not_kept_page(source), HTML)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _source(slug: str) -> made.Source | None:
    settings: Settings = current_app.extensions["eventhub.settings"]
    found = with_host(slug) if settings.offline_pages else None
    if found is None or found[0].state == EventState.DRAFT:
        return None
    number = latest_number(found[0].id)
    return None if number is None else made.Source(found[0], found[1].names, number)
