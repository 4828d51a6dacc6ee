"""What every public page of an event stands on: who finds it, its masthead, its languages."""

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from markupsafe import Markup

from eventhub.events import queries
from eventhub.events.models import Category, Event
from eventhub.events.rules import EventState
from eventhub.i18n import Translated, current
from eventhub.institutions.models import Institution
from eventhub.web.context import Masthead
from eventhub.web.rosette import rosette

READING = frozenset({"GET", "HEAD"})


def public_event(slug: str) -> tuple[Event, Institution]:
    """Return the public event at this address and its host, in one statement.

    Ends the request otherwise: with the way to where the event moved, or with 404.
    """
    found = queries.with_host(slug)
    if found is None:
        moved = queries.find_moved(slug)
        if moved is None:
            abort(404)
        there: dict[str, Any] = {**(request.view_args or {}), "slug": moved}
        code = 301 if request.method in READING else 308  # a form must arrive as a form
        asked = request.query_string.decode("ascii", "replace")
        way = url_for(request.endpoint or "", **there) + (f"?{asked}" if asked else "")
        abort(redirect(way, code))
    if found[0].state == EventState.DRAFT:
        abort(404)
    return found


def address_of(event: Event) -> dict[str, Any]:
    """Return the parts of the event's public addresses, in the present language."""
    return {"lang": current(), "slug": event.slug}


def languages_of(event: Event) -> list[str]:
    """Return the languages that the event's pages offer, the present one among them."""
    return [*event.languages, *([] if current() in event.languages else [current()])]


def in_its_language(text: Translated, order: Sequence[str]) -> Markup:
    """Return a text of the organiser, marked where it is in another language than the page."""
    language = text.language(None, order)
    mark = "" if language in (None, current()) else Markup(' lang="{}"').format(language)
    return Markup("<bdi{}>{}</bdi>").format(mark, text.pick(None, order))


def colours(categories: Sequence[Category]) -> list[tuple[str, str]]:
    """Return code and colour of categories, as the stylesheet needs them."""
    return [(category.code, category.colour) for category in categories]


def layout(
    event: Event,
    host: Translated,
    categories: Sequence[Category],
    *,
    reference: str | None = None,
    is_home: bool = False,
) -> dict[str, Any]:
    """Return what the layout of a page of the event reads, but for the switch of languages.

    On the event's own page (`is_home`) the masthead leads to the front page, and the title
    carries the rosette instead.
    """
    _text, digest = queries.stylesheet_of(event.accent, colours(categories))
    up = url_for("events.front") if is_home else url_for("events.show", **address_of(event))
    drawn = "" if is_home else rosette(event.code, 40)
    return {
        "event": event,
        "title": event.title(),
        "title_language": event.titles.language(None, event.languages),
        "masthead": Masthead(
            host.pick(None, event.languages),
            reference,
            up,
            Markup(drawn),  # noqa: S704  (drawn by us)
        ),
        "event_css": url_for("events.stylesheet", slug=event.slug, digest=digest),
    }
