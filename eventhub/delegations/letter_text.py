"""The wording of letters: sentences with fields in braces, filled in from event data."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from eventhub.i18n import Translated, lazy_gettext

KINDS = ("letter", "note_verbale", "reminder")

FIELDS = {
    "entity": lazy_gettext("The State or organization invited"),
    "event": lazy_gettext("The title of the event"),
    "dates": lazy_gettext("Its days"),
    "place": lazy_gettext("Venue and city"),
    "purpose": lazy_gettext("What the event is about, as its page says"),
    "languages": lazy_gettext("The working languages"),
    "deadline": lazy_gettext("Until when names are awaited, with the zone"),
    "address": lazy_gettext("The address at which the code is typed"),
    "code": lazy_gettext("The one-time code of the delegation"),
    "contact": lazy_gettext("The contact address"),
    "host": lazy_gettext("The institution that invites"),
    "reference": lazy_gettext("The reference number"),
    "date": lazy_gettext("The date of the invitation"),
}
"""What may stand in braces, and what it becomes."""

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_DEFAULTS = Path(__file__).resolve().parent / "data" / "letter_texts.toml"


@cache
def default_texts() -> Mapping[str, Translated]:
    """Return the texts that count where nobody changed them, by kind."""
    with _DEFAULTS.open("rb") as file:
        read = tomllib.load(file)
    return {
        kind: Translated({code: text.strip() for code, text in texts.items()})
        for kind, texts in read.items()
    }


def unknown_fields(text: str) -> list[str]:
    """Return what stands in braces and is no field, each once, in the order of the text."""
    found = (match.strip() for match in _FIELD.findall(text))
    return list(dict.fromkeys(name for name in found if name not in FIELDS))


def paragraphs(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the paragraphs of the text, its fields filled in; those that become empty are left
    out, unknown fields stay as they are."""

    def value(match: re.Match[str]) -> str:
        return values.get(match.group(1).strip(), match.group(0))

    parts = re.split(r"\n\s*\n", text.strip())
    filled = (" ".join(_FIELD.sub(value, part).split()) for part in parts)
    return [part for part in filled if part]
