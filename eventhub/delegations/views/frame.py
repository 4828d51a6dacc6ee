"""What the layout of a public page of an event reads."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, stylesheet_of, with_host
from eventhub.i18n import current
from eventhub.web.context import Masthead
from eventhub.web.language import switch
from eventhub.web.rosette import rosette


def public_event(slug: str) -> tuple[Event, dict[str, Any]]:
    """Return the event that may be claimed for, and what its pages read; NotFound for others."""
    found = with_host(slug)
    if found is None or found[0].state == "draft" or "letters" not in found[0].switches:
        raise NotFound
    event, institution = found
    colours = [(one.code, one.colour) for one in categories_of(event.id)]
    _text, digest = stylesheet_of(event.accent, colours)
    here = current()
    offered = [*event.languages, *([] if here in event.languages else [here])]
    return event, {
        "event": event,
        "title": event.title(),
        "masthead": Masthead(
            institution.names.pick(None, event.languages),
            event.title(),
            url_for("events.show", lang=here, slug=slug),
            Markup(rosette(event.code, 40)),  # noqa: S704  (drawn by us)
        ),
        "page_languages": switch(offered),
        "event_css": url_for("events.stylesheet", slug=event.slug, digest=digest),
    }
