"""The wall: who has the floor, the clock, who comes next; and the list in its order.

Both open by the list's secret address (the screen in the room is not signed in) and, where the
list is public, by its plain one.
"""

from typing import Any

from flask import Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.showing import languages_of, layout, public_event
from eventhub.i18n import LANGUAGES
from eventhub.institutions.models import Institution
from eventhub.speaking import queries, words
from eventhub.speaking.permissions import SWITCH
from eventhub.speaking.showing import (
    other_name,
    phase_words,
    screen_of,
    second_language,
    state_of,
)
from eventhub.speaking.views.blueprint import bp
from eventhub.speaking.views.polled import now_ms, polled
from eventhub.web.access import BY_LINK, requires

LOOKS = ("dark", "light")
EVERY_MS, EVERY_MS_IN_PUBLIC = 1500, 5000
"""How often the screen in the room, and how often everybody's phone, asks for news."""


@bp.get("/<lang>/<slug>/speaking/<key>")
@requires(BY_LINK)
def show_wall(lang: str, slug: str, key: str) -> ResponseReturnValue:
    """Show the floor on a screen of the room, or on a phone."""
    event, host = _open(slug)
    floor = queries.floor_of(event, *queries.list_of_key(event.id, key))
    look = request.args.get("look", "")
    return _quiet(
        "speaking/wall.html",
        **_frame(event, host, "speaking.show_wall", key),
        screen=screen_of(floor),
        look=look if look in LOOKS else "",
        phases=phase_words(),
        now_ms=now_ms(),
        every=EVERY_MS if key.upper() != floor.listed.ref else EVERY_MS_IN_PUBLIC,
        now_url=url_for("speaking.wall_now", lang=lang, slug=slug, key=key),
        order_url=url_for("speaking.show_order", lang=lang, slug=slug, key=key),
    )


@bp.get("/<lang>/<slug>/speaking/<key>/now")
@requires(BY_LINK)
def wall_now(lang: str, slug: str, key: str) -> Response:
    """Answer with the floor alone; 304 while it stays the same."""
    event, _host = _open(slug)
    one, session = queries.list_of_key(event.id, key)
    return polled(
        one,
        session,
        lambda: render_template(
            "speaking/_wall.html",
            screen=screen_of(queries.floor_of(event, one, session)),
            event=event,
        ),
    )


@bp.get("/<lang>/<slug>/speaking/<key>/list")
@requires(BY_LINK)
def show_order(lang: str, slug: str, key: str) -> ResponseReturnValue:
    """Show everybody on the list in the order in which they speak, to read or to print."""
    event, host = _open(slug)
    floor = queries.floor_of(event, *queries.list_of_key(event.id, key))
    return _quiet(
        "speaking/order.html",
        **_frame(event, host, "speaking.show_order", key),
        floor=floor,
        listed=floor.listed,
        session=floor.session,
        states={one.ref: state_of(floor, one) for one in floor.entries},
        words=words,
        other_name=other_name,
        second=second_language(event),
        wall_url=url_for("speaking.show_wall", lang=lang, slug=slug, key=key),
    )


def _open(slug: str) -> tuple[Event, Institution]:
    event, host = public_event(slug)
    if SWITCH not in event.switches:
        raise NotFound
    return event, host


def _frame(event: Event, host: Institution, endpoint: str, key: str) -> dict[str, Any]:
    return {
        **layout(event, host.names, categories_of(event.id), reference=event.title()),
        "page_languages": [
            (code, LANGUAGES[code].own_name, url_for(endpoint, lang=code, slug=event.slug, key=key))
            for code in languages_of(event)
        ],
    }


def _quiet(template: str, **values: Any) -> Response:
    """Render a page that says nothing of its reader, and that no search engine keeps."""
    g.made_for_all = True
    response = make_response(render_template(template, **values))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
