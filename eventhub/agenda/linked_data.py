"""Published sessions in the words of search engines; closed and private ones never."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from eventhub.agenda.queries import latest_number
from eventhub.agenda.recalled import recall
from eventhub.agenda.rules import QUIET_KINDS, FrozenSession, Programme, shows_content
from eventhub.events.linked_data import as_script, event_data, hall_data, status, within
from eventhub.events.models import Event
from eventhub.events.queries import country_of, hosts_of
from eventhub.i18n import Translated, current
from eventhub.web.urls import absolute

MOST_BYTES = 24_000
"""Of a day's sessions before they are packed; more of them, and each says less."""


def told(sessions: Iterable[FrozenSession]) -> list[FrozenSession]:
    """Return the sessions that search engines may show, without breaks."""
    return [s for s in sessions if shows_content(s.access) and s.kind not in QUIET_KINDS]


def day_data(event: Event, host: Translated, programme: Programme, day: str) -> Markup:
    """Return the event with the sessions of one day (ISO), as a script element takes it."""
    country = country_of(event)
    hall = hall_data(event, country.name() if country else "")
    said = event_data(event, host, hosts_of(event.id), country.name() if country else "")
    mine = told(s for s in programme.sessions if s.starts[:10] == day)
    whole = [_session(event, programme, one, hall) for one in mine]
    parts = within(whole, MOST_BYTES)
    if len(parts) < len(whole):
        parts = within([_brief(event, one) for one in mine], MOST_BYTES)
    return as_script({**said, "subEvent": parts} if parts else said)


def session_data(
    event: Event, host: Translated, programme: Programme, session: FrozenSession
) -> Markup:
    """Return one session with the event of which it is part; nothing of a closed one."""
    if not shows_content(session.access):
        return Markup("")
    country = country_of(event)
    whole = event_data(event, host, hosts_of(event.id), country.name() if country else "")
    hall = hall_data(event, country.name() if country else "")
    said = _session(event, programme, session, hall)
    description = Translated(session.descriptions).pick(None, event.languages)
    return as_script(
        {
            "@context": whole.pop("@context"),
            **said,
            **({"description": description} if description else {}),
            "organizer": whole["organizer"],
            "superEvent": {name: whole[name] for name in _OF_THE_WHOLE},
        }
    )


_OF_THE_WHOLE = ("@type", "name", "startDate", "endDate", "eventStatus", "location", "url")


def parts_of(event: Event) -> list[dict[str, Any]]:
    """Return the sessions of the programme in force, in brief; none before it is published."""
    number = latest_number(event.id)
    if number is None:
        return []
    recalled = recall(event, number)
    return [_brief(event, one) for one in told(recalled.sessions)]


def _brief(event: Event, session: FrozenSession) -> dict[str, Any]:
    zone = ZoneInfo(session.zone)
    return {
        "@type": "Event",
        "name": Translated(session.titles).pick(None, event.languages),
        "startDate": session.starts_at.astimezone(zone).isoformat(timespec="minutes"),
        "endDate": session.ends_at.astimezone(zone).isoformat(timespec="minutes"),
        "eventStatus": status(event, is_cancelled=session.status == "cancelled"),
        "url": absolute("agenda.public_session", lang=current(), slug=event.slug, ref=session.ref),
    }


def _session(
    event: Event, programme: Programme, session: FrozenSession, hall: dict[str, Any]
) -> dict[str, Any]:
    def words(texts: Any) -> str:
        return Translated(texts).pick(None, event.languages)

    people = dict.fromkeys(ref for ref, _role in session.speakers)
    spoken = dict.fromkeys((*session.floor_languages, *session.interpretation))
    room = words(programme.rooms[session.room]["names"] if session.room else session.place_note)
    return {
        **_brief(event, session),
        "location": {**hall, "name": room} if room else hall,
        **({"inLanguage": list(spoken)} if spoken else {}),
        **(
            {
                "performer": [
                    {"@type": "Person", "name": programme.speakers[ref]["name"]} for ref in people
                ]
            }
            if people
            else {}
        ),
    }
