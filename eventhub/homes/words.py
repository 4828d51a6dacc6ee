"""How far away an event is, what happened at it, and how its messages are called."""

from datetime import datetime

from eventhub.events.models import Event
from eventhub.events.rules import local
from eventhub.homes.deeds import DEEDS, Said
from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext

_DONE: dict[str, Said] = {
    "agenda.publish": lambda who, n: _("%(who)s published the programme", who=who),
    "answers.save": lambda who, n: ngettext(
        "%(who)s changed answers of one person",
        "%(who)s changed answers of %(n)s people", n, who=who,
    ),
    "badge.cancel": lambda who, n: _("%(who)s stopped a run of badges", who=who),
    "badge.hand_over": lambda who, n: ngettext(
        "%(who)s handed over one badge", "%(who)s handed over %(n)s badges", n, who=who
    ),
    "badge.plates": lambda who, n: _("%(who)s made name plates", who=who),
    "badge.print": lambda who, n: _("%(who)s made badges", who=who),
    "attendance.correct": lambda who, n: ngettext(
        "%(who)s corrected the attendance of one person",
        "%(who)s corrected the attendance of %(n)s people", n, who=who,
    ),
    "attendance.excuse": lambda who, n: ngettext(
        "%(who)s excused one absence", "%(who)s excused %(n)s absences", n, who=who
    ),
    "attendance.undo": lambda who, n: ngettext(
        "%(who)s undid one correction of attendance",
        "%(who)s undid %(n)s corrections of attendance", n, who=who,
    ),
    "badge.retry": lambda who, n: _("%(who)s took up a run of badges again", who=who),
    "badge.take_back": lambda who, n: ngettext(
        "%(who)s took back that one badge was handed over",
        "%(who)s took back that %(n)s badges were handed over", n, who=who,
    ),
    "survey.open": lambda who, n: _("%(who)s opened the survey", who=who),
    "survey.close": lambda who, n: _("%(who)s closed the survey", who=who),
    "survey.send": lambda who, n: _("%(who)s sent the survey", who=who),
    "certificate.issue": lambda who, n: ngettext(
        "%(who)s issued one certificate", "%(who)s issued %(n)s certificates", n, who=who
    ),
    "certificate.revoke": lambda who, n: ngettext(
        "%(who)s revoked one certificate", "%(who)s revoked %(n)s certificates", n, who=who
    ),
    "certificate.propose_withdrawal": lambda who, n: _(
        "%(who)s proposed to withdraw a certificate", who=who
    ),
    "certificate.refuse_withdrawal": lambda who, n: _(
        "%(who)s left a certificate valid", who=who
    ),
    "certificate.policy": lambda who, n: _("%(who)s changed what certificates ask for", who=who),
    "certificate.results": lambda who, n: _("%(who)s entered results of the course", who=who),
    "delegation.open": lambda who, n: ngettext(
        "%(who)s opened one delegation", "%(who)s opened %(n)s delegations", n, who=who
    ),
    "event.archive": lambda who, n: _("%(who)s archived the event", who=who),
    "event.cancel": lambda who, n: _("%(who)s cancelled the event", who=who),
    "event.copy": lambda who, n: _("%(who)s copied the event from another", who=who),
    "event.create": lambda who, n: _("%(who)s created the event", who=who),
    "event.postpone": lambda who, n: _("%(who)s postponed the event", who=who),
    "event.publish": lambda who, n: _("%(who)s published the event", who=who),
    "event.rehearse": lambda who, n: _("%(who)s made this rehearsal", who=who),
    "message.retry": lambda who, n: ngettext(
        "%(who)s sent one mail once more", "%(who)s sent %(n)s mails once more", n, who=who
    ),
    "gate.add": lambda who, n: ngettext(
        "%(who)s added one gate", "%(who)s added %(n)s gates", n, who=who
    ),
    "gate.close": lambda who, n: ngettext(
        "%(who)s closed one gate", "%(who)s closed %(n)s gates", n, who=who
    ),
    "gate.open": lambda who, n: ngettext(
        "%(who)s opened one gate", "%(who)s opened %(n)s gates", n, who=who
    ),
    "pass.reissue": lambda who, n: ngettext(
        "%(who)s replaced one badge", "%(who)s replaced %(n)s badges", n, who=who
    ),
    "speaker.invite": lambda who, n: ngettext(
        "%(who)s invited one speaker", "%(who)s invited %(n)s speakers", n, who=who
    ),
    "speaker.remind": lambda who, n: ngettext(
        "%(who)s reminded one speaker", "%(who)s reminded %(n)s speakers", n, who=who
    ),
    "speaker.answer": lambda who, n: ngettext(
        "One speaker answered", "%(n)s speakers answered", n
    ),
    "speaker.correct": lambda who, n: ngettext(
        "One speaker corrected what is printed",
        "%(n)s speakers corrected what is printed", n,
    ),
    "speaker.availability": lambda who, n: ngettext(
        "One speaker told when they can come",
        "%(n)s speakers told when they can come", n,
    ),
    "name_check.confirm": lambda who, n: ngettext(
        "%(who)s confirmed how one name is printed",
        "%(who)s confirmed how %(n)s names are printed", n, who=who,
    ),
    "name_check.remind": lambda who, n: ngettext(
        "%(who)s asked one person to check their name",
        "%(who)s asked %(n)s people to check their names", n, who=who,
    ),
    "registration.change": lambda who, n: ngettext(
        "%(who)s changed one registration", "%(who)s changed %(n)s registrations", n, who=who
    ),
    "registration.hold": lambda who, n: ngettext(
        "%(who)s decided on one registration",
        "%(who)s decided on %(n)s registrations", n, who=who,
    ),
    "registration.move": lambda who, n: ngettext(
        "%(who)s moved one registration on", "%(who)s moved %(n)s registrations on", n, who=who
    ),
    "registration.see_needs": lambda who, n: ngettext(
        "%(who)s looked at the diet and accessibility of one person",
        "%(who)s looked at the diet and accessibility of %(n)s people", n, who=who,
    ),
    "registration.undo": lambda who, n: ngettext(
        "%(who)s took one decision back", "%(who)s took %(n)s decisions back", n, who=who
    ),
    "role.give": lambda who, n: ngettext(
        "%(who)s gave one role", "%(who)s gave %(n)s roles", n, who=who
    ),
    "role.take": lambda who, n: ngettext(
        "%(who)s took one role away", "%(who)s took %(n)s roles away", n, who=who
    ),
    "scan.undo": lambda who, n: ngettext(
        "%(who)s took one check-in back", "%(who)s took %(n)s check-ins back", n, who=who
    ),
}  # fmt: skip
"""By action of the log: who did it, to how many."""

