"""Work that follows a publication."""

from typing import Any

from flask import current_app

from eventhub.agenda.made import Source, make_usual
from eventhub.agenda.queries import latest_number
from eventhub.events.queries import get_event_by_id, host_names
from eventhub.i18n import use
from eventhub.jobs.runner import Work, handles
from eventhub.web.made_once import forget_others


@handles("agenda.render")
def render_pages(work: Work, *, number: int) -> dict[str, Any]:
    """Make the public pages of a version in every language, before anybody asks for them.

    Nothing is lost where this fails: a page that is missing is made when it is asked for.
    """
    event = get_event_by_id(work.event_id or 0)
    if latest_number(event.id) != number:
        return {"pages": 0}
    host = host_names({event.institution_id})[event.institution_id]
    source = Source(event, host, number)
    pages = 0
    with current_app.test_request_context():
        for done, language in enumerate(event.languages, start=1):
            with use(language):
                pages += make_usual(source)
            work.progress(done, len(event.languages))
    forget_others(event.ref, source.key("").stamp)
    return {"pages": pages}
