"""Words for what a person chooses of the own calendar."""

from eventhub.calendars.rules import ALARMS_MINUTES
from eventhub.i18n import _, lazy_gettext, ngettext

CHOSEN, ALL = "chosen", "all"
SHOWN = {
    CHOSEN: lazy_gettext("Those I chose; all that are open to me while none is chosen"),
    ALL: lazy_gettext("All that are open to me"),
}


def alarm_words() -> dict[str, str]:
    """Return the reminders in words by their minutes, none first."""
    return {"": _("None")} | {str(minutes): _before(minutes) for minutes in ALARMS_MINUTES}


def _before(minutes: int) -> str:
    if minutes % 1440 == 0:
        return ngettext("%(n)s day before", "%(n)s days before", minutes // 1440)
    if minutes % 60 == 0:
        return ngettext("%(n)s hour before", "%(n)s hours before", minutes // 60)
    return ngettext("%(n)s minute before", "%(n)s minutes before", minutes)
