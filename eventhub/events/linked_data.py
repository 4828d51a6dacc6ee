"""The event in the words of search engines and of programs that show shared links."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from eventhub.events import words
from eventhub.events.models import Event, Host
from eventhub.events.rules import EventState
from eventhub.events.seams import SUB_EVENTS
from eventhub.i18n import Translated, _, current
from eventhub.i18n.times import span
from eventhub.web.urls import absolute


def description(event: Event) -> str:
    """Return one plain sentence of what, where and when, for search engines and shared links."""
    return _(
        "%(kind)s, %(days)s, %(where)s.",
        kind=words.PRESETS[event.preset],
        days=span(event.starts_on, event.ends_on),
        where=words.where_of(event),
    )


SCHEMA = "https://schema.org/"
MOST_BYTES = 3_000
"""Of the parts of an event on its own page."""
STATUS = {
    EventState.POSTPONED: "EventPostponed",
    EventState.CANCELLED: "EventCancelled",
}
ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
}


def event_data(
    event: Event, host: Translated, hosts: Sequence[Host], country: str
) -> dict[str, Any]:
    """Return the event in schema.org's words."""
    url = absolute("events.show", lang=current(), slug=event.slug)
    hall = hall_data(event, country)
    online = {"@type": "VirtualLocation", "url": url}
    places = {"in_person": hall, "hybrid": [hall, online], "online": online}
    names = [host.names.pick(None, event.languages) for host in hosts]
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title(),
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": status(event),
        "eventAttendanceMode": f"{SCHEMA}{ATTENDANCE[event.mode]}",
        "location": places[event.mode],
        "organizer": {
            "@type": "Organization",
            "name": names[0] if names else host.pick(None, event.languages),
            "email": event.contact_email,
        },
        "description": event.summary.pick(None, event.languages) or description(event),
        "url": url,
        "inLanguage": event.languages,
        "maximumAttendeeCapacity": event.places,
        "isAccessibleForFree": True,
    }


def hall_data(event: Event, country: str) -> dict[str, Any]:
    """Return where the event is held; the country by its name, empty where it is not known."""
    city = words.city_of(event)
    return {
        "@type": "Place",
        "name": event.venue_names.pick(None, event.languages) or city,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": city,
            **({"addressCountry": country} if country else {}),
        },
    }


def status(event: Event, *, is_cancelled: bool = False) -> str:
    """Return the status of the event, or of a part of it, which shares what befalls the whole."""
    whole = STATUS.get(EventState(event.state))
    return SCHEMA + (whole or ("EventCancelled" if is_cancelled else "EventScheduled"))


def linked_data(
    event: Event, host: Translated, hosts: Sequence[Host], country: str, *, room: int = MOST_BYTES
) -> Markup:
    """Return the event with its parts, safe to stand inside a script element.

    Parts come from the seam and are left out from the one on which would take more than so many
    bytes.
    """
    said = event_data(event, host, hosts, country)
    parts = [part for parts_of in SUB_EVENTS for part in parts_of(event)]
    if some := within(parts, room):
        said["subEvent"] = some
    return as_script(said)


def within(parts: Iterable[Mapping[str, Any]], room: int) -> list[Mapping[str, Any]]:
    """Return the parts, from the first on, that fit into so many bytes."""
    fitting = []
    for part in parts:
        room -= len(_text(part).encode()) + 1
        if room < 0:
            break
        fitting.append(part)
    return fitting


def as_script(said: Mapping[str, Any]) -> Markup:
    """Return data as JSON that cannot end the script element in which it stands."""
    text = _text(said)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  (nothing in it can end the element)


def _text(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
