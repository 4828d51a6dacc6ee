"""What every view of the public programme begins and ends with."""

from collections.abc import Callable

from flask import abort, request
from flask.typing import ResponseReturnValue

from eventhub.agenda import made
from eventhub.agenda.queries import latest_number
from eventhub.agenda.rules import read_choice
from eventhub.events.models import Event
from eventhub.events.rules import is_zone
from eventhub.events.showing import public_event
from eventhub.i18n import Translated
from eventhub.web.made_once import answer, answer_now

HTML = "text/html; charset=utf-8"


def find(slug: str) -> tuple[Event, Translated]:
    """Return the public event at this address and the names of its host."""
    event, institution = public_event(slug)
    return event, institution.names


def source_of(event: Event, host: Translated) -> made.Source:
    """Return what the event's pages are made from; 404 where no programme is published."""
    number = latest_number(event.id)
    if number is None:
        abort(404)
    return made.Source(event, host, number)


def asked_of(event: Event) -> made.Asked:
    """Return what the present address asks beside the page."""
    zone = request.args.get("tz", "")
    is_other = bool(zone) and zone != event.zone and is_zone(zone)
    return made.Asked(zone if is_other else None, read_choice(request.args.get("s", "")))


def hand_out(
    source: made.Source, form: str, make: Callable[[made.Asked], bytes]
) -> ResponseReturnValue:
    """Hand out what was made; what one reader asks for is made now and not kept."""
    asked = asked_of(source.event)
    if not asked:
        return answer(source.key(form), lambda: make(made.NOTHING), HTML)
    response = answer_now(make(asked), HTML)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
