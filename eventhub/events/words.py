"""The words that people read for what events are made of, in the present language."""

from collections.abc import Callable

from eventhub.events.models import Event
from eventhub.i18n import Translated, _, lazy_gettext, lazy_pgettext

PRESETS = {
    "forum": lazy_gettext("Forum"),
    "side_event": lazy_gettext("Side event"),
    "seminar": lazy_gettext("Seminar"),
}
PRESET_SENTENCES = {
    "forum": lazy_gettext("Invited delegations, accredited by category, with badges and doors."),
    "side_event": lazy_gettext(
        "Anyone with the link; confirmed at once until it is full, then a waiting list."
    ),
    "seminar": lazy_gettext("Nominated and selected people, roll call, certificates by hours."),
}
DECISIONS = {
    "forum": lazy_gettext("Accreditation"),
    "side_event": lazy_gettext("Replies"),
    "seminar": lazy_gettext("Selection"),
}
"""The menu's word for decisions on people, by preset."""

SWITCHES = {
    "delegations": lazy_gettext("Delegations"),
    "letters": lazy_gettext("Letters"),
    "seats": lazy_gettext("Seats"),
    "arrivals": lazy_gettext("Arrivals"),
    "badges": lazy_gettext("Badges"),
    "doors": lazy_gettext("Doors"),
    "states_in_room": lazy_gettext("States in the room"),
    "roll_call": lazy_gettext("Roll call"),
    "certificates": lazy_gettext("Certificates"),
    "speakers": lazy_gettext("Speakers"),
    "floor": lazy_gettext("List of speakers"),
}
SWITCH_SENTENCES = {
    "delegations": lazy_gettext("States and organizations name focal points, who name people."),
    "letters": lazy_gettext(
        "Invitations with codes, replies, and official letters that name who comes."
    ),
    "seats": lazy_gettext("Limits, and a waiting list when they are reached."),
    "arrivals": lazy_gettext(
        "Flights, hotels, vehicles, liaison officers, and courtesies by rank."
    ),
    "badges": lazy_gettext("Printed badges with photo, category and a code."),
    "doors": lazy_gettext("Gates that read badges and passes, with a live headcount."),
    "states_in_room": lazy_gettext("A list of States to tick while the meeting runs."),
    "roll_call": lazy_gettext("A list of people to tick, session by session."),
    "certificates": lazy_gettext("Proof of attendance that anybody can verify."),
    "speakers": lazy_gettext("Names, posts and biographies on the programme."),
    "floor": lazy_gettext("Who takes the floor in which order, with a clock for the room."),
}
STATES = {
    "draft": lazy_pgettext("event", "Draft"),
    "published": lazy_gettext("Published"),
    "postponed": lazy_gettext("Postponed"),
    "cancelled": lazy_gettext("Cancelled"),
    "archived": lazy_gettext("Archived"),
}
STATE_KINDS = {
    "draft": "quiet",
    "published": "good",
    "postponed": "attention",
    "cancelled": "stop",
    "archived": "quiet",
}
MODES = {
    "in_person": lazy_gettext("In person"),
    "hybrid": lazy_gettext("In person and online"),
    "online": lazy_gettext("Online"),
}
ACCENTS = {
    "harbour": lazy_gettext("Harbour, a deep blue-green"),
    "indigo": lazy_gettext("Indigo, a violet blue"),
    "cinnabar": lazy_gettext("Cinnabar, a brick red"),
    "pine": lazy_gettext("Pine, a dark green"),
    "plum": lazy_gettext("Plum, a red violet"),
    "ochre": lazy_gettext("Ochre, a dark yellow"),
    "slate": lazy_gettext("Slate, a blue grey"),
    "copper": lazy_gettext("Copper, a red brown"),
}
VOUCHERS = {
    "focal_point": lazy_gettext("The delegation's focal point"),
    "organiser": lazy_gettext("The organiser"),
    "none": lazy_gettext("Nobody"),
}
APPROVERS = {
    "secretariat": lazy_gettext("Secretariat"),
    "protocol": lazy_gettext("Protocol"),
    "media_desk": lazy_gettext("Media desk"),
    "civil_society_desk": lazy_gettext("Civil-society desk"),
    "programme_desk": lazy_gettext("Programme desk"),
    "host_security": lazy_gettext("Host security"),
    "organiser": lazy_gettext("The organiser"),
    "none": lazy_gettext("Nobody: confirmed at once"),
}


def decisions(preset: str) -> str:
    """Return the menu's word for decisions on people."""
    return str(DECISIONS[preset])


def in_order(event: Event) -> Callable[[Translated], str]:
    """Return a function that picks a text as the event's languages fall back."""
    return lambda text: text.pick(None, event.languages)


def city_of(event: Event) -> str:
    """Return the city's name in the present language."""
    return event.cities.pick(None, event.languages) or event.city


def stop_of(event: Event) -> tuple[str, str]:
    """Return that a public event is postponed or cancelled and its notice; ("", "") otherwise."""
    notice = event.notice.pick(None, event.languages)
    if event.state == "cancelled":
        return _("This event is cancelled"), notice or _("It will not take place.")
    if event.state == "postponed":
        return _("This event is postponed"), notice or _(
            "It will not take place on these days. New ones will be named here."
        )
    return "", ""


def where_of(event: Event) -> str:
    """Return the place in one phrase: the venue and the city, or that it is online."""
    if event.mode == "online":
        return _("Online")
    venue = event.venue_names.pick(None, event.languages)
    city = city_of(event)
    cities = {city.casefold(), event.city.casefold(), *map(str.casefold, event.cities.values())}
    if not venue or any(one and one in venue.casefold() for one in cities):
        return venue or city
    return _("%(venue)s, %(city)s", venue=venue, city=city)
