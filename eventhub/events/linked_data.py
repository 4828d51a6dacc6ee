"""The event in the words of search engines and of programs that show shared links."""

import json
from collections.abc import Sequence

from markupsafe import Markup

from eventhub.events import words
from eventhub.events.models import Event, Host
from eventhub.events.rules import EventState
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


STATUS = {
    EventState.POSTPONED: "EventPostponed",
    EventState.CANCELLED: "EventCancelled",
}
ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
}


def linked_data(event: Event, host: Translated, hosts: Sequence[Host], country: str) -> Markup:
    """Return the event in schema.org's words, safe to stand inside a script element."""
    url = absolute("events.show", lang=current(), slug=event.slug)
    city = words.city_of(event)
    hall = {
        "@type": "Place",
        "name": event.venue_names.pick(None, event.languages) or city,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": city,
            **({"addressCountry": country} if country else {}),
        },
    }
    online = {"@type": "VirtualLocation", "url": url}
    places = {"in_person": hall, "hybrid": [hall, online], "online": online}
    names = [host.names.pick(None, event.languages) for host in hosts]
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title(),
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": "https://schema.org/"
        + STATUS.get(EventState(event.state), "EventScheduled"),
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[event.mode]}",
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
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  (nothing in it can end the element)
