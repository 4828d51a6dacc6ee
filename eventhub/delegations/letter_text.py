"""The wording of letters: sentences with fields in braces, filled in from event data."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from eventhub.i18n import Translated, lazy_gettext

INFORMATION = "information_note"
KINDS = ("letter", "note_verbale", "reminder", INFORMATION)

FIELDS = {
    "entity": lazy_gettext("The State or organization invited"),
    "event": lazy_gettext("The title of the event"),
    "dates": lazy_gettext("Its days"),
    "place": lazy_gettext("Venue and city"),
    "purpose": lazy_gettext("What the event is about, as its page says"),
    "languages": lazy_gettext("The working languages"),
    "interpretation": lazy_gettext("The languages of interpretation"),
    "seats": lazy_gettext("The seats of the delegation, where they are limited"),
    "deadline": lazy_gettext("Until when names are awaited, with the zone"),
    "address": lazy_gettext("The address at which the code is typed"),
    "code": lazy_gettext("The one-time code of the delegation"),
    "contact": lazy_gettext("The contact address"),
    "host": lazy_gettext("The institution that invites"),
    "reference": lazy_gettext("The reference number"),
    "date": lazy_gettext("The date of the invitation"),
    "enclosures": lazy_gettext("The programme and the newest information note"),
}
"""What may stand in braces, and what it becomes."""

NOT_IN_A_NOTE = frozenset({"entity", "code", "seats", "reference", "date", "address", "enclosures"})
"""Fields of one letter, which the information note has no use for."""

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


def fields_of(kind: str) -> dict[str, str]:
    """Return the fields that a kind may use, and what they become; a note goes to everybody."""
    left_out = NOT_IN_A_NOTE if kind == INFORMATION else frozenset()
    return {name: str(about) for name, about in FIELDS.items() if name not in left_out}


def unknown_fields(kind: str, text: str) -> list[str]:
    """Return what stands in braces and is no field of this kind, each once, in their order."""
    known = fields_of(kind)
    found = (match.strip() for match in _FIELD.findall(text))
    return list(dict.fromkeys(name for name in found if name not in known))


def paragraphs(text: str, values: Mapping[str, str], language: str = "en") -> list[str]:
    """Return the paragraphs of the text, its fields filled in; unknown fields stay as they are.

    A line whose fields are all empty is left out, and a paragraph of which no line is left.
    """
    parts = re.split(r"\n\s*\n", text.strip())
    filled = (_joined(_filled(line, values, language) for line in part.splitlines())
              for part in parts)  # fmt: skip
    return [part for part in filled if part]


def _joined(lines: Iterable[str]) -> str:
    """Join lines by a blank, after a Chinese full stop by none."""
    text = " ".join(line for line in lines if line)
    return re.sub(r"(?<=[。：；，！？])[ ]", "", text)


def _filled(line: str, values: Mapping[str, str], language: str) -> str:
    found, end, given = "", 0, []
    for match in _FIELD.finditer(line):
        value = values.get(match.group(1).strip(), match.group(0))
        given.append(value)
        found = _followed(found + line[end : match.start()], value, language)
        end = match.end()
    if given and not any(given):
        return ""
    return re.sub(r"[ \t\r]+", " ", found + line[end:]).strip(" \t\r")


def _followed(before: str, value: str, language: str) -> str:
    """Return the text with the value after it: capital at the start of a sentence, "du" for "de
    le" in French."""
    if not before.strip() or re.search(r"[.!?]\s+$", before):
        return before + value[:1].upper() + value[1:]
    if language == "fr":
        for preposition, contracted in _CONTRACTED:
            article = preposition.rpartition(" ")[2] + " "
            stem = preposition.partition(" ")[0] + " "
            if before.endswith(f" {stem}") and value.startswith(article):
                return before[: -len(stem)] + contracted + " " + value[len(article) :]
    return before + value


_CONTRACTED = (("de le", "du"), ("de les", "des"), ("à le", "au"), ("à les", "aux"))
