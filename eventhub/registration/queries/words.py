"""How states and reasons are called: for delegates in seven phrases, for officers truly."""

from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.registration.queries.lacking import Lacking
from eventhub.registration.rules import State, Turn
from eventhub.registration.rules.missing import Missing

_TRUE = {
    State.DRAFT: lazy_pgettext("registration", "Draft"),
    State.SUBMITTED: lazy_gettext("Sent, not yet vouched for"),
    State.NOMINATED: lazy_gettext("Nominated"),
    State.RETURNED: lazy_gettext("Returned for correction"),
    State.WAITLISTED: lazy_gettext("On the waiting list"),
    State.ACCREDITED: lazy_gettext("Accredited"),
    State.REJECTED: lazy_gettext("Rejected"),
    State.WITHDRAWN: lazy_gettext("Withdrawn"),
    State.REPLACED: lazy_gettext("Replaced"),
    State.REVOKED: lazy_gettext("Revoked"),
}

_CONFIRMED = {
    "forum": lazy_gettext("Confirmed"),
    "side_event": lazy_gettext("Expected"),
    "seminar": lazy_gettext("Admitted"),
}

_PHRASES = {
    State.DRAFT: lazy_gettext("Not sent yet"),
    State.SUBMITTED: lazy_gettext("Received, not yet confirmed"),
    State.NOMINATED: lazy_gettext("Received, not yet confirmed"),
    State.RETURNED: lazy_gettext("Needs your correction"),
    State.REJECTED: lazy_gettext("Not confirmed"),
    State.WITHDRAWN: lazy_gettext("No longer valid"),
    State.REPLACED: lazy_gettext("No longer valid"),
    State.REVOKED: lazy_gettext("No longer valid"),
}

_KINDS = {
    State.DRAFT: "quiet",
    State.SUBMITTED: "note",
    State.NOMINATED: "note",
    State.RETURNED: "attention",
    State.WAITLISTED: "note",
    State.ACCREDITED: "good",
    State.REJECTED: "stop",
    State.WITHDRAWN: "quiet",
    State.REPLACED: "quiet",
    State.REVOKED: "stop",
}

_REASONS = {
    "not_eligible": lazy_gettext("Does not meet the conditions of this event"),
    "not_nominated": lazy_gettext("Not named by the State or organization"),
    "no_place": lazy_gettext("No place is free"),
    "duplicate": lazy_gettext("Registered already"),
    "incomplete": lazy_gettext("Necessary information is missing"),
    "unclear": lazy_gettext("Something is unclear"),
    "missing": lazy_gettext("Something is missing"),
    "name_differs": lazy_gettext("The name differs from the letter or the passport"),
    "photo": lazy_gettext("The photo cannot be used"),
    "no_longer_sent": lazy_gettext("No longer sent by the State or organization"),
    "security": lazy_gettext("Reasons of security"),
    "misuse": lazy_gettext("The badge was misused"),
    "cannot_come": lazy_gettext("Cannot come"),
    "no_answer": lazy_gettext("No answer in time"),
    "reinstated": lazy_gettext("Reinstated"),
    "replaced": lazy_gettext("Another person comes instead"),
    "place_free": lazy_gettext("A place became free"),
    "pool_full": lazy_gettext("All places are taken"),
    "no_vouching": lazy_gettext("This category needs nobody to vouch for it"),
    "entered_by_focal_point": lazy_gettext("Entered by the focal point"),
    "letter_confirmed": lazy_gettext("The letter of the delegation is confirmed"),
    "no_approver": lazy_gettext("This category needs no approval"),
    "desk": lazy_gettext("Registered at the desk"),
    "corrected": lazy_gettext("Corrected and sent again"),
    "late": lazy_gettext("Registered after the deadline"),
    "other": lazy_gettext("Another reason"),
}

_TURNS = {
    Turn.NOBODY_ACCREDITED: lazy_gettext("Nobody of this delegation is accredited yet"),
    Turn.EQUITY: lazy_gettext("Least developed, landlocked or small island State"),
    Turn.TIME: lazy_gettext("By time of registration"),
}


def state_word(state: str) -> str:
    """Return the state as officers read it."""
    return str(_TRUE[State(state)])


