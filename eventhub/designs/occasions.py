"""From an event to what its cards have in common."""

from collections.abc import Iterable, Sequence

from eventhub.core.db import db
from eventhub.designs.rules import Kind, Occasion
from eventhub.events.models import Category, Event
from eventhub.events.queries import zones_of
from eventhub.events.rules import ACCENTS, mark_text
from eventhub.i18n import Translated, use
from eventhub.i18n.times import span
from eventhub.institutions.models import Institution


def two(texts: Translated, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the text in English and in the first other language of the event that has it."""
    first, other = texts.pick("en"), other_language(texts, languages)
    return (first, texts[other]) if other and texts[other] != first else (first,)


def other_language(texts: Translated, languages: Sequence[str]) -> str:
    """Return the first language of the event beside English that has the text, "" if none."""
    return next((code for code in languages if code != "en" and code in texts), "")


def kinds_at(event: Event, categories: Iterable[Category]) -> list[Kind]:
    """Return what the badges of each of these categories have in common: one statement."""
    zones = [zone.code for zone in zones_of(event.id)]
    return [
        Kind(
            name=category.ref,
            words=two(category.names, event.languages),
            mark=category.mark,
            colour=category.colour,
            text_colour=mark_text(category.colour),
            zones=tuple(code for code in zones if code in category.zones),
            language=other_language(category.names, event.languages),
        )
        for category in categories
    ]


def occasion_of(event: Event) -> Occasion:
    """Return what all cards of an event have in common."""
    institution = db.session.get_one(Institution, event.institution_id)
    with use("en"):
        return Occasion(
            titles=two(event.titles, event.languages),
            title_language=other_language(event.titles, event.languages),
            institution=institution.names.pick("en"),
            dates=span(event.starts_on, event.ends_on),
            place=event.cities.pick("en") or event.city,
            code=event.code,
            accent=ACCENTS[event.accent].light,
            languages=tuple(dict.fromkeys(["en", *event.languages])),
        )
