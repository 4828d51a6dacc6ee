"""The blueprint that all pages of name checks hang on, and the words their templates ask for."""

from typing import Any

from flask import Blueprint, current_app

from eventhub.config import Settings
from eventhub.name_checks.queries import Checked
from eventhub.name_checks.words import KINDS, confirmed_by, standing_word
from eventhub.printing.fonts import FontsMissing
from eventhub.printing.glyphs import missing_glyphs

bp = Blueprint("name_checks", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "standing_word": standing_word,
        "standing_kind": KINDS,
        "confirmed_by": confirmed_by,
        "unprintable": unprintable,
    }


def unprintable(one: Checked) -> str:
    """Return the letters of the forms that no font can print, blanks between; "" for none."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    forms = one.forms
    text = "".join((*forms.badge, forms.local, forms.listed, forms.certificate))
    try:
        return " ".join(sorted(missing_glyphs(text, settings.fonts)))
    except FontsMissing:
        return ""
