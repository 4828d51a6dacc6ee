"""The words that people read for kinds of sessions, roles, access and languages."""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale

from eventhub.i18n import current, lazy_gettext

KINDS = {
    "opening": lazy_gettext("Opening"),
    "ceremony": lazy_gettext("Ceremony"),
    "high_level": lazy_gettext("High-level segment"),
    "plenary": lazy_gettext("Plenary meeting"),
    "parallel": lazy_gettext("Parallel session"),
    "panel": lazy_gettext("Panel"),
    "keynote": lazy_gettext("Keynote address"),
    "floor": lazy_gettext("Interventions from the floor"),
    "side_event": lazy_gettext("Side event"),
    "drafting": lazy_gettext("Drafting"),
    "bilateral": lazy_gettext("Bilateral meeting"),
    "press": lazy_gettext("Press"),
    "social": lazy_gettext("Reception or dinner"),
    "break": lazy_gettext("Break"),
    "logistics": lazy_gettext("Logistics"),
    "lecture": lazy_gettext("Lecture"),
    "workshop": lazy_gettext("Workshop"),
    "study_visit": lazy_gettext("Study visit"),
    "closing": lazy_gettext("Closing"),
}

ROLES = {
    "chair": lazy_gettext("Chair"),
    "moderator": lazy_gettext("Moderator"),
    "keynote": lazy_gettext("Keynote speaker"),
    "speaker": lazy_gettext("Speaker"),
    "panellist": lazy_gettext("Panellist"),
    "discussant": lazy_gettext("Discussant"),
    "lecturer": lazy_gettext("Lecturer"),
    "rapporteur": lazy_gettext("Rapporteur"),
    "master_of_ceremonies": lazy_gettext("Master of ceremonies"),
}

ACCESS = {
    "open": lazy_gettext("Open"),
    "pass_holders": lazy_gettext("Holders of a pass"),
    "by_invitation": lazy_gettext("By invitation"),
    "closed": lazy_gettext("Closed"),
    "private": lazy_gettext("Private"),
}
ACCESS_SENTENCES = {
    "open": lazy_gettext("Everybody at the event may come; everything is public."),
    "pass_holders": lazy_gettext("Accredited people may come; everything is public."),
    "by_invitation": lazy_gettext("The categories listed may come; everything is public."),
    "closed": lazy_gettext("The categories listed may come; at most the title is public."),
    "private": lazy_gettext("The categories listed see it in their own calendar; nobody else."),
}

VISIBILITIES = {
    "public": lazy_gettext("Everybody"),
    "admitted": lazy_gettext("Those admitted to the session"),
    "organisers": lazy_gettext("Organisers only"),
}

FIELDS = {
    "code": lazy_gettext("the code"),
    "titles": lazy_gettext("the title"),
    "descriptions": lazy_gettext("the description"),
    "kind": lazy_gettext("the kind of session"),
    "track": lazy_gettext("the track"),
    "access": lazy_gettext("who may come"),
    "admit": lazy_gettext("the categories admitted"),
    "floor_languages": lazy_gettext("the languages spoken"),
    "interpretation": lazy_gettext("the interpretation"),
    "part_minutes": lazy_gettext("the speaking time"),
    "items": lazy_gettext("the agenda items"),
    "documents": lazy_gettext("the documents"),
    "language": lazy_gettext("the language"),
    "visibility": lazy_gettext("who may read it"),
    "hides_title": lazy_gettext("whether the title is public"),
    "zone": lazy_gettext("the time zone"),
    "badge_zone": lazy_gettext("the badges that open it"),
    "names": lazy_gettext("the name"),
    "name": lazy_gettext("the name"),
    "posts": lazy_gettext("the post"),
    "entity": lazy_gettext("the State or organization"),
    "biographies": lazy_gettext("the biography"),
    "portrait": lazy_gettext("the portrait"),
    "links": lazy_gettext("the links"),
}
"""What can change of a published session, room, track or speaker, inside a sentence."""


def language_name(code: str) -> str:
    """Return the name of a language in the present one: "French", "français"."""
    return _language_name(code, "en_GB" if current() == "en" else current())


@lru_cache(maxsize=1024)
def _language_name(code: str, locale: str) -> str:
    return str(Locale.parse(locale).languages.get(code, code))


def language_names(codes: Iterable[str]) -> str:
    """Return the names of languages with the present language's commas."""
    comma = {"zh": "、", "ar": "، "}.get(current(), ", ")
    return comma.join(language_name(code) for code in codes)
