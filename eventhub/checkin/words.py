"""What doors say: to the guard, and to whoever stands there in their own language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eventhub.checkin import join_logs
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import Passage
from eventhub.checkin.rules import CheckinSettings
from eventhub.events.rules import local
from eventhub.i18n import LANGUAGES, Translated, _, direction, lazy_gettext, use
from eventhub.i18n.times import clock_time, number
from eventhub.passes.models import Reissue

WORDS = {
    "enter": lazy_gettext("ENTER"),
    "leave": lazy_gettext("GOODBYE"),
    "stop": lazy_gettext("STOP"),
    "desk": lazy_gettext("DESK"),
}
KINDS = {"enter": "go", "stop": "stop", "desk": "desk"}
"""The colour and shape of each answer."""

_TO_GUARD = {
    "unreadable": lazy_gettext("This code cannot be read"),
    "other_event": lazy_gettext("This is a badge of another event"),
    "void": lazy_gettext("This badge is no longer valid"),
    "replaced": lazy_gettext("This badge was replaced by a newer one"),
    "expired": lazy_gettext("This badge has ended"),
    "not_accredited": lazy_gettext("This person is not confirmed"),
    "incomplete": lazy_gettext("This badge is not ready yet"),
    "zone": lazy_gettext("This badge does not open this zone"),
    "session": lazy_gettext("This session is for invited people only"),
    "no_seat": lazy_gettext("No seat in this session is kept for this person"),
    "full": lazy_gettext("The room is full"),
    "other_session": lazy_gettext("This card is for another session"),
    "not_handed": lazy_gettext("This card is not handed out"),
    "used_elsewhere": lazy_gettext("Somebody is inside with this card"),
    "taken_back": lazy_gettext("This scan was taken back; scan the badge again"),
}

_TO_PERSON = {
    "other_event": lazy_gettext("Your badge belongs to another event."),
    "void": lazy_gettext("Your badge is no longer valid."),
    "replaced": lazy_gettext("Your badge was replaced. Please use the new one."),
    "expired": lazy_gettext("Your badge has ended."),
    "not_accredited": lazy_gettext("Your registration is not confirmed yet."),
    "incomplete": lazy_gettext("Something is still missing for your badge."),
    "zone": lazy_gettext("Your badge does not open this area."),
    "session": lazy_gettext("This session is for invited people only."),
    "no_seat": lazy_gettext("No seat in this session is kept for you."),
    "full": lazy_gettext("This room is full. Please wait here for a moment."),
    "other_session": lazy_gettext("Your card is for another session."),
    "not_handed": lazy_gettext("Your card was not handed out yet."),
    "used_elsewhere": lazy_gettext("Somebody is inside with this card already."),
}
_NEEDS_NO_DESK = frozenset({"full", "no_seat", "session", "zone"})

_IN_SHORT = {
    "enter": lazy_gettext("came in"),
    "leave": lazy_gettext("went out"),
    "stop": lazy_gettext("stopped"),
    "desk": lazy_gettext("sent to the desk"),
}

LEFT_OUT = {
    join_logs.NO_TIME: lazy_gettext("A time cannot be read"),
    join_logs.NO_END: lazy_gettext("There is no time of leaving"),
    join_logs.BACKWARDS: lazy_gettext("Left before joining"),
    join_logs.NOBODY: lazy_gettext("The row names nobody"),
    join_logs.UNKNOWN: lazy_gettext("Nobody confirmed is called so"),
    join_logs.SHARED: lazy_gettext("Several people may be meant"),
    join_logs.ELSEWHEN: lazy_gettext("Outside the time of the session"),
}
"""Why a row of a meeting's log counts for nobody."""

GATE_KINDS = {
    "door": lazy_gettext("Door"),
    "roll_call": lazy_gettext("List of people"),
    "states": lazy_gettext("List of States"),
}
DIRECTIONS = {"in": lazy_gettext("In"), "out": lazy_gettext("Out")}

LOST = {
    "lost": lazy_gettext("The badge was lost"),
    "stolen": lazy_gettext("The badge was stolen"),
    "damaged": lazy_gettext("The badge is damaged"),
    "misprinted": lazy_gettext("The badge was printed wrongly"),
}
SEEN = {
    "passport": lazy_gettext("Passport"),
    "identity_card": lazy_gettext("Identity card"),
    "official_card": lazy_gettext("Official card, such as a diplomatic or staff card"),
}


def word(answer: str, gate_direction: str = "in") -> str:
    """Return the one word of an answer; whoever goes out is let out with another."""
    way = "leave" if answer == "enter" and gate_direction == "out" else answer
    return str(WORDS[way])


def reason(code: str) -> str:
    """Return why somebody is stopped or sent to the desk; "" for no reason."""
    return str(_TO_GUARD[code]) if code else ""


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences to show to a person: why, and where to go; their language and direction."""

    lines: tuple[str, ...]
    language: str
    direction: str


def told_to_person(code: str, language: str, desk: Translated) -> Told | None:
    """Return what to show somebody in their language: why, and where to go; None for nothing."""
    if code not in _TO_PERSON:
        return None
    spoken = language if language in LANGUAGES else "en"
    with use(spoken):
        why = str(_TO_PERSON[code])
        if code in _NEEDS_NO_DESK:
            return Told((why,), spoken, direction())
        place = desk.pick(spoken)
        go = (
            _("Please go to the registration desk: %(place)s", place=place)
            if place
            else _("Please go to the registration desk.")
        )
        return Told((why, go), spoken, direction())


def dialled(telephone: str) -> str:
    """Return a telephone number as a link dials it: its digits, a plus before them if written."""
    digits = "".join(sign for sign in telephone if sign.isdigit())
    return f"+{digits}" if telephone.startswith("+") else digits


def desk_of(settings: CheckinSettings) -> Translated:
    """Return where the registration desk is, as the event says it."""
    return Translated(settings.desk)


def passage_word(passage: Passage, direction: str = "in") -> str:
    """Say in a word or two what happened to somebody at a gate."""
    if passage.is_undone:
        return _("Taken back")
    way = "leave" if passage.answer == "enter" and direction == "out" else passage.answer
    return str(_IN_SHORT[way])


def wall(instant: datetime, zone: str) -> str:
    """Return "09:00" on the clocks of the zone."""
    return clock_time(local(instant, zone))


def gate_name(gate: Gate) -> str:
    """Return the gate's name in the present language."""
    return gate.names.pick()


def check_at(gate: Gate) -> str:
    """Return what a button says that checks somebody at a gate."""
    if gate.direction == "out":
        return _("Check out at %(gate)s", gate=gate_name(gate))
    return _("Check in at %(gate)s", gate=gate_name(gate))


def in_the_house(inside: int) -> str:
    """Say how many are in the house."""
    return _("In the house: %(n)s", n=number(inside))


def came_so_far(came: int) -> str:
    """Say how many came so far."""
    return _("Came so far: %(n)s", n=number(came))


ROOM_FREE = lazy_gettext("Places are free")
ROOM_NEARLY_FULL = lazy_gettext("Nearly full")
ROOM_FULL = lazy_gettext("Full")


def reissues_said(reissues: Iterable[Reissue]) -> list[str]:
    """Return for each new badge its number, what became of the one before it, what was seen."""
    return [
        _(
            "Badge no. %(issue)s: %(why)s. Seen: %(document)s.",
            issue=one.issue,
            why=LOST[one.reason],
            document=SEEN[one.document],
        )
        for one in reissues
    ]
