"""What the print gate says, in words."""

from eventhub.i18n import _


def reason(code: str) -> str:
    """Say why a badge is held back."""
    return {
        "not_accredited": _("not confirmed"),
        "photo_missing": _("the photo is missing"),
        "photo_pending": _("nobody has looked at the photo"),
        "photo_redo": _("the photo must be taken again"),
        "letter_missing": _("no verified letter names them"),
        "moved": _("the category changed while the badges were made"),
        "change_open": _("a change waits for approval"),
    }[code]


def run_state(code: str) -> str:
    """Say how far a run is."""
    return {
        "waiting": _("waits for the printer"),
        "running": _("being made"),
        "done": _("ready"),
        "failed": _("failed"),
        "cancelled": _("cancelled"),
    }[code]


def path_reason(code: str) -> str:
    """Say why a badge was laid out by itself: see printing.sheets.Report."""
    return {
        "control": _("signs that steer the direction of writing"),
        "glyph": _("a letter that the design's fonts do not have"),
        "overflow": _("too long for its place at the smallest size"),
        "style": _("a look that only the slow way can set"),
        "asked": _("asked for"),
    }.get(code, code)
