"""Making the copy of one event: where the walk begins, and the page that leads to the languages."""

from datetime import date
from typing import IO, Any

from flask import Flask, current_app, render_template, url_for

from eventhub.agenda.queries import latest_number
from eventhub.config import Settings
from eventhub.events.models import Event
from eventhub.exchange.copies.crawl import Report, Walk
from eventhub.exchange.copies.names import way
from eventhub.exchange.copies.zipped import Packer
from eventhub.exchange.files import FORMATS
from eventhub.i18n import LANGUAGES, _, use
from eventhub.web.assets import asset
from eventhub.web.urls import addresses

FIRST = "index.html"


def make_copy(event: Event, target: IO[bytes], *, day: date, report: Report) -> int:
    """Write the copy of the event's public pages as a ZIP; return how many files it has.

    The same pages on the same day give the same bytes. Outside a transaction: it takes minutes.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.extensions["eventhub.settings"]
    walk = Walk(app, event.slug, event.languages, base_url=settings.base_url, day=day)
    packer = Packer(target)
    with addresses():
        starts, first = _starts(event), _first_page(event, walk)
    packer.add(FIRST, [first])
    files = walk.pack(starts, packer, report)
    packer.close()
    return files + 1


def _starts(event: Event) -> list[str]:
    """Return the paths from which everything else is reached."""
    found = []
    has_programme = latest_number(event.id) is not None
    for language in event.languages:
        where: dict[str, Any] = {"lang": language, "slug": event.slug}
        found.append(url_for("events.show", **where))
        if has_programme:
            found += [url_for("agenda.public", **where), url_for("calendars.event_feed", **where)]
            found += [
                url_for("exchange.schedule", filename=one.filename, **where) for one in FORMATS
            ]
    return found


def _first_page(event: Event, walk: Walk) -> bytes:
    """Return the page that leads to the languages; its look is that of the public pages."""
    look = walk.name_at(asset("css/public.css").partition("?")[0])
    lines = []
    for language in event.languages:
        with use(language):
            path = url_for("events.show", lang=language, slug=event.slug)
            name = walk.name_at(path) or ""
            lines.append((language, LANGUAGES[language].own_name, event.title(), way(FIRST, name)))
    with use(event.languages[0]):
        return render_template(
            "exchange/copy_index.html",
            language=event.languages[0],
            direction=LANGUAGES[event.languages[0]].direction,
            look=way(FIRST, look) if look else "",
            lines=lines,
            languages=LANGUAGES,
            heading=event.title(),
            label=_("Languages"),
            line=walk.line_for(url_for("events.to_language", slug=event.slug)),
        ).encode()
