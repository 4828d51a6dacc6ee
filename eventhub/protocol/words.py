"""The words of the order of States."""

from typing import Any

from eventhub.entities.queries import BLOCK_TITLES
from eventhub.i18n import LANGUAGES, lazy_gettext
from eventhub.protocol.rules import HeadsBy, HostStands, Method, Observers

UN_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")

OBSERVERS: dict[str, Any] = {
    Observers.AFTER_MEMBERS: lazy_gettext("After the Member States"),
    Observers.INTERLEAVED: lazy_gettext("Among the Member States, by the alphabet"),
}
HEADS_BY: dict[str, Any] = {
    HeadsBy.DRAW: lazy_gettext("By the alphabet, from the State drawn"),
    HeadsBy.IN_OFFICE: lazy_gettext("By the date of taking office or of credentials"),
}
HOST_STANDS: dict[str, Any] = {
    HostStands.IN_PLACE: lazy_gettext("In its own place"),
    HostStands.FIRST: lazy_gettext("First"),
    HostStands.LAST: lazy_gettext("Last"),
}
METHODS: dict[str, Any] = {
    Method.SYSTEM: lazy_gettext("Let the system draw now"),
    Method.BY_HAND: lazy_gettext("It was drawn by hand; write the result down"),
}
DRAWN: dict[str, Any] = {
    Method.SYSTEM: lazy_gettext("drawn by the system"),
    Method.BY_HAND: lazy_gettext("drawn by hand"),
}
BLOCKS = {str(block): title for block, title in BLOCK_TITLES.items()}


def name_languages(languages: list[str]) -> tuple[str, ...]:
    """Return the languages in which an entity is named: the six, then others of the event."""
    return (*UN_LANGUAGES, *(c for c in languages if c not in UN_LANGUAGES and c in LANGUAGES))
