"""The sentence that is quoted: "over 180 participants from more than 40 countries" (R6.6)."""

from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.i18n.times import number
from eventhub.reports.rules import rounded_down

_OF_ANY_EVENT = {
    (True, True): lazy_gettext("%(participants)s participants from %(countries)s countries"),
    (True, False): lazy_gettext("%(participants)s participants from over %(countries)s countries"),
    (False, True): lazy_gettext("over %(participants)s participants from %(countries)s countries"),
    (False, False): lazy_gettext(
        "over %(participants)s participants from more than %(countries)s countries"
    ),
}
"""By whether the participants, and the countries, are told exactly."""
_OF_A_SEMINAR = {
    (True, True): lazy_pgettext(
        "seminar", "%(participants)s participants from %(countries)s countries"
    ),
    (True, False): lazy_pgettext(
        "seminar", "%(participants)s participants from over %(countries)s countries"
    ),
    (False, True): lazy_pgettext(
        "seminar", "over %(participants)s participants from %(countries)s countries"
    ),
    (False, False): lazy_pgettext(
        "seminar", "over %(participants)s participants from more than %(countries)s countries"
    ),
}
"""The same of people who learn, for whom some languages have a word."""


def quoted(preset: str, participants: int, states: int) -> str:
    """Say how many took part in an event of this preset; of a side event, who was represented."""
    if preset == "side_event":
        return represented(states)
    return headline(participants, states, of_seminar=preset == "seminar")


def headline(participants: int, states: int, *, of_seminar: bool = False) -> str:
    """Say in the present language how many took part from how many countries.

    The first figure that is rounded takes "over", the second "more than".
    """
    people, people_exact = rounded_down(participants)
    countries, countries_exact = rounded_down(states)
    sentences = _OF_A_SEMINAR if of_seminar else _OF_ANY_EVENT
    sentence = str(sentences[people_exact, countries_exact])
    return sentence % {"participants": number(people), "countries": number(countries)}


def represented(states: int) -> str:
    """Say in the present language how many countries were represented."""
    countries, exact = rounded_down(states)
    if exact:
        return ngettext(
            "representatives from %(n)s country", "representatives from %(n)s countries", countries
        )
    return _("representatives from over %(countries)s countries", countries=countries)