_ABOUT: dict[str, Said] = {
    "category": lambda who, n: ngettext(
        "%(who)s changed one category", "%(who)s changed %(n)s categories", n, who=who
    ),
    "badge_design": lambda who, n: _("%(who)s worked on the design of badges", who=who),
    "certificate_run": lambda who, n: _("%(who)s worked on issuing certificates", who=who),
    "certificate_signatory": lambda who, n: _("%(who)s changed who signs certificates", who=who),
    "questionnaire": lambda who, n: _("%(who)s changed the questions", who=who),
    "delegation": lambda who, n: ngettext(
        "%(who)s changed one delegation", "%(who)s changed %(n)s delegations", n, who=who
    ),
    "delegation_contact": lambda who, n: _("%(who)s changed whom letters go to", who=who),
    "event": lambda who, n: _("%(who)s changed the set-up", who=who),
    "file": lambda who, n: _("%(who)s sent a log of a meeting", who=who),
    "focal_point": lambda who, n: ngettext(
        "%(who)s changed one focal point", "%(who)s changed %(n)s focal points", n, who=who
    ),
    "gate": lambda who, n: ngettext(
        "%(who)s changed one gate", "%(who)s changed %(n)s gates", n, who=who
    ),
    "info_page": lambda who, n: _("%(who)s changed the practical information", who=who),
    "grant": lambda who, n: _("%(who)s changed the team", who=who),
    "photo": lambda who, n: ngettext(
        "%(who)s dealt with one photo", "%(who)s dealt with %(n)s photos", n, who=who
    ),
    "information_note": lambda who, n: _("%(who)s issued an information note", who=who),
    "invitation": lambda who, n: ngettext(
        "%(who)s worked on one invitation", "%(who)s worked on %(n)s invitations", n, who=who
    ),
    "letter_run": lambda who, n: _("%(who)s made letters", who=who),
    "letter_text": lambda who, n: _("%(who)s changed the text of letters", who=who),
    "liaison_officer": lambda who, n: _("%(who)s changed the liaison officers", who=who),
    "official_letter": lambda who, n: ngettext(
        "%(who)s worked on one official letter", "%(who)s worked on %(n)s official letters",
        n, who=who,
    ),
    "agenda_item": lambda who, n: _("%(who)s worked on the agenda", who=who),
    "score_import": lambda who, n: _("%(who)s imported test scores", who=who),
    "static_copy": lambda who, n: _("%(who)s made the copy for keeping", who=who),
    "programme_import": lambda who, n: _("%(who)s imported the programme from a table", who=who),
    "people_import": lambda who, n: _("%(who)s imported people from a table", who=who),
    "pool": lambda who, n: ngettext(
        "%(who)s changed one limit of places", "%(who)s changed %(n)s limits of places", n, who=who
    ),
    "rank_level": lambda who, n: _("%(who)s changed the courtesies", who=who),
    "registration": lambda who, n: ngettext(
        "%(who)s worked on one registration", "%(who)s worked on %(n)s registrations", n, who=who
    ),
    "room": lambda who, n: ngettext(
        "%(who)s changed one room", "%(who)s changed %(n)s rooms", n, who=who
    ),
    "seat_draw": lambda who, n: _("%(who)s drew the order of States", who=who),
    "session": lambda who, n: ngettext(
        "%(who)s changed one session", "%(who)s changed %(n)s sessions", n, who=who
    ),
    "speaker": lambda who, n: ngettext(
        "%(who)s changed one speaker", "%(who)s changed %(n)s speakers", n, who=who
    ),
    "speaker_list": lambda who, n: ngettext(
        "%(who)s changed one list of speakers", "%(who)s changed %(n)s lists of speakers",
        n, who=who,
    ),
    "speaking_request": lambda who, n: ngettext(
        "%(who)s worked on one request for the floor",
        "%(who)s worked on %(n)s requests for the floor", n, who=who,
    ),
    "ticket_list": lambda who, n: _("%(who)s made a ticket list", who=who),
    "track": lambda who, n: ngettext(
        "%(who)s changed one track", "%(who)s changed %(n)s tracks", n, who=who
    ),
    "vehicle": lambda who, n: ngettext(
        "%(who)s changed one vehicle", "%(who)s changed %(n)s vehicles", n, who=who
    ),
}  # fmt: skip
"""By kind of subject, for the actions that have no sentence of their own."""

