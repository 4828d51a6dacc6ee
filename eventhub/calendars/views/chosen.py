"""The calendar of sessions that a reader chose without an account."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from eventhub.agenda.rules import read_choice
from eventhub.calendars import feeds
from eventhub.calendars.views.blueprint import bp
from eventhub.calendars.views.public import find
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import answer_now


@bp.get("/<lang>/<slug>/programme/mine.ics")
@requires(PUBLIC)
def chosen_feed(lang: str, slug: str) -> ResponseReturnValue:
    """Answer the public sessions that the address carries; it follows every change of theirs."""
    source = find(slug)
    choice = read_choice(request.args.get("s", ""))
    if source.number == feeds.NOTHING_PUBLISHED or not choice:
        abort(404)
    response = answer_now(feeds.chosen_feed(source, choice), MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    return response
