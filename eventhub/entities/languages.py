"""The language in which a State or organization is written to."""

from collections.abc import Iterable

from babel.languages import get_official_languages

from eventhub.entities.models import Entity
from eventhub.i18n import LANGUAGES


def official_language(iso2: str | None) -> str:
    """Return the first language of the interface that is official in a country, else English."""
    spoken = get_official_languages(iso2, de_facto=True) if iso2 else ()
    return next((one for one in spoken if one in LANGUAGES), "en")


def language_of(entity: Entity, *chosen: str) -> str:
    """Return the language to write to an entity in: the first one chosen, the entity's own, the
    official one of its country."""
    found: Iterable[str] = (*chosen, entity.language)
    return next((one for one in found if one in LANGUAGES), official_language(entity.iso2))
