"""How states of delegations, invitations and letters are called."""

from eventhub.i18n import lazy_gettext, lazy_pgettext

REPLIES = {
    "none": lazy_gettext("No reply"),
    "regrets": lazy_gettext("Regrets"),
    "attending": lazy_gettext("Attending, names later"),
    "names_received": lazy_gettext("Names received"),
}
STANDINGS = {**REPLIES, "complete": lazy_gettext("Complete")}
STANDING_KINDS = {
    "none": "attention",
    "regrets": "quiet",
    "attending": "note",
    "names_received": "note",
    "complete": "good",
}
INVITATIONS = {
    "draft": lazy_pgettext("invitation", "Draft"),
    "cleared": lazy_gettext("Cleared"),
    "sent": lazy_pgettext("invitation", "Sent"),
}
INVITATION_KINDS = {"draft": "quiet", "cleared": "note", "sent": "good"}
FORMS = {
    "note_verbale": lazy_gettext("Note verbale"),
    "letter": lazy_gettext("Letter"),
}
TEXTS = {
    "letter": lazy_gettext("Invitation as a letter"),
    "note_verbale": lazy_gettext("Invitation as a note verbale"),
    "reminder": lazy_gettext("Reminder to the silent"),
    "information_note": lazy_gettext("Opening of the information note"),
}
WAYS = {
    "mail": lazy_gettext("by e-mail"),
    "by_hand": lazy_gettext("by hand"),
    "post": lazy_gettext("by post"),
    "bag": lazy_gettext("by diplomatic bag"),
}
LETTER_KINDS = {
    "nomination": lazy_gettext("Letter of nomination"),
    "credentials": lazy_gettext("Credentials"),
    "note_verbale": lazy_gettext("Note verbale"),
    "focal_point": lazy_gettext("Letter naming the focal point"),
}
LETTERS = {
    "received": lazy_gettext("Received"),
    "verified": lazy_gettext("Verified"),
    "refused": lazy_pgettext("letter", "Refused"),
    "superseded": lazy_gettext("Superseded"),
}
LETTER_STATE_KINDS = {
    "received": "attention",
    "verified": "good",
    "refused": "stop",
    "superseded": "quiet",
}
REFUSALS = {
    "unreadable": lazy_gettext("It cannot be read"),
    "unsigned": lazy_gettext("Signature or stamp is missing"),
    "other_event": lazy_gettext("It is about another meeting"),
    "wrong_authority": lazy_gettext("It does not come from the authority that names delegations"),
    "names_differ": lazy_gettext("Names differ from those entered"),
    "other": lazy_gettext("Another reason"),
}
FOCAL_POINTS = {
    "review": lazy_gettext("Second claim, to be looked at"),
    "claimed": lazy_gettext("Claimed by code, letter not confirmed"),
    "confirmed": lazy_gettext("Confirmed by the secretariat"),
    "ended": lazy_pgettext("focal point", "Ended"),
}
FOCAL_POINT_KINDS = {
    "review": "attention",
    "claimed": "note",
    "confirmed": "good",
    "ended": "quiet",
}
RUN_FORMS = {
    "pdf": lazy_gettext("One PDF"),
    "zip": lazy_gettext("ZIP of PDF files"),
    "docx": lazy_gettext("Word document"),
    "clearance": lazy_gettext("Clearance copy"),
    "mail": lazy_gettext("Sent by e-mail"),
}
RUN_STATES = {
    "waiting": lazy_gettext("Waiting"),
    "running": lazy_gettext("Being made"),
    "done": lazy_gettext("Done"),
    "failed": lazy_gettext("Failed"),
    "cancelled": lazy_gettext("Cancelled"),
}
NOTES = {"note": lazy_gettext("Note"), "call": lazy_gettext("Call")}
