"""The sentence that is quoted: "over 180 participants from more than 40 countries" (R6.6)."""

from eventhub.i18n import _, ngettext
from eventhub.i18n.times import number
from eventhub.reports.rules import rounded_down


def headline(participants: int, states: int) -> str:
    """Say in the present language how many took part from how many countries.

    The first figure that is rounded takes "over", the second "more than".
    """
    people, people_exact = rounded_down(participants)
    countries, countries_exact = rounded_down(states)
    numbers = {"participants": number(people), "countries": number(countries)}
    if people_exact and countries_exact:
        return _("%(participants)s participants from %(countries)s countries", **numbers)
    if people_exact:
        return _("%(participants)s participants from over %(countries)s countries", **numbers)
    if countries_exact:
        return _("over %(participants)s participants from %(countries)s countries", **numbers)
    return _("over %(participants)s participants from more than %(countries)s countries", **numbers)


def represented(states: int) -> str:
    """Say in the present language how many countries were represented."""
    countries, exact = rounded_down(states)
    if exact:
        return ngettext(
            "representatives from %(n)s country", "representatives from %(n)s countries", countries
        )
    return _("representatives from over %(countries)s countries", countries=countries)
