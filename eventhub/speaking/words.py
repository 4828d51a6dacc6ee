"""The words that people read for states, orders, phases and acts of the operator."""

from eventhub.i18n import lazy_gettext, lazy_pgettext
from eventhub.speaking.rules import Phase

STATES = {
    "inscribed": lazy_pgettext("request for the floor", "Inscribed"),
    "confirmed": lazy_pgettext("request for the floor", "Confirmed"),
    "skipped": lazy_pgettext("request for the floor", "Skipped"),
    "next": lazy_pgettext("request for the floor", "Next"),
    "speaking": lazy_pgettext("request for the floor", "Speaking"),
    "done": lazy_pgettext("request for the floor", "Has spoken"),
    "written": lazy_pgettext("request for the floor", "In writing only"),
    "withdrawn": lazy_pgettext("request for the floor", "Withdrawn"),
}
STATE_KINDS = {
    "inscribed": "quiet",
    "confirmed": "good",
    "skipped": "attention",
    "next": "note",
    "speaking": "note",
    "done": "quiet",
    "written": "quiet",
    "withdrawn": "quiet",
}
ORDERS = {
    "plain": lazy_gettext("By rank, then by time of request"),
    "balanced": lazy_gettext("Balanced: inside a rank, regions and genders take turns"),
}
BLOCKS = {
    "0": lazy_gettext("Groups and States"),
    "1": lazy_gettext("Observer States and the European Union"),
    "2": lazy_gettext("Intergovernmental organizations and the United Nations"),
    "3": lazy_gettext("Others"),
}
GENDERS = {"woman": lazy_gettext("Woman"), "man": lazy_gettext("Man")}
SHIFTED = {
    "group": lazy_gettext("Comes earlier: whoever was due is of the last speaker's region"),
    "gender": lazy_gettext("Comes earlier: whoever was due is of the last speaker's gender"),
    "group+gender": lazy_gettext(
        "Comes earlier: whoever was due is of the last speaker's region and gender"
    ),
    "gender+group": lazy_gettext(
        "Comes earlier: whoever was due is of the last speaker's region and gender"
    ),
}
PHASES = {
    Phase.TIME: lazy_pgettext("speaker's clock", "Time left"),
    Phase.WARNING: lazy_pgettext("speaker's clock", "Please conclude"),
    Phase.OVER: lazy_pgettext("speaker's clock", "Time is over"),
}
STOPPED = lazy_pgettext("speaker's clock", "The clock is stopped")
ACTS = {
    "speak": lazy_gettext("giving the floor"),
    "finish": lazy_gettext("ending the statement"),
    "skip": lazy_gettext("skipping"),
    "pause": lazy_gettext("stopping the clock"),
    "resume": lazy_gettext("letting the clock run"),
    "more": lazy_gettext("giving more time"),
}
"""What undo would take back."""
