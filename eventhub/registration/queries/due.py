"""The deadlines of a delegation: which the event has, in words, and what lacks at each."""

from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.words import city_of
from eventhub.i18n import _, lazy_gettext, ngettext
from eventhub.i18n.times import event_time
from eventhub.registration.queries.lacking import Lacking
from eventhub.registration.queries.setup import Setup
from eventhub.registration.rules.due import Deadline, Due, in_order, whole_left
from eventhub.registration.rules.settings import RegistrationSettings

WORDS = {
    Due.NAMES: lazy_gettext("Names until"),
    Due.PHOTOS: lazy_gettext("Photos until"),
    Due.LETTERS: lazy_gettext("Official letters until"),
    Due.VISA: lazy_gettext("Data for visa letters until"),
    Due.CHECK: lazy_gettext("Check of names and titles until"),
}


def deadlines_of(event: Event, settings: RegistrationSettings) -> list[Deadline]:
    """Return the deadlines that the event has, those past among them, as they come."""
    found = [Deadline(Due.NAMES, event.registration_closes_at)]
    for what in Due:
        at = settings.deadline(what, event.zone) if what is not Due.NAMES else None
        if at is not None:
            found.append(Deadline(what, at))
    return in_order(found)


def is_lacking(what: Due, missing: Lacking) -> bool:
    """Tell whether a delegation has something left to do for this deadline.

    What nobody can see from here, such as data for visas, is awaited of every delegation that has
    somebody.
    """
    match what:
        case Due.NAMES:
            return not missing.is_whole
        case Due.PHOTOS:
            return missing.photos > 0
        case Due.LETTERS:
            return missing.letters > 0
        case Due.CHECK if missing.unchecked is not None:
            return missing.unchecked > 0
        case _:
            return missing.people > 0


def deadline_in_words(setup: Setup, one: Deadline, reader_zone: str) -> tuple[str, str, str]:
    """Return what is awaited, until when at the event and where the reader is, and what is left."""
    when = event_time(one.at, setup.event.zone, city_of(setup.event), reader_zone=reader_zone)
    return str(WORDS[one.what]), when, left_in_words(one)


def left_in_words(one: Deadline) -> str:
    """Return "12 days left", "5 hours left", "This is over" (R1.14)."""
    n, unit = whole_left(one.at, clock.now())
    if unit == "days":
        return ngettext("%(n)s day left", "%(n)s days left", n)
    if unit == "hours":
        return ngettext("%(n)s hour left", "%(n)s hours left", n)
    if unit == "minutes":
        return ngettext("%(n)s minute left", "%(n)s minutes left", n)
    return _("This is over")