def phrase(state: str, preset: str = "forum", place: int | None = None) -> str:
    """Return the state as delegates read it; `place` is theirs on the waiting list."""
    if state == State.WAITLISTED:
        return _("Waiting list, place %(place)s", place=place) if place else _("Waiting list")
    if state == State.ACCREDITED:
        return str(_CONFIRMED[preset])
    return str(_PHRASES[State(state)])


def kind_of(state: str) -> str:
    """Return the shape and colour in which a state is shown: good, attention, stop, note, quiet."""
    return _KINDS[State(state)]


def reason_word(code: str) -> str:
    """Return a reason's sentence; "" for no reason."""
    return str(_REASONS[code]) if code else ""


def turn_word(turn: Turn) -> str:
    """Return why somebody stands where they stand on the waiting list."""
    return str(_TURNS[turn])


FIELD_WORDS = {
    "family_name": lazy_gettext("Family name"),
    "given_names": lazy_gettext("Given names"),
    "name_order": lazy_gettext("Order of the names"),
    "display_name": lazy_gettext("Name as shown"),
    "display_caps": lazy_gettext("Family name in capitals"),
    "passport_latin": lazy_gettext("Name as in the passport"),
    "name_local": lazy_gettext("Name in another script"),
    "name_local_language": lazy_gettext("Language of that script"),
    "honorific": lazy_gettext("Form of address"),
    "functional_title": lazy_gettext("Title of the post"),
    "title_en": lazy_gettext("Title in English"),
    "salutation": lazy_gettext("First line of letters"),
    "in_office_since": lazy_gettext("In office since"),
    "organisation": lazy_gettext("Ministry, office or organization"),
    "rank_level_id": lazy_gettext("Rank"),
    "entity_id": lazy_gettext("State or organization"),
    "category_id": lazy_gettext("Category"),
    "email": lazy_gettext("E-mail address"),
    "phone": lazy_gettext("Telephone"),
    "gender": lazy_gettext("Gender"),
    "language": lazy_gettext("Language of letters"),
    "admission": lazy_gettext("Grounds pass"),
    "mode": lazy_gettext("How one takes part"),
    "photo_id": lazy_gettext("Photo"),
    "answers": lazy_gettext("Answers about diet and accessibility"),
}


def field_word(name: str) -> str:
    """Return what a field is called."""
    return str(FIELD_WORDS[name])


_MISSING = {
    Missing.PHOTO: lazy_gettext("photo"),
    Missing.NEW_PHOTO: lazy_gettext("another photo"),
    Missing.LETTER: lazy_gettext("not named in the letter"),
    Missing.CONSENT: lazy_gettext("consents"),
    Missing.EMAIL: lazy_gettext("e-mail address"),
    Missing.POST: lazy_gettext("title of the post"),
    Missing.CORRECTION: lazy_gettext("correction"),
}

_CHANNELS = {
    "self": lazy_gettext("registered by the person"),
    "focal_point": lazy_gettext("entered by the focal point"),
    "organiser": lazy_gettext("entered by the organiser"),
    "invited": lazy_gettext("invited by link"),
    "desk": lazy_gettext("registered at the desk"),
    "loader": lazy_gettext("taken from a list"),
}


def missing_word(missing: Missing) -> str:
    """Return what is missing, as it stands in a list after "Missing:"."""
    return str(_MISSING[missing])


def channel_word(source: str) -> str:
    """Return by which way somebody came in."""
    return str(_CHANNELS[source])


def lacking_sentence(missing: Lacking) -> str:
    """Return "You have 3 of 7 seats used, 2 photos missing" for what a delegation lacks (R1.16)."""
    if missing.seats is not None:
        used = _("%(used)s of %(seats)s seats used", used=missing.people, seats=missing.seats)
    else:
        used = ngettext("%(n)s person entered", "%(n)s people entered", missing.people)
    parts = [used]
    if missing.photos:
        parts.append(ngettext("%(n)s photo missing", "%(n)s photos missing", missing.photos))
    if missing.letters:
        parts.append(ngettext("%(n)s letter missing", "%(n)s letters missing", missing.letters))
    if missing.returned:
        said = ngettext("%(n)s to be corrected", "%(n)s to be corrected", missing.returned)
        parts.append(said)
    if missing.unchecked:
        said = ngettext(
            "%(n)s name to be confirmed", "%(n)s names to be confirmed", missing.unchecked
        )
        parts.append(said)
    return _("You have: %(parts)s.", parts=_(", ").join(parts))
