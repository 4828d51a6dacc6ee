"""Levels and what is missing for them, in words."""

from eventhub.i18n import _


def level_word(code: str) -> str:
    """Say a level."""
    return {
        "none": _("Not reached yet"),
        "attendance": _("Attendance"),
        "participation": _("Participation"),
        "completion": _("Completion"),
        "appreciation": _("Appreciation"),
    }[code]


def missing_word(code: str) -> str:
    """Say what is missing for the next level."""
    return {
        "share": _("more attended time"),
        "mandatory": _("a session nobody may miss"),
        "post_test": _("the test"),
        "survey": _("the survey"),
        "check_in": _("a check-in"),
    }[code]
