"""Calendar files that everybody may have, made once, and how to subscribe to them."""

from collections.abc import Callable
from functools import partial

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import Source, page_values
from eventhub.agenda.queries import latest_number
from eventhub.calendars import feeds
from eventhub.calendars.subscribing import Subscription
from eventhub.calendars.views.blueprint import bp
from eventhub.events.showing import public_event
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.web.access import PUBLIC, requires
from eventhub.web.for_all import page_for_all
from eventhub.web.made_once import answer
from eventhub.web.urls import absolute


@bp.get("/<lang>/<slug>/calendar.ics")
@requires(PUBLIC)
def event_feed(lang: str, slug: str) -> ResponseReturnValue:
    """Answer all public sessions, or the event alone before the programme is published."""
    return _answer(slug, feeds.WHOLE, feeds.event_feed, slug)


@bp.get("/<lang>/<slug>/programme/<day>.ics")
@requires(PUBLIC)
def day_feed(lang: str, slug: str, day: str) -> ResponseReturnValue:
    """Answer the public sessions of one day."""
    if not day.replace("-", "").isalnum():
        abort(404)
    return _answer(
        slug, f"calendar-{day}", lambda source: feeds.day_feed(source, day), f"{slug}-{day}"
    )


@bp.get("/<lang>/<slug>/programme/rooms/<ref>.ics")
@requires(PUBLIC)
def room_feed(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Answer the public sessions in one room."""
    return _part(slug, "room", ref, feeds.room_feed)


@bp.get("/<lang>/<slug>/programme/tracks/<ref>.ics")
@requires(PUBLIC)
def track_feed(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Answer the public sessions of one track."""
    return _part(slug, "track", ref, feeds.track_feed)


@bp.get("/<lang>/<slug>/programme/sessions/<ref>.ics")
@requires(PUBLIC)
def session_entry(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Answer one public session."""
    return _part(slug, "session", ref, feeds.session_file)


@bp.get("/<lang>/<slug>/calendar")
@requires(PUBLIC)
def help_to_subscribe(lang: str, slug: str) -> ResponseReturnValue:
    """Say how each client subscribes to the event's calendar."""
    source = find(slug)
    address = absolute("calendars.event_feed", lang=lang, slug=slug)
    return page_for_all(
        "calendars/help_to_subscribe.html",
        **page_values(source.event, source.host, "calendars.help_to_subscribe", None),
        subscription=Subscription(
            address, url_for("calendars.event_feed", lang=lang, slug=slug), source.event.title()
        ),
        is_published=source.number != feeds.NOTHING_PUBLISHED,
    )


def find(slug: str) -> Source:
    """Return what the event's calendars are made from, also before a programme is published."""
    event, institution = public_event(slug)
    number = latest_number(event.id)
    return Source(event, institution.names, feeds.NOTHING_PUBLISHED if number is None else number)


def _part(
    slug: str, kind: str, ref: str, make: Callable[[Source, str], bytes]
) -> ResponseReturnValue:
    if not ref.isalnum():
        abort(404)
    return _answer(
        slug, f"calendar-{kind}-{ref}", lambda source: make(source, ref), f"{slug}-{kind}-{ref}"
    )


def _answer(
    slug: str, form: str, make: Callable[[Source], bytes], filename: str
) -> ResponseReturnValue:
    source = find(slug)
    make_it = partial(make, source)
    return answer(source.file_key(form), make_it, MEDIA_TYPE, filename=f"{filename}.ics")