MESSAGES = {
    "agenda.changed": lazy_gettext("Programme changed, to a speaker"),
    "calendars.begun": lazy_gettext("Calendar entries, sent from now on"),
    "calendars.changed": lazy_gettext("Programme changed"),
    "calendars.updated": lazy_gettext("Calendar entries changed"),
    "arrivals.changed": lazy_gettext("Arrivals changed"),
    "name_checks.reminder": lazy_gettext("Please check your name"),
    "certificates.ready": lazy_gettext("Certificate is ready"),
    "delegations.invitation": lazy_gettext("Letter of invitation"),
    "delegations.reminder": lazy_gettext("Reminder of an invitation"),
    "events.cancelled": lazy_gettext("Event is cancelled"),
    "events.postponed": lazy_gettext("Event is postponed"),
    "events.resumed": lazy_gettext("Event is on again"),
    "people.invited": lazy_gettext("Invitation to the team"),
    "speakers.invited": lazy_gettext("Invitation of a speaker"),
    "speakers.reminded": lazy_gettext("Reminder of a speaker"),
    "speakers.declined": lazy_gettext("Refusal of a speaker"),
    "registration.accredited": lazy_gettext("Confirmation with pass"),
    "registration.ask": lazy_gettext("Question for what is missing"),
    "registration.invited": lazy_gettext("Invitation by a personal link"),
    "registration.change_decided": lazy_gettext("Decision on a change"),
    "registration.link_again": lazy_gettext("Private link, once more"),
    "registration.digest": lazy_gettext("What is missing, to a focal point"),
    "registration.photo_again": lazy_gettext("Another photo is needed"),
    "registration.promoted": lazy_gettext("Place became free"),
    "registration.session_seat": lazy_gettext("Seat in a session became free"),
    "registration.received": lazy_gettext("Receipt"),
    "registration.reinstated": lazy_gettext("Registration taken up again"),
    "registration.rejected": lazy_gettext("Not confirmed"),
    "registration.replaced": lazy_gettext("Another person comes"),
    "registration.resume": lazy_gettext("Link to continue later"),
    "registration.returned": lazy_gettext("Correction is needed"),
    "registration.revoked": lazy_gettext("Accreditation is taken back"),
    "registration.waitlisted": lazy_gettext("Place on the waiting list"),
    "registration.withdrawn": lazy_gettext("Withdrawal"),
}
"""What each message of an event is about."""

MAIL_STATES = {
    "waiting": lazy_gettext("Waiting"),
    "sent": lazy_pgettext("mail", "Sent"),
    "failed": lazy_gettext("Failed"),
    "caught": lazy_gettext("Caught, as this is a rehearsal"),
    "dropped": lazy_gettext("Not sent, no longer so"),
}
MAIL_KINDS = {
    "waiting": "note",
    "sent": "good",
    "failed": "stop",
    "caught": "quiet",
    "dropped": "quiet",
}


def how_far(event: Event, instant: datetime) -> str:
    """Return "in 33 days", "tomorrow", "day 2 of 5", "today" or "ended", by the event's days."""
    today = local(instant, event.zone).date()
    ahead = (event.starts_on - today).days
    if ahead == 1:
        return _("tomorrow")
    if ahead > 0:
        return ngettext("in %(n)s day", "in %(n)s days", ahead)
    if today > event.ends_on:
        return _("ended")
    days = (event.ends_on - event.starts_on).days + 1
    return _("today") if days == 1 else _("day %(day)s of %(days)s", day=1 - ahead, days=days)


def happening(action: str, kind: str, who: str, n: int) -> str:
    """Return in one sentence who did something, to how many subjects of this kind."""
    if said := _DONE.get(action) or DEEDS.get(action) or _ABOUT.get(kind):
        return said(who, n)
    return ngettext("%(who)s changed one thing", "%(who)s changed %(n)s things", n, who=who)


def message_word(message: str) -> str:
    """Return what a message is about; its bare name where it has no words."""
    return str(MESSAGES.get(message, message))
