"""The words for states, answers and what is missing of speakers."""

from eventhub.i18n import lazy_gettext, lazy_pgettext

STATES = {
    "not_invited": lazy_pgettext("speaker", "Not invited"),
    "invited": lazy_pgettext("speaker", "Invited, no full answer"),
    "confirmed": lazy_pgettext("speaker", "Confirmed"),
    "declined": lazy_pgettext("speaker", "Declined"),
    "withdrawn": lazy_pgettext("speaker", "Withdrawn"),
}
STATE_KINDS = {
    "not_invited": "",
    "invited": "attention",
    "confirmed": "good",
    "declined": "stop",
    "withdrawn": "stop",
}
"""How each state is marked."""

ANSWERS = {
    "": lazy_pgettext("speaker", "No answer yet"),
    "confirmed": lazy_pgettext("speaker", "Confirmed"),
    "declined": lazy_pgettext("speaker", "Declined"),
    "withdrawn": lazy_pgettext("speaker", "Withdrawn"),
}
ANSWER_KINDS = {"": "attention", "confirmed": "good", "declined": "stop", "withdrawn": "stop"}

MISSING = {
    "address": lazy_gettext("E-mail address"),
    "confirmation": lazy_gettext("Confirmation"),
    "portrait": lazy_gettext("Portrait"),
    "biography": lazy_gettext("Biography"),
    "consent": lazy_gettext("Consent to publication"),
}

PRESENCE = {
    "": lazy_gettext("Not said"),
    "in_person": lazy_gettext("In person"),
    "remote": lazy_gettext("Online"),
    "either": lazy_gettext("Either"),
}

FIELDS = {
    "printed_name": lazy_gettext("Name as printed"),
    "posts": lazy_gettext("Post"),
    "biographies": lazy_gettext("Biography"),
    "portrait": lazy_gettext("Portrait"),
    "links": lazy_gettext("Links"),
    "publishes": lazy_gettext("Consent to publication"),
}
"""What a speaker may correct."""

ACTIONS = {
    "speaker.add": lazy_gettext("Added"),
    "speaker.change": lazy_gettext("Changed"),
    "speaker.invite": lazy_gettext("Invited"),
    "speaker.remind": lazy_gettext("Reminded"),
    "speaker.renew_link": lazy_gettext("New link made"),
    "speaker.answer": lazy_gettext("Answered"),
    "speaker.correct": lazy_gettext("Corrected by the speaker"),
    "speaker.availability": lazy_gettext("Availability told"),
    "speaker.lock": lazy_gettext("Locked"),
    "speaker.unlock": lazy_gettext("Unlocked"),
    "speaker.see_needs": lazy_gettext("Needs looked at"),
    "speaker.copy": lazy_gettext("Copy of the data taken"),
    "speaker.erase": lazy_gettext("Data erased"),
    "speaker.see": lazy_gettext("Corrections seen"),
}
"""What the history of a speaker says."""
