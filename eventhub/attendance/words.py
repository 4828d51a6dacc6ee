"""Levels, what is missing for them, and whence minutes come, in words."""

from typing import Any

from eventhub.attendance.rules import Excuses, Why
from eventhub.i18n import _, lazy_gettext, lazy_pgettext

MISSING = {
    "share": lazy_gettext("more attended time"),
    "mandatory": lazy_gettext("a session nobody may miss"),
    "post_test": lazy_gettext("the test"),
    "survey": lazy_gettext("the survey"),
    "check_in": lazy_gettext("a check-in"),
}
WHY = {
    Why.INSIDE: lazy_gettext("Time between coming in and going out"),
    Why.ON_TIME: lazy_gettext("Came in time, so all of it"),
    Why.LATE: lazy_gettext("Came late, so half of it"),
    Why.TOO_EARLY: lazy_gettext("Scanned too long before the start"),
    Why.TOO_LATE: lazy_gettext("Came after the middle"),
    Why.OUTSIDE: lazy_gettext("There, but not during the session"),
    Why.BY_HAND: lazy_gettext("Set by hand"),
    Why.ABSENT: lazy_gettext("Not seen"),
}
EXCUSES: dict[str, Any] = {
    Excuses.TIME: lazy_gettext("The session leaves the count; one nobody may miss stays missed"),
    Excuses.ALL: lazy_gettext("The session leaves the count, also one nobody may miss"),
    Excuses.NOTED: lazy_gettext("It is written down, and counts like any absence"),
}
STATES = {
    "attended": lazy_pgettext("session", "Attended"),
    "missed": lazy_pgettext("session", "Missed"),
    "to_come": lazy_pgettext("session", "Still to come"),
    "excused": lazy_pgettext("session", "Excused"),
}
STATE_KINDS = {"attended": "good", "missed": "stop", "to_come": "note", "excused": "quiet"}
SOURCES = {
    "scan": lazy_pgettext("scan", "scanned"),
    "camera": lazy_pgettext("scan", "scanned"),
    "typed": lazy_pgettext("scan", "number typed"),
    "search": lazy_pgettext("scan", "found by name"),
    "tick": lazy_pgettext("scan", "ticked in the list"),
    "walk_in": lazy_pgettext("scan", "at the desk"),
    "paper": lazy_pgettext("scan", "from a paper list"),
    "join_log": lazy_pgettext("scan", "log of the meeting online"),
}


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
    return str(MISSING[code])
