"""The small program that keeps an event's programme in a browser for when there is no network."""

import json
from typing import Any

from flask import url_for

from eventhub.agenda.made.days import ALL
from eventhub.agenda.made.source import GRID_DIGEST, Source, days_seen, frame_values, values
from eventhub.agenda.recalled import recall
from eventhub.i18n import current, times
from eventhub.web.assets import asset, load
from eventhub.web.made_once import build, render

SMALL_PROGRAMME = 200
"""Sessions up to which all days are kept on one page too."""


def worker(source: Source) -> bytes:
    """Return the program, which names the version, its pages and what they are shown with.

    A new version, or a new build, changes its bytes; browsers then put it in place of the old one.
    """
    recalled = recall(source.event, source.number)
    where: dict[str, Any] = {"lang": current(), "slug": source.event.slug}
    days = [day.isoformat() for day in days_seen(recalled.programme)]
    if len(recalled.sessions) <= SMALL_PROGRAMME:
        days.append(ALL)
    pages = [url_for("agenda.public", **where)]
    pages += [url_for("agenda.public_day", **where, day=day) for day in days]
    pages += [url_for(f"agenda.{name}", **where) for name in ("show_choice", "search")]
    instead = url_for("agenda.not_kept", **where)
    things = [
        asset("css/public.css"),
        asset("css/programme.css"),
        asset("js/programme.js"),
        asset("icons/favicon.svg"),
        url_for("agenda.grid_stylesheet", digest=GRID_DIGEST),
        frame_values(source.event, source.host, None)["event_css"],
    ]
    version = f"{source.key('').stamp}-{build()}"
    kept = json.dumps(
        {"version": version, "pages": [*pages, instead], "things": things, "instead": instead}
    )
    return f"const KEPT = {kept};\n".encode() + script("js/offline.js")


def not_kept_page(source: Source) -> bytes:
    """Return the page for an address that the browser did not keep, with the days that it did."""
    programme = source.programme()
    where: dict[str, Any] = {"lang": current(), "slug": source.event.slug}
    return render(
        "agenda/not_kept.html",
        **values(source, programme, "agenda.not_kept"),
        days=[
            (times.day(day), url_for("agenda.public_day", **where, day=day.isoformat()))
            for day in days_seen(programme)
        ],
    )


def script(path: str) -> bytes:
    """Return the text of a script of ours; LookupError where it is missing."""
    found = load(path)
    if found is None:
        raise LookupError(path)
    return found.data
