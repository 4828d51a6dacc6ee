"""Telling when a name is typed that it has letters which no font can print."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app

from eventhub.config import Settings
from eventhub.i18n import _
from eventhub.printing.fonts import FontsMissing
from eventhub.printing.glyphs import missing_glyphs
from eventhub.web.context import say

PRINTED = ("family_name", "given_names", "display_name", "display_caps", "name_local")
"""Fields of a name that stand on paper."""


def letters_without_font(texts: Iterable[str]) -> str:
    """Return the letters that cannot be printed, blanks between; "" for none, or without fonts."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    try:
        return " ".join(sorted(missing_glyphs("".join(texts), settings.fonts)))
    except FontsMissing:
        return ""


def warn_of_letters(values: Mapping[str, Any]) -> None:
    """Say on the next page which letters of names cannot be printed; `values` by field name.

    Fields of lines count too: lines-0-family_name. It blocks nothing: the paper shows what it can.
    """
    texts = [str(text or "") for name, text in values.items() if name.endswith(PRINTED)]
    if letters := letters_without_font(texts):
        say(
            _(
                "These letters cannot be printed: %(letters)s. Add the name in Latin letters.",
                letters=letters,
            ),
            "attention",
        )
