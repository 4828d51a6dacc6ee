"""How kinds of institutions are called."""

from eventhub.i18n import lazy_gettext

KIND_NAMES = {
    "ministry": lazy_gettext("Ministry or commission"),
    "mission": lazy_gettext("Mission or embassy"),
    "institute": lazy_gettext("Training institute or university"),
    "organization": lazy_gettext("International organization"),
}
